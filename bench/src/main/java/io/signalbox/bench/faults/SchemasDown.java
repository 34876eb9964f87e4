package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import java.time.Duration;

/** The schema registry is away or hangs: what runs goes on, and what starts anew starts. */
record SchemasDown() implements FaultCase {
    @Override
    public String name() {
        return "schemas-down";
    }

    @Override
    public String about() {
        return "the schema registry is away, then hangs, and every process is killed and started meanwhile; the truth within 10 s";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public void round(Rig rig) throws Exception {
        boolean hangs = rig.random().nextBoolean();
        if (hangs) {
            rig.schemasProxy().stall();
        } else {
            rig.schemasProxy().goAway();
        }
        rig.injected(hangs ? "schema registry hangs" : "schema registry away");
        rig.churn().step();
        rig.converge(System.nanoTime());
        for (String process : SeparateProcesses.PROCESSES) {
            rig.kill(process);
            rig.restart(process);
        }
        rig.churn().step();
        rig.converge(System.nanoTime());
        if (hangs) {
            rig.schemasProxy().resume();
        } else {
            rig.schemasProxy().comeBack();
        }
        rig.churn().step();
        rig.converge(System.nanoTime());
    }
}
