package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Two hundred containers are removed at once, and the watcher dies in the midst of it. */
record MassRemoval() implements FaultCase {
    private static final int CONTAINERS = 200;
    private static final int PER_SERVICE = 20;
    private static final int PARALLEL = 8;

    @Override
    public String name() {
        return "mass-removal";
    }

    @Override
    public String about() {
        return "200 containers are removed at once while the watcher is killed; serves the truth within 4 s of its restart and the last removal";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
            List<Future<String>> starting =
                    IntStream.range(0, CONTAINERS)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            rig.docker()
                                                                    .run(
                                                                            Wish.of(
                                                                                    "many-"
                                                                                            + i
                                                                                                    / PER_SERVICE))))
                            .toList();
            for (Future<String> one : starting) {
                one.get();
            }
            rig.converge(System.nanoTime());
            List<? extends Future<?>> removing =
                    starting.stream()
                            .map(Future::resultNow)
                            .map(id -> threads.submit(() -> rig.docker().remove(id)))
                            .toList();
            removing.get(CONTAINERS / 10).get();
            rig.kill("watcher");
            removing.get(CONTAINERS / 2).get();
            rig.restart("watcher");
            for (Future<?> one : removing) {
                one.get();
                rig.injected("container removed");
            }
        }
        rig.converge(System.nanoTime());
    }
}
