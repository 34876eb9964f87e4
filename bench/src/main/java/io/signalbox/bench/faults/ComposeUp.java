package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;
import java.util.List;

/**
 * The only container of the service under load is replaced by one of another image in the order of
 * {@code docker compose up}: the new one is created under a name of the moment, the old one stopped
 * and removed, the new one given its name and started.
 */
record ComposeUp() implements FaultCase {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int REPLACED = 4;
    private static final int STOP_SECONDS = 10;
    private static final String NAME = "compose-" + Churn.STEADY;

    @Override
    public String name() {
        return "compose-up";
    }

    @Override
    public String about() {
        return "docker compose up replaces a service's only container 4 times; served within 1 s of its start, no failed request";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Loss loss() {
        return Loss.NONE_BUT_MAY_WAIT;
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        String running = rig.onlySteady();
        rig.docker().rename(running, NAME);
        for (int i = 0; i < REPLACED; i++) {
            String image = i % 2 == 0 ? EngineClient.NEXT_IMAGE : EngineClient.IMAGE;
            Thread.sleep(BETWEEN);
            String next = rig.docker().create(Wish.of(Churn.STEADY), image);
            rig.docker().stop(running, STOP_SECONDS);
            rig.docker().remove(running);
            rig.docker().rename(next, NAME);
            rig.docker().start(next);
            long since = System.nanoTime();
            rig.injected("container replaced");
            rig.churn().replaceBy(List.of(next));
            rig.converge(since);
            running = next;
        }
    }
}
