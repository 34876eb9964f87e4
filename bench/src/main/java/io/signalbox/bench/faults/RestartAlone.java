package io.signalbox.bench.faults;

import java.time.Duration;

/**
 * The only container of the service under load is restarted by {@code docker restart}; its
 * application serves for 300 ms after SIGTERM.
 */
record RestartAlone() implements FaultCase {
    @Override
    public String name() {
        return "restart-alone";
    }

    @Override
    public String about() {
        return "docker restart of a service's only container, which serves 300 ms after SIGTERM; served again within 1 s, no failed request";
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
    public void round(Rig rig) throws Exception {
        String only = rig.onlySteady();
        rig.sleepUpTo(Duration.ofSeconds(1));
        rig.docker().restart(only, 10);
        rig.injected("container restarted");
        rig.converge(System.nanoTime());
    }
}
