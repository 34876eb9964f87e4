package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;

/** A running container gets another address, which no event of the container tells. */
record AddressChanged() implements FaultCase {
    @Override
    public String name() {
        return "address-changed";
    }

    @Override
    public String about() {
        return "network disconnect and connect give a running container another address; served there within 1 s";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    /** What was on its way to the address when it went cannot be saved: the case reports it. */
    @Override
    public Loss loss() {
        return Loss.JUDGED_BY_THE_CASE;
    }

    @Override
    public void round(Rig rig) throws Exception {
        String moving = rig.docker().run(Wish.of(Churn.STEADY));
        rig.judge().converge(System.nanoTime(), Duration.ofSeconds(30));
        rig.docker().disconnect(moving);
        String heir = rig.docker().run(Wish.of("heir"));
        rig.docker().connect(moving);
        rig.injected("address changed");
        rig.converge(System.nanoTime());
        rig.docker().stop(moving, 10);
        rig.docker().remove(moving);
        rig.docker().remove(heir);
    }
}
