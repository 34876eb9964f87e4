package io.signalbox.bench.simulation;

import io.signalbox.applier.core.Running;
import io.signalbox.haproxy.MapName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Walks through all that a worker holds, a piece at a time. One thread. */
final class Sweep {
    private final WorkerView worker;
    private final Deque<String> backends = new ArrayDeque<>();
    private final Deque<MapName> maps = new ArrayDeque<>();

    Sweep(WorkerView worker) {
        this.worker = worker;
    }

    /** Looks at the next piece; answers whether it is not as it was left. */
    boolean findsDifference() {
        Running running = worker.running();
        if (backends.isEmpty() && maps.isEmpty()) {
            running.loaded().backends().keySet().stream()
                    .filter(backend -> !running.free(backend))
                    .forEach(backends::add);
            maps.addAll(List.of(MapName.values()));
        }
        String backend = backends.poll();
        if (backend != null) {
            return !worker.readBack(Set.of(backend)).isEmpty();
        }
        return !maps.isEmpty() && worker.readBack(maps.remove());
    }
}
