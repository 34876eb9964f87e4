package io.signalbox.bench.faults;

import java.time.Duration;
import java.util.List;

/**
 * One of two registries or renderers, or the watcher or applier, is frozen for longer than its
 * session, and wakes as one that no longer knows that another took over.
 *
 * @param process its command
 */
record ProcessFrozen(String process) implements FaultCase {
    private static final Duration FROZEN = Duration.ofSeconds(6);
    private static final List<String> WITH_ANOTHER = List.of("registry", "renderer");
    private static final Duration TAKE_OVER = Duration.ofSeconds(6);

    @Override
    public String name() {
        return process + "-frozen";
    }

    @Override
    public String about() {
        return WITH_ANOTHER.contains(process)
                ? "SIGSTOP of the %s for 6 s, one of two; taken over within 6 s, and the truth within 1 s after it wakes"
                        .formatted(process)
                : "SIGSTOP of the %s for 6 s while containers change; the truth within 4 s after it wakes"
                        .formatted(process);
    }

    @Override
    public Duration limit() {
        return WITH_ANOTHER.contains(process) ? Duration.ofSeconds(1) : Duration.ofSeconds(4);
    }

    @Override
    public void round(Rig rig) throws Exception {
        boolean another = WITH_ANOTHER.contains(process);
        String second = process + "-2";
        if (another && !rig.processes().alive(second)) {
            rig.processes().start(second);
            rig.processes().awaitReady(second);
        }
        String frozen = another && rig.random().nextBoolean() ? second : process;
        rig.churn().step();
        rig.sleepUpTo(Duration.ofMillis(300));
        rig.freeze(frozen);
        long begin = System.nanoTime();
        rig.churn().step();
        if (another) {
            rig.converge(begin, TAKE_OVER);
        }
        long left = FROZEN.toNanos() - (System.nanoTime() - begin);
        Thread.sleep(Math.max(0, left / 1_000_000));
        rig.thaw(frozen);
        rig.churn().step();
        rig.converge(System.nanoTime());
        if (another) {
            rig.processes().stop(second);
        }
    }
}
