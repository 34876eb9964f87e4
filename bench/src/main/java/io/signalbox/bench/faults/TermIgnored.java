package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;

/** An application that does not care for SIGTERM, stopped by force, and told to stop in vain. */
record TermIgnored() implements FaultCase {
    @Override
    public String name() {
        return "term-ignored";
    }

    @Override
    public String about() {
        return "docker stop of an application that ignores SIGTERM; and one that stays is served again within 20 s";
    }

    /** Ten seconds of the engine's stop time-out, five of grace. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(20);
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        String stopped = rig.docker().run(Wish.of(Churn.STEADY, "IGNORE_TERM=1"));
        String staying = rig.docker().run(Wish.of(Churn.STEADY, "IGNORE_TERM=1"));
        rig.converge(System.nanoTime());
        rig.injected("SIGTERM ignored");
        rig.injected("SIGTERM ignored");
        rig.docker().kill(staying, "TERM");
        long since = System.nanoTime();
        rig.docker().stop(stopped, 2);
        rig.converge(since);
        rig.docker().remove(stopped);
        rig.docker().stop(staying, 1);
        rig.docker().remove(staying);
    }
}
