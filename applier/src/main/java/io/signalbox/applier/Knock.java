package io.signalbox.applier;

import io.signalbox.applier.core.KnockSchedule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects to new servers from where HAProxy stands, again and again, until they answer. A direct
 * address counts at once when its connection stands; a published one when the peer has not closed
 * within 5 ms, because a publishing proxy accepts for a dead container.
 *
 * <p>The thread in {@link #run} owns everything; {@link #start} and {@link #stop} are safe for all
 * threads. Answers are handed to the listener on that thread, which must not block.
 */
public final class Knock implements AutoCloseable {
    private static final Duration PROOF = Duration.ofMillis(5);
    private static final long CONNECT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Selector selector;
    private final Consumer<Target> answered;
    private final Duration proof;
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Map<Object, Door> doors = new HashMap<>();
    private final Set<Door> due =
            new TreeSet<>(
                    Comparator.<Door>comparingLong(door -> door.dueNanos)
                            .thenComparingLong(door -> door.number));
    private final ByteBuffer nothing = ByteBuffer.allocate(1);
    private long numbers;

    /** Knocks that tell that listener who answered. */
    public Knock(Consumer<Target> answered) throws IOException {
        this(answered, PROOF);
    }

    /** The same, where a published address counts when its peer has not closed within that time. */
    Knock(Consumer<Target> answered, Duration proof) throws IOException {
        this.selector = Selector.open();
        this.answered = answered;
        this.proof = proof;
    }

    /**
     * A server to knock at.
     *
     * @param key what it is; a newer target of the same key replaces an older one
     * @param proxied whether something may accept connections in its stead
     */
    public record Target(Object key, InetSocketAddress address, boolean proxied) {}

    /** Begins to knock, at once. */
    public void start(Target target) {
        orders.add(new Order(target.key(), target));
        selector.wakeup();
    }

    /** Knocks there no more. */
    public void stop(Object key) {
        orders.add(new Order(key, null));
        selector.wakeup();
    }

    /** Knocks until the thread is interrupted. */
    public void run() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            takeOrders();
            long now = System.nanoTime();
            while (!due.isEmpty() && due.iterator().next().dueNanos - now <= 0) {
                due(due.iterator().next(), now);
            }
            selector.select(this::ready, patience());
        }
    }

    private long patience() {
        if (due.isEmpty()) {
            return 0;
        }
        long nanos = due.iterator().next().dueNanos - System.nanoTime();
        return Math.max(1, (nanos + 999_999) / 1_000_000);
    }

    private void takeOrders() {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            Door known = doors.remove(order.key);
            if (known != null) {
                due.remove(known);
                known.close();
            }
            Target target = order.target;
            if (target != null) {
                Door door = new Door(target, System.nanoTime(), numbers++);
                doors.put(order.key, door);
                due.add(door);
            }
        }
    }

    /** The door's time has come: to try, to give up a try, or to believe it. */
    private void due(Door door, long now) {
        due.remove(door);
        switch (door.phase) {
            case RESTING -> connect(door, now);
            case CONNECTING -> rest(door, now);
            case LISTENING -> open(door);
        }
    }

    private void connect(Door door, long now) {
        try {
            SocketChannel channel = SocketChannel.open();
            door.channel = channel;
            channel.configureBlocking(false);
            boolean connected = channel.connect(door.target.address());
            door.key = channel.register(selector, SelectionKey.OP_CONNECT, door);
            if (connected) {
                connected(door, now);
            } else {
                wait(door, Phase.CONNECTING, now + CONNECT_NANOS);
            }
        } catch (IOException | RuntimeException e) {
            // Refused, unreachable or unresolved: all the same to a knock.
            rest(door, now);
        }
    }

    private void ready(SelectionKey key) {
        Door door = (Door) key.attachment();
        due.remove(door);
        long now = System.nanoTime();
        try {
            SocketChannel channel = (SocketChannel) key.channel();
            if (door.phase == Phase.CONNECTING && channel.finishConnect()) {
                connected(door, now);
            } else if (channel.read(nothing.clear()) < 0) {
                rest(door, now);
            } else {
                open(door);
            }
        } catch (IOException e) {
            rest(door, now);
        }
    }

    private void connected(Door door, long now) {
        SelectionKey key = door.key;
        if (!door.target.proxied() || key == null) {
            open(door);
            return;
        }
        key.interestOps(SelectionKey.OP_READ);
        wait(door, Phase.LISTENING, now + proof.toNanos());
    }

    private void open(Door door) {
        door.close();
        doors.remove(door.target.key());
        answered.accept(door.target);
    }

    private void rest(Door door, long now) {
        door.close();
        Duration waited = Duration.ofNanos(now - door.sinceNanos);
        wait(door, Phase.RESTING, now + KnockSchedule.pause(waited, doors.size()).toNanos());
    }

    private void wait(Door door, Phase phase, long until) {
        door.phase = phase;
        door.dueNanos = until;
        due.add(door);
    }

    /** Gives up all connections; the thread has ended before. */
    @Override
    public void close() throws IOException {
        doors.values().forEach(Door::close);
        selector.close();
    }

    private record Order(Object key, @Nullable Target target) {}

    private enum Phase {
        RESTING,
        CONNECTING,
        LISTENING
    }

    /** One server and how far the knock is. */
    private static final class Door {
        private final Target target;
        private final long sinceNanos;
        private final long number;
        private long dueNanos;
        private Phase phase = Phase.RESTING;
        private @Nullable SocketChannel channel;
        private @Nullable SelectionKey key;

        private Door(Target target, long now, long number) {
            this.target = target;
            this.sinceNanos = now;
            this.dueNanos = now;
            this.number = number;
        }

        private void close() {
            SocketChannel open = channel;
            channel = null;
            key = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // Nothing depends on how a knock's connection ends.
                }
            }
        }
    }
}
