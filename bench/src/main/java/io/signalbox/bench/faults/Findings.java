package io.signalbox.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one case did and found, over all its rounds. Thread-safe. */
final class Findings {
    private final Map<String, Integer> faults = new TreeMap<>();
    private final List<Duration> converged = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int restarts;

    synchronized void injected(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    synchronized void converged(Duration after) {
        converged.add(after);
    }

    /** Something that must not be. */
    synchronized void violated(String what) {
        violations.add(what);
    }

    /** Something worth to be known that is no mistake. */
    synchronized void remark(String what) {
        remarks.add(what);
    }

    /** Somebody had to start a process again. */
    synchronized void restarted() {
        restarts++;
    }

    synchronized int faults() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized Map<String, Integer> byFault() {
        return new TreeMap<>(faults);
    }

    /** Times to converge, shortest first. */
    synchronized List<Duration> times() {
        return converged.stream().sorted().toList();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<String> remarks() {
        return List.copyOf(remarks);
    }

    synchronized int restarts() {
        return restarts;
    }
}
