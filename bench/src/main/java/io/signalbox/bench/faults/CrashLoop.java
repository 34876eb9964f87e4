package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A container ends soon after each start, the engine starts it again, and then it is stopped. */
record CrashLoop() implements FaultCase {
    private static final Duration LOOPING = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "crash-loop";
    }

    @Override
    public String about() {
        return "a container with restart=always ends every 200 ms for 8 s, then docker stop; gone within 1 s of it";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void round(Rig rig) throws Exception {
        Set<Long> workers = rig.processes().haproxyWorkers();
        String looping =
                rig.docker()
                        .run(
                                new Wish(
                                        "looping",
                                        Map.of(),
                                        List.of("CRASH_AFTER_MS=200", "GRACE_MS=0"),
                                        true));
        rig.injected("crash loop");
        Thread.sleep(LOOPING);
        rig.churn().step();
        rig.docker().stop(looping, 1);
        rig.converge(System.nanoTime());
        rig.docker().remove(looping);
        if (!workers.containsAll(rig.processes().haproxyWorkers())) {
            rig.findings().violated("a crash loop led to a reload");
        }
    }
}
