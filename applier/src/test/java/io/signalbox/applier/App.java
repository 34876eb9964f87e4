package io.signalbox.applier;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An application behind HAProxy: answers its id and remembers when it was last asked. */
final class App implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String id = "c%011d".formatted(NUMBERS.incrementAndGet());
    private final Instant startedAt = Instant.now();
    private final AtomicLong lastRequestNanos = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final int port;

    private App(int port) throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        server.setExecutor(threads);
        byte[] body = id.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    lastRequestNanos.set(System.nanoTime());
                    requests.incrementAndGet();
                    takeTime(exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        this.port = server.getAddress().getPort();
    }

    /** {@code /wait/MS} is answered so late. */
    private static void takeTime(String path) {
        if (path.startsWith("/wait/")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(path.substring(6))));
        }
    }

    static App start() {
        App app = prepare();
        app.listen();
        return app;
    }

    /** Bound, but it answers nothing before {@link #listen}; its port is refused. */
    static App at(int port) {
        try {
            return new App(port);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static App prepare() {
        return at(0);
    }

    void listen() {
        server.start();
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    Instant startedAt() {
        return startedAt;
    }

    int requests() {
        return requests.get();
    }

    long lastRequestNanos() {
        return lastRequestNanos.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
