package io.signalbox.bench.faults;

import io.signalbox.bench.SeparateProcesses;
import java.io.IOException;
import java.time.Duration;

/**
 * The broker is away, and the proxy serves on.
 *
 * @param how in which way it is away
 */
record BrokerFault(How how) implements FaultCase {
    private static final Duration FROZEN = Duration.ofSeconds(60);

    /** The ways. */
    enum How {
        KILLED,
        FROZEN
    }

    @Override
    public String name() {
        return switch (how) {
            case KILLED -> "broker-killed";
            case FROZEN -> "broker-frozen";
        };
    }

    @Override
    public String about() {
        return switch (how) {
                    case KILLED -> "kill -9 of the only broker while containers change";
                    case FROZEN -> "SIGSTOP of the only broker for 60 s while containers change";
                }
                + "; no request fails, the truth within 10 s after it answers";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int rounds() {
        return how == How.FROZEN ? 1 : 3;
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        rig.sleepUpTo(Duration.ofMillis(300));
        switch (how) {
            case KILLED -> killed(rig);
            case FROZEN -> frozen(rig);
        }
        rig.converge(System.nanoTime());
    }

    private static void killed(Rig rig) throws IOException, InterruptedException {
        rig.kill(SeparateProcesses.BROKER);
        rig.churn().startSteady();
        rig.churn().step();
        rig.restart(SeparateProcesses.BROKER);
        rig.processes().awaitLog();
    }

    private static void frozen(Rig rig) throws InterruptedException {
        rig.freeze(SeparateProcesses.BROKER);
        long end = System.nanoTime() + FROZEN.toNanos();
        rig.churn().step();
        Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
        rig.thaw(SeparateProcesses.BROKER);
    }
}
