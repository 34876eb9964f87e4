package io.signalbox.cli.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a load counted: requests, failures with the first few named, and who answered. Thread-safe.
 */
public final class LoadTally {

    private static final int NAMED_FAILURES = 20;

    private long answered;
    private long failed;
    private long slowestNanos;
    private long lastNanos;
    private long longestGapNanos;
    private final Map<String, Long> byAnswer = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    synchronized void answered(String host, int status, String body, long nanos) {
        if (status != 200) {
            failed(host, "answered with " + status);
            return;
        }
        answered++;
        slowestNanos = Math.max(slowestNanos, nanos);
        long now = System.nanoTime();
        longestGapNanos = answered == 1 ? 0 : Math.max(longestGapNanos, now - lastNanos);
        lastNanos = now;
        byAnswer.merge(body.strip(), 1L, Long::sum);
    }

    synchronized void failed(String host, String how) {
        failed++;
        if (failures.size() < NAMED_FAILURES) {
            failures.add(host + ": " + how);
        }
    }

    /** Requests answered with 200. */
    public synchronized long answered() {
        return answered;
    }

    /** All other requests. */
    public synchronized long failed() {
        return failed;
    }

    /** The first failures, each with the host asked for. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** The longest time from sending a request to the end of its answer. */
    public synchronized double slowestMs() {
        return slowestNanos / 1e6;
    }

    /** The longest time between two answers with 200, in milliseconds. */
    public synchronized double longestGapMs() {
        return longestGapNanos / 1e6;
    }

    /** How many requests each distinct body answered, and forgets them. */
    public synchronized Map<String, Long> takeAnswers() {
        Map<String, Long> taken = new TreeMap<>(byAnswer);
        byAnswer.clear();
        return taken;
    }
}
