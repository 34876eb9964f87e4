package io.signalbox.bench.faults;

import java.time.Duration;

/** Two watchers on one host; one of them is killed, the one that speaks or the other. */
record TwoWatchers() implements FaultCase {
    @Override
    public String name() {
        return "two-watchers";
    }

    @Override
    public String about() {
        return "two watchers on one host, either is killed; the other one's word holds within 12 s";
    }

    /** Five ticks until the silent session is suspected, and a new session's snapshot. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(12);
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.processes().start("watcher-2");
        rig.processes().awaitReady("watcher-2");
        for (String killed : new String[] {"watcher", "watcher-2"}) {
            rig.kill(killed);
            long since = System.nanoTime();
            rig.churn().step();
            rig.converge(since);
            rig.restart(killed);
            rig.processes().awaitReady(killed);
        }
        rig.processes().stop("watcher-2");
        rig.churn().step();
        rig.converge(System.nanoTime());
    }
}
