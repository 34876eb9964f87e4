package io.signalbox.cli.load;

import io.signalbox.cli.load.HttpConnection.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A steady, open-loop load of GET requests: each of its workers sends at fixed points in time
 * whatever the answers do, some on kept connections, some on a new one for each request. A request
 * counts as failed unless it is answered with 200. Thread-safe.
 */
public final class Load implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;

    private final InetSocketAddress address;
    private final List<String> hosts;
    private final LoadTally tally = new LoadTally();
    private final List<Thread> workers = new ArrayList<>();
    private final AtomicLong turn = new AtomicLong();
    private volatile boolean running = true;

    private Load(InetSocketAddress address, List<String> hosts) {
        this.address = address;
        this.hosts = new CopyOnWriteArrayList<>(hosts);
    }

    /**
     * Starts it.
     *
     * @param hosts asked for in turn
     * @param requestsPerSecond over all workers
     * @param keptConnections workers that keep their connection
     * @param newConnections workers that open one for each request
     */
    public static Load start(
            InetSocketAddress address,
            List<String> hosts,
            int requestsPerSecond,
            int keptConnections,
            int newConnections) {
        Load load = new Load(address, hosts);
        int count = keptConnections + newConnections;
        long intervalNanos = 1_000_000_000L * count / requestsPerSecond;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            boolean keep = i < keptConnections;
            long first = begin + intervalNanos * i / count;
            load.workers.add(
                    Thread.ofVirtual()
                            .name("load-" + i)
                            .start(() -> load.work(keep, first, intervalNanos)));
        }
        return load;
    }

    /** Asks for one more host from now on. */
    public void add(String host) {
        hosts.add(host);
    }

    /** Asks no longer for a host; requests under way end by themselves. */
    public void remove(String host) {
        hosts.remove(host);
    }

    /** What was counted so far. */
    public LoadTally tally() {
        return tally;
    }

    /** Stops it after the requests under way. */
    @Override
    public void close() {
        running = false;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void work(boolean keep, long first, long intervalNanos) {
        HttpConnection connection = null;
        for (long due = first; running; due += intervalNanos) {
            for (long wait = due - System.nanoTime();
                    wait > 0 && running;
                    wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (running) {
                connection = request(connection, keep);
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    private @Nullable HttpConnection request(@Nullable HttpConnection kept, boolean keep) {
        Object[] now = hosts.toArray();
        String host = (String) now[(int) (turn.getAndIncrement() % now.length)];
        HttpConnection connection = kept;
        long begin = System.nanoTime();
        try {
            if (connection == null) {
                connection = new HttpConnection(address, TIMEOUT_MS);
            }
            Response response = connection.send("GET", host, "/", keep);
            tally.answered(host, response.status(), response.body(), System.nanoTime() - begin);
            if (keep && connection.reusable()) {
                return connection;
            }
        } catch (IOException | NumberFormatException e) {
            tally.failed(
                    host,
                    e.toString() + (kept == null ? " (new connection)" : " (kept connection)"));
        }
        if (connection != null) {
            connection.close();
        }
        return null;
    }
}
