package io.signalbox.bench.faults;

import java.time.Duration;

/** Events vanish on their way, and nothing shows that they ever were. */
record EventsDropped() implements FaultCase {
    @Override
    public String name() {
        return "events-dropped";
    }

    @Override
    public String about() {
        return "all events of some changes vanish silently; serves the truth within 15 s of the first change";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void round(Rig rig) throws Exception {
        long before = rig.engineProxy().dropped();
        rig.engineProxy().dropEvents(true);
        long since = System.nanoTime();
        rig.churn().step();
        rig.docker().kill(rig.churn().newestSteady(), "KILL");
        Thread.sleep(500);
        rig.engineProxy().dropEvents(false);
        long dropped = rig.engineProxy().dropped() - before;
        for (long i = 0; i < dropped; i++) {
            rig.injected("event dropped");
        }
        if (dropped == 0) {
            rig.findings().violated("no event was dropped: the fault was none");
        }
        rig.converge(since);
        rig.churn().settle();
    }
}
