package io.signalbox.watcher.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/** A snapshot under way: what it has said and what it waits for. Owned by {@link Pictures}. */
final class Snapshot {
    private static final int MOST_FAILURES = 3;

    final Set<String> observed = new HashSet<>();
    final Set<String> missing = new HashSet<>();
    final Set<String> underWay = new HashSet<>();
    final Queue<String> toAsk = new ArrayDeque<>();
    final Set<String> listedOnes = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    boolean listed;

    void expect(List<String> containers) {
        if (listed) {
            return;
        }
        listed = true;
        listedOnes.addAll(containers);
        for (String container : new TreeSet<>(containers)) {
            if (!observed.contains(container)) {
                missing.add(container);
                toAsk.add(container);
            }
        }
    }

    /** Whether this was the last failed try that is waited for. */
    boolean failed(String container) {
        return failures.merge(container, 1, Integer::sum) >= MOST_FAILURES;
    }

    boolean observe(String container) {
        missing.remove(container);
        return observed.add(container);
    }
}
