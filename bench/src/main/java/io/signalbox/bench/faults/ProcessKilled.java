package io.signalbox.bench.faults;

import java.time.Duration;
import java.util.Set;

/**
 * A process is killed at a random moment while containers change, and started again.
 *
 * @param process its command
 */
record ProcessKilled(String process) implements FaultCase {
    @Override
    public String name() {
        return process + "-killed";
    }

    @Override
    public String about() {
        return "kill -9 of the %s while containers change; serves the truth within 4 s of its restart"
                .formatted(process);
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        long master = rig.processes().haproxyMaster();
        Set<Long> workers = rig.processes().haproxyWorkers();
        rig.churn().step();
        rig.sleepUpTo(Duration.ofMillis(300));
        rig.kill(process);
        rig.churn().step();
        long since = System.nanoTime();
        rig.restart(process);
        rig.converge(since);
        if (rig.processes().haproxyMaster() != master
                || !workers.containsAll(rig.processes().haproxyWorkers())) {
            rig.findings().violated("HAProxy was started anew or reloaded");
        }
    }
}
