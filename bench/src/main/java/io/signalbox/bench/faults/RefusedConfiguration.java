package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;

/** {@code haproxy -c} refuses a configuration because of one service. */
record RefusedConfiguration() implements FaultCase {
    @Override
    public String name() {
        return "refused-configuration";
    }

    @Override
    public String about() {
        return "haproxy -c refuses every configuration with one service in it: all others go on within 4 s, and it is named";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        String refused = rig.docker().run(Wish.of(Rig.REFUSED));
        rig.installation().applyGroup(5_000 + rig.random().nextInt(1_000));
        rig.injected("configuration refused");
        rig.await(
                "the applier names the refused service",
                Duration.ofSeconds(10),
                () ->
                        rig.processes().said("applier").contains(Rig.REFUSED)
                                && rig.processes()
                                        .said("applier")
                                        .contains("HAProxy refuses the service"));
        rig.judge().leaveOut(Rig.REFUSED);
        rig.churn().step();
        rig.converge(System.nanoTime());
        rig.docker().remove(refused);
        rig.judge().take(Rig.REFUSED);
        rig.installation().applyGroup(7_000 + rig.random().nextInt(1_000));
        rig.churn().step();
        rig.converge(System.nanoTime());
    }
}
