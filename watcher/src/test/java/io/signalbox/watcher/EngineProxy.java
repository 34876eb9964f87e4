package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A unix socket in front of the engine's that can cut, freeze and go away. */
final class EngineProxy implements AutoCloseable {
    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final Path socket;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private boolean frozen;
    private boolean holding;
    private int held;
    private @Nullable ServerSocketChannel server;

    EngineProxy(Path socket) throws IOException {
        this.socket = socket;
        comeBack();
    }

    EngineAddress address() {
        return EngineAddress.of("unix://" + socket, java.util.Optional.empty());
    }

    /** Closes all connections; new ones are welcome. */
    void cut() {
        open.forEach(EngineCalls::closeQuietly);
        open.clear();
    }

    /** Nothing is passed on any more, as by an engine that was stopped by a signal. */
    void freeze() {
        setFrozen(true);
    }

    void thaw() {
        setFrozen(false);
    }

    /**
     * Whether inspections that come from now on are held back, as an engine holds those of a
     * container that it is starting; what was held is never answered.
     */
    void holdInspections(boolean now) {
        lock.lock();
        try {
            holding = now;
        } finally {
            lock.unlock();
        }
    }

    /** How many it holds. */
    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    private boolean holds(ByteBuffer request) {
        lock.lock();
        try {
            boolean hold =
                    holding
                            && US_ASCII.decode(request.duplicate().flip())
                                    .toString()
                                    .matches("(?s)GET [^ ]*/containers/[0-9a-f]{64}/json .*");
            held += hold ? 1 : 0;
            return hold;
        } finally {
            lock.unlock();
        }
    }

    private void setFrozen(boolean now) {
        lock.lock();
        try {
            frozen = now;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The socket is gone, as with an engine that is not running. */
    void goAway() throws IOException {
        ServerSocketChannel listening = server;
        if (listening != null) {
            listening.close();
        }
        cut();
        Files.deleteIfExists(socket);
    }

    void comeBack() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        server = listening;
        Thread.ofPlatform().daemon().name("proxy").start(() -> serve(listening));
    }

    private void serve(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel front = listening.accept();
                SocketChannel back = SocketChannel.open(UnixDomainSocketAddress.of(ENGINE));
                open.add(front);
                open.add(back);
                Thread.ofPlatform().daemon().start(() -> pump(front, back));
                Thread.ofPlatform().daemon().start(() -> pump(back, front));
            }
        } catch (IOException e) {
            // The proxy went away.
        }
    }

    private void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                awaitThaw();
                if (holds(buffer)) {
                    buffer.clear();
                    continue;
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // Cut.
        }
        open.remove(from);
        open.remove(to);
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        thaw();
        goAway();
    }
}
