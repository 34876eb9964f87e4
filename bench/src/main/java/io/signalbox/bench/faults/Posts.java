package io.signalbox.bench.faults;

import io.signalbox.cli.load.HttpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends POST requests one after another, each with a path of its own, and never repeats one. A
 * thread of its own; all methods are thread-safe.
 */
final class Posts implements AutoCloseable {
    private static final int PAUSE_MS = 10;
    private static final int TIMEOUT_MS = 10_000;

    private final InetSocketAddress proxy;
    private final String host;
    private final String purpose;
    private final Map<String, String> failures = new TreeMap<>();
    private final Thread thread;
    private int sent;
    private volatile boolean running = true;

    /**
     * Begins at once.
     *
     * @param purpose the first part of every path
     */
    Posts(InetSocketAddress proxy, String host, String purpose) {
        this.proxy = proxy;
        this.host = host;
        this.purpose = purpose;
        this.thread = Thread.ofPlatform().daemon().name("posts").start(this::send);
    }

    synchronized int sent() {
        return sent;
    }

    /** Path to what came back instead of 200. */
    synchronized Map<String, String> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            for (int i = 0; running; i++) {
                send("/" + purpose + "/" + i);
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String path) {
        String failure = "";
        try (HttpConnection connection = new HttpConnection(proxy, TIMEOUT_MS)) {
            int status = connection.send("POST", host, path, false).status();
            failure = status == 200 ? "" : Integer.toString(status);
        } catch (IOException e) {
            failure = e.toString();
        }
        synchronized (this) {
            sent++;
            if (!failure.isEmpty()) {
                failures.put(path, failure);
            }
        }
    }
}
