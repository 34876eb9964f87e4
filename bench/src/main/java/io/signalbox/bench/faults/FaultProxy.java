package io.signalbox.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a TCP or unix socket and passes everything on, until it is told to do harm: cut
 * connections at once or after so many bytes, delay, stall, slice, swallow events, or be away.
 * Thread-safe; each connection has two threads of its own.
 *
 * <p>What it is told holds for connections that are open and for those that come.
 */
final class FaultProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 8 * 1024;

    private final SocketAddress front;
    private final SocketAddress back;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final String eventPath;
    private boolean stalled;
    private long untilCut = Long.MAX_VALUE;
    private volatile Duration delay = Duration.ZERO;
    private volatile int sliceBytes = BUFFER_BYTES;
    private volatile boolean dropping;
    private final AtomicLong dropped = new AtomicLong();
    private @Nullable ServerSocketChannel server;
    private @Nullable Object ownFile;
    private @Nullable Thread accepting;

    /**
     * Listens at once.
     *
     * @param front where clients come to
     * @param back where they want to go
     * @param eventPath what the request of a stream of events contains, for {@link #dropEvents}
     */
    FaultProxy(SocketAddress front, SocketAddress back, String eventPath) throws IOException {
        this.front = front;
        this.back = back;
        this.eventPath = eventPath;
        comeBack();
    }

    /** Closes all connections; new ones are welcome. */
    void cut() {
        open.forEach(Connection::close);
    }

    /**
     * Closes all connections once so many more bytes have come from behind, in the midst of what.
     */
    void cutAfter(long bytes) {
        lock.lock();
        try {
            untilCut = bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Each piece waits so long before it is passed on. */
    void delay(Duration each) {
        delay = each;
    }

    /** Nothing is passed on until {@link #resume}, and nothing is closed. */
    void stall() {
        setStalled(true);
    }

    void resume() {
        setStalled(false);
    }

    /** Pieces are passed on in at most so many bytes each. */
    void slice(int bytes) {
        sliceBytes = Math.clamp(bytes, 1, BUFFER_BYTES);
    }

    /** Whole events vanish from streams, and the streams go on as if nothing had been. */
    void dropEvents(boolean now) {
        dropping = now;
    }

    /** How many events vanished so far. */
    long dropped() {
        return dropped.get();
    }

    /** How many connections are open. */
    int connections() {
        return open.size();
    }

    /** Nobody listens any more, as if the other side had ended. */
    void goAway() throws IOException {
        ServerSocketChannel listening = server;
        if (listening != null) {
            listening.close();
            awaitEndOfAccepting();
        }
        cut();
        if (front instanceof UnixDomainSocketAddress unix && Objects.equals(ownFile, file())) {
            Files.deleteIfExists(unix.getPath());
        }
    }

    /** A closed channel listens on until the thread that was about to accept has left it. */
    private void awaitEndOfAccepting() {
        Thread thread = accepting;
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which file its unix socket is now: another one may have taken the place. */
    private @Nullable Object file() throws IOException {
        return front instanceof UnixDomainSocketAddress unix && Files.exists(unix.getPath())
                ? Files.readAttributes(unix.getPath(), BasicFileAttributes.class).fileKey()
                : null;
    }

    /** Whether another socket has taken the place of its own. */
    boolean replaced() throws IOException {
        return !Objects.equals(ownFile, file());
    }

    void comeBack() throws IOException {
        boolean unix = front instanceof UnixDomainSocketAddress;
        ServerSocketChannel listening =
                unix
                        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        : ServerSocketChannel.open();
        listening.bind(front);
        server = listening;
        ownFile = file();
        accepting = Thread.ofPlatform().daemon().name("fault-proxy").start(() -> serve(listening));
    }

    @Override
    public void close() {
        resume();
        try {
            goAway();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void setStalled(boolean now) {
        lock.lock();
        try {
            stalled = now;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void serve(ServerSocketChannel listening) {
        while (listening.isOpen()) {
            try {
                new Connection(listening.accept()).start();
            } catch (IOException e) {
                // The proxy went away, or nobody is behind it.
            }
        }
    }

    private void awaitResume() {
        lock.lock();
        try {
            while (stalled) {
                told.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many of these bytes may pass before the cut; more than there are if none is due. */
    private int allowed(int bytes) {
        lock.lock();
        try {
            if (untilCut == Long.MAX_VALUE) {
                return bytes;
            }
            int passing = (int) Math.min(bytes, untilCut);
            untilCut = passing < bytes ? Long.MAX_VALUE : untilCut - passing;
            return passing;
        } finally {
            lock.unlock();
        }
    }

    /** What is done with bytes that came; false if the connections are to be cut now. */
    private interface Step {
        boolean take(ByteBuffer bytes) throws IOException;
    }

    /** One client and what it talks to. */
    private final class Connection {
        private final SocketChannel client;
        private final SocketChannel service;
        private final AtomicInteger ended = new AtomicInteger();
        private volatile @Nullable EventFilter events;

        private Connection(SocketChannel client) throws IOException {
            this.client = client;
            try {
                service = SocketChannel.open(back);
            } catch (IOException e) {
                client.close();
                throw e;
            }
        }

        private void start() {
            open.add(this);
            Thread.ofPlatform().daemon().name("to-service").start(this::ask);
            Thread.ofPlatform().daemon().name("to-client").start(this::answer);
        }

        private void ask() {
            pump(
                    client,
                    service,
                    bytes -> {
                        lookAtRequest(bytes);
                        pass(bytes, service);
                        return true;
                    });
        }

        private void answer() {
            pump(service, client, this::answer);
        }

        /** Passes on until one side has said all; what the other one still says passes too. */
        private void pump(SocketChannel from, SocketChannel to, Step step) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            try {
                while (from.read(buffer) >= 0) {
                    awaitResume();
                    Thread.sleep(delay);
                    if (!step.take(buffer.flip())) {
                        cut();
                    }
                    buffer.clear();
                }
                to.shutdownOutput();
                if (ended.incrementAndGet() < 2) {
                    return;
                }
            } catch (IOException e) {
                // One side has gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        private void lookAtRequest(ByteBuffer request) {
            String text = StandardCharsets.ISO_8859_1.decode(request.duplicate()).toString();
            if (text.contains(eventPath)) {
                events = new EventFilter();
            }
        }

        /** False if the connections are to be cut now. */
        private boolean answer(ByteBuffer bytes) throws IOException {
            EventFilter filter = events;
            ByteBuffer left = bytes;
            if (filter != null) {
                left = filter.pass(bytes, dropping);
                dropped.addAndGet(filter.takeDropped());
            }
            int all = left.remaining();
            int passing = allowed(all);
            left.limit(left.position() + passing);
            pass(left, client);
            return passing == all;
        }

        private void pass(ByteBuffer bytes, SocketChannel to) throws IOException {
            while (bytes.hasRemaining()) {
                ByteBuffer slice =
                        bytes.slice(bytes.position(), Math.min(sliceBytes, bytes.remaining()));
                while (slice.hasRemaining()) {
                    bytes.position(bytes.position() + to.write(slice));
                }
            }
        }

        private void close() {
            open.remove(this);
            for (SocketChannel channel : new SocketChannel[] {client, service}) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        }
    }
}
