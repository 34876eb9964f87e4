package io.signalbox.bench.faults;

import java.io.IOException;
import java.time.Duration;

/**
 * The engine is away for a while, and containers die meanwhile: nobody sends an event for those.
 *
 * @param how in which way it is away
 */
record EngineFault(How how) implements FaultCase {
    private static final Duration FROZEN = Duration.ofSeconds(7);

    /** The ways. */
    enum How {
        KILLED("kill -9 of the engine"),
        FROZEN("SIGSTOP of the engine for 7 s"),
        RESTARTED("SIGTERM of the engine");

        private final String text;

        How(String text) {
            this.text = text;
        }
    }

    @Override
    public String name() {
        return "engine-"
                + switch (how) {
                    case KILLED -> "killed";
                    case FROZEN -> "frozen";
                    case RESTARTED -> "restarted";
                };
    }

    @Override
    public String about() {
        return how.text
                + ", two containers die meanwhile; serves the truth within 1 s after it answers";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        String other = rig.docker().run(EngineClient.Wish.of("dies"));
        rig.judge().converge(System.nanoTime(), Duration.ofSeconds(30));
        long steadyPid = rig.docker().pid(rig.churn().newestSteady());
        long otherPid = rig.docker().pid(other);
        away(rig);
        rig.injected(name());
        Signals.kill(steadyPid);
        Signals.kill(otherPid);
        rig.injected("container died");
        rig.injected("container died");
        back(rig);
        rig.converge(System.nanoTime());
        rig.churn().settle();
    }

    private void away(Rig rig) throws IOException, InterruptedException {
        switch (how) {
            case KILLED -> rig.engine().kill();
            case FROZEN -> rig.engine().freeze();
            case RESTARTED -> rig.engine().stop();
        }
    }

    private void back(Rig rig) throws IOException, InterruptedException {
        switch (how) {
            case KILLED, RESTARTED -> rig.engine().start();
            case FROZEN -> {
                Thread.sleep(FROZEN);
                rig.engine().thaw();
                rig.engine().awaitAnswer();
            }
        }
    }
}
