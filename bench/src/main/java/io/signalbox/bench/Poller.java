package io.signalbox.bench;

import io.signalbox.cli.load.HttpConnection;
import io.signalbox.cli.load.HttpConnection.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks HAProxy for one host every millisecond and remembers what a waiting thread needs to know:
 * when it was first answered as wanted, and every answer that was wrong after that. Its thread is
 * started by {@link #start}; all methods are thread-safe.
 */
final class Poller implements AutoCloseable {

    private static final Pattern HOST = Pattern.compile("\"host\"\\s*:\\s*\"([^\"]*)\"");
    private static final long INTERVAL_NANOS = 1_000_000;
    private static final int TIMEOUT_MS = 5_000;

    private final InetSocketAddress proxy;
    private final String host;
    private final Predicate<Answer> wanted;
    private final Thread thread;
    private volatile boolean running = true;
    private @Nullable Instant first;
    private int requests;
    private int wrongAfterFirst;
    private String wrong = "";

    private Poller(InetSocketAddress proxy, String host, Predicate<Answer> wanted) {
        this.proxy = proxy;
        this.host = host;
        this.wanted = wanted;
        this.thread = Thread.ofPlatform().daemon().name("poller").unstarted(this::poll);
    }

    /** One answer: its status and the container that gave it, empty when none did. */
    record Answer(int status, String server) {}

    static Poller start(InetSocketAddress proxy, String host, Predicate<Answer> wanted) {
        Poller poller = new Poller(proxy, host, wanted);
        poller.thread.start();
        return poller;
    }

    /** Waits for the first wanted answer; null when it does not come in time. */
    synchronized @Nullable Instant awaitFirst(long patienceMs) throws InterruptedException {
        long end = System.nanoTime() + patienceMs * 1_000_000;
        while (first == null && System.nanoTime() < end) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        return first;
    }

    /** Waits until this many more requests were answered. */
    synchronized void awaitMore(int more) throws InterruptedException {
        int goal = requests + more;
        while (requests < goal && thread.isAlive()) {
            wait(100);
        }
    }

    /** How many requests after the first wanted answer were answered with anything but 200. */
    synchronized int wrongAfterFirst() {
        return wrongAfterFirst;
    }

    /** The newest wrong answer. */
    synchronized String wrong() {
        return wrong;
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

    private void poll() {
        HttpConnection connection = null;
        for (long due = System.nanoTime();
                running;
                due = Math.max(due + INTERVAL_NANOS, System.nanoTime())) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            connection = ask(connection);
        }
        if (connection != null) {
            connection.close();
        }
    }

    private @Nullable HttpConnection ask(@Nullable HttpConnection kept) {
        HttpConnection connection = kept;
        try {
            if (connection == null) {
                connection = new HttpConnection(proxy, TIMEOUT_MS);
            }
            Response response = connection.send("GET", host, "/", true);
            Matcher matcher = HOST.matcher(response.body());
            answered(new Answer(response.status(), matcher.find() ? matcher.group(1) : ""));
            if (connection.reusable()) {
                return connection;
            }
        } catch (IOException | NumberFormatException e) {
            answered(new Answer(0, e.toString()));
        }
        if (connection != null) {
            connection.close();
        }
        return null;
    }

    private synchronized void answered(Answer answer) {
        requests++;
        if (first == null && wanted.test(answer)) {
            first = Instant.now();
        } else if (first != null && answer.status() != 200) {
            wrongAfterFirst++;
            wrong = answer.toString();
        }
        notifyAll();
    }
}
