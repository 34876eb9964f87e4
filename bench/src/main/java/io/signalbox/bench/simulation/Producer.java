package io.signalbox.bench.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An ordered idempotent producer: its records land one by one, or the first one fails and all after
 * it. Once closed, a prefix of what was under way may still land, late.
 */
final class Producer {
    private static final int MOST_LATE = 16;

    private final World world;
    private final String owner;
    private final Runnable failed;
    private final Deque<Sending<?>> queue = new ArrayDeque<>();
    private boolean open = true;

    /**
     * Opens one.
     *
     * @param failed told once that a send failed or was not acknowledged
     */
    Producer(World world, String owner, Runnable failed) {
        this.world = world;
        this.owner = owner;
        this.failed = failed;
        world.producers.add(this);
    }

    private record Sending<V>(
            Log<V> log, String key, @Nullable V value, LongConsumer acknowledged) {}

    <V> void send(Log<V> log, String key, @Nullable V value, LongConsumer acknowledged) {
        if (open) {
            queue.add(new Sending<>(log, key, value, acknowledged));
        }
    }

    boolean isOpen() {
        return open;
    }

    boolean idle() {
        return queue.isEmpty();
    }

    String owner() {
        return owner;
    }

    /** The next record reaches the log. */
    void land() {
        Sending<?> next = queue.poll();
        if (next != null) {
            land(next);
        }
    }

    private <V> void land(Sending<V> sending) {
        String who = open ? owner : owner + " (late)";
        long offset = world.append(sending.log(), sending.key(), sending.value(), who);
        if (open && world.strikes(Fault.LOST_ACKNOWLEDGEMENT, 0.002)) {
            world.note(() -> owner + " hears of no acknowledgement for @" + offset);
            failed.run();
        } else if (open) {
            sending.acknowledged().accept(offset);
        }
    }

    /** The next send fails, and all after it. */
    void fail() {
        if (open && !queue.isEmpty()) {
            world.note(() -> owner + " fails to send " + queue.size() + " records");
            queue.clear();
            failed.run();
        }
    }

    /** What is under way to this partition is refused: its topic is no more. */
    void refuse(Log<?> log) {
        queue.removeIf(sending -> sending.log().equals(log));
    }

    /** Nothing more is sent; a part of what is under way may still land. */
    void close() {
        open = false;
        int late = world.has(Fault.LATE_RECORDS) ? world.below(MOST_LATE + 1) : 0;
        while (queue.size() > late) {
            queue.removeLast();
        }
    }
}
