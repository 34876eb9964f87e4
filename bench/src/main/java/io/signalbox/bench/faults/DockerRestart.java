package io.signalbox.bench.faults;

import java.time.Duration;

/** A container is restarted by {@code docker restart} under load. */
record DockerRestart() implements FaultCase {
    @Override
    public String name() {
        return "docker-restart";
    }

    @Override
    public String about() {
        return "docker restart of a container under load; served again within 1 s, no failed request";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.docker().restart(rig.churn().newestSteady(), 10);
        rig.injected("container restarted");
        rig.converge(System.nanoTime());
    }
}
