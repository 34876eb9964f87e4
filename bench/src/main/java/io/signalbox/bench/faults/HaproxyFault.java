package io.signalbox.bench.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * HAProxy itself is hit.
 *
 * @param how in which way
 */
record HaproxyFault(How how) implements FaultCase {
    private static final Duration FROZEN = Duration.ofSeconds(3);

    /** The ways. */
    enum How {
        MASTER_KILLED,
        WORKER_KILLED,
        FROZEN
    }

    @Override
    public String name() {
        return switch (how) {
            case MASTER_KILLED -> "haproxy-killed";
            case WORKER_KILLED -> "haproxy-worker-killed";
            case FROZEN -> "haproxy-frozen";
        };
    }

    @Override
    public String about() {
        return switch (how) {
            case MASTER_KILLED -> "kill -9 of HAProxy's master; serves the truth again within 1 s";
            case WORKER_KILLED -> "kill -9 of HAProxy's worker; serves the truth again within 1 s";
            case FROZEN -> "SIGSTOP of HAProxy for 3 s; serves the truth within 1 s after it wakes";
        };
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Loss loss() {
        return Loss.WHILE_HAPROXY_IS_AWAY;
    }

    @Override
    public void round(Rig rig) throws Exception {
        rig.churn().step();
        rig.judge().converge(System.nanoTime(), Duration.ofSeconds(30));
        List<Long> workers = List.copyOf(rig.processes().haproxyWorkers());
        long master = rig.processes().haproxyMaster();
        rig.injected(name());
        long since = System.nanoTime();
        switch (how) {
            case MASTER_KILLED -> Signals.kill(master);
            case WORKER_KILLED -> workers.forEach(Signals::kill);
            case FROZEN -> {
                freeze(rig, master, workers);
                since = System.nanoTime();
            }
        }
        rig.converge(since);
    }

    private static void freeze(Rig rig, long master, List<Long> workers)
            throws IOException, InterruptedException {
        List<Long> all = new ArrayList<>(workers);
        all.add(master);
        all.forEach(Signals::freeze);
        rig.docker().run(EngineClient.Wish.of(Churn.STEADY));
        Thread.sleep(FROZEN);
        all.forEach(Signals::thaw);
    }
}
