package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.Running;
import io.signalbox.haproxy.MapName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Walks through all that a worker holds, a little at a time, and finds what others changed in it.
 * It takes at most one per cent of one core. One owner thread.
 */
final class Sweep {
    private static final Duration LEAST_REST = Duration.ofMillis(250);
    private static final int SHARE = 100;

    private final Worker worker;
    private final LongSupplier nanoTime;
    private final Deque<String> backends = new ArrayDeque<>();
    private final Deque<MapName> maps = new ArrayDeque<>();
    private Instant due = Instant.EPOCH;

    /**
     * @param nanoTime tells how long a piece took
     */
    Sweep(Worker worker, LongSupplier nanoTime) {
        this.worker = worker;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks at the next piece if it is time.
     *
     * @return the services whose servers or routes differ from what was left; a name of none stands
     *     for backends without a service
     */
    Set<String> look(Instant now) throws IOException {
        if (now.isBefore(due) || !worker.known()) {
            return Set.of();
        }
        long began = nanoTime.getAsLong();
        Set<String> differing = piece(worker.running());
        Duration rest = Duration.ofNanos((nanoTime.getAsLong() - began) * SHARE);
        due = now.plus(rest.compareTo(LEAST_REST) < 0 ? LEAST_REST : rest);
        return differing;
    }

    private Set<String> piece(Running running) throws IOException {
        Set<String> differing = new TreeSet<>();
        if (backends.isEmpty() && maps.isEmpty()) {
            running.loaded().backends().keySet().stream()
                    .filter(backend -> !running.free(backend))
                    .forEach(backends::add);
            maps.addAll(worker.maps());
        }
        String backend = backends.poll();
        if (backend == null) {
            if (!maps.isEmpty() && worker.readBack(maps.remove())) {
                differing.addAll(running.entries(MapName.SERVICES).keySet());
                differing.addAll(running.entries(MapName.OPTIONS).keySet());
                differing.addAll(running.targets());
                differing.add("");
            }
        } else if (!worker.readBack(Set.of(backend)).isEmpty()) {
            differing.add(running.serviceOrNone(backend));
        }
        return differing;
    }
}
