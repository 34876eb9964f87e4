package io.signalbox.applier;

import io.signalbox.applier.core.Running;
import io.signalbox.haproxy.MapName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * Walks through all that a worker holds, a little at a time, and finds what others changed in it.
 * It takes at most one per cent of one core. Owned by the loop.
 */
final class Sweep {
    private static final Duration LEAST_REST = Duration.ofMillis(250);
    private static final int SHARE = 100;

    private final Worker worker;
    private final Deque<String> backends = new ArrayDeque<>();
    private final Deque<MapName> maps = new ArrayDeque<>();
    private Instant due = Instant.EPOCH;

    Sweep(Worker worker) {
        this.worker = worker;
    }

    /** When it goes on. */
    Instant due() {
        return due;
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
        long began = System.nanoTime();
        Set<String> differing = piece(worker.running());
        Duration rest = Duration.ofNanos((System.nanoTime() - began) * SHARE);
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
                differing.addAll(running.entries(MapName.ROUTES).values());
                differing.add("");
            }
        } else if (!worker.readBack(Set.of(backend)).isEmpty()) {
            String service = running.serviceOf(backend);
            differing.add(service == null ? "" : service);
        }
        return differing;
    }
}
