package io.signalbox.bench.faults;

import java.time.Duration;

/** The applier is killed at random moments of changes that need a check, files and a reload. */
record ApplierKilledInSteps() implements FaultCase {
    private static final int KILLS = 6;
    private static final Duration LONGEST_APPLY = Duration.ofMillis(900);

    @Override
    public String name() {
        return "applier-killed-in-steps";
    }

    @Override
    public String about() {
        return "kill -9 of the applier at 6 random moments of reloads; the truth within 4 s of the last start and change, HAProxy never starts anew";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        long master = rig.processes().haproxyMaster();
        for (int kill = 0; kill < KILLS; kill++) {
            rig.installation().applyGroup(1_000 + rig.random().nextInt(2_000));
            rig.churn().startSteady();
            rig.sleepUpTo(LONGEST_APPLY);
            rig.kill("applier");
            rig.restart("applier");
        }
        rig.churn().step();
        rig.converge(System.nanoTime());
        if (rig.processes().haproxyMaster() != master) {
            rig.findings().violated("HAProxy was started anew");
        }
    }
}
