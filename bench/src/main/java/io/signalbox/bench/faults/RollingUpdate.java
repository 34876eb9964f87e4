package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Wish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Containers under load are replaced one after another.
 *
 * @param how in which way the old ones end
 */
record RollingUpdate(How how) implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONTAINERS = 3;
    private static final int REPLACED = 6;

    /** The ways. */
    enum How {
        /** The application serves for 300 ms after SIGTERM. */
        SERVES_ON,
        /** It closes its listener and its idle connections at SIGTERM. */
        CLOSES,
        /** {@code docker kill}. */
        KILLED
    }

    @Override
    public String name() {
        return switch (how) {
            case SERVES_ON -> "rolling-update";
            case CLOSES -> "rolling-update-closing";
            case KILLED -> "rolling-kill";
        };
    }

    @Override
    public String about() {
        return switch (how) {
            case SERVES_ON ->
                    "6 containers replaced by docker stop, the application serves 300 ms after SIGTERM: no failed request, POST included";
            case CLOSES ->
                    "the same, the application closes its listener and idle connections at SIGTERM: no failed GET, no repeated POST";
            case KILLED -> "6 containers replaced by docker kill: no failed GET, no repeated POST";
        };
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void round(Rig rig) throws Exception {
        String service = Churn.STEADY;
        String purpose = name() + "-" + rig.random().nextInt(1_000_000);
        Deque<String> serving = new ArrayDeque<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < CONTAINERS; i++) {
            all.add(start(rig, service));
            serving.addLast(all.getLast());
        }
        rig.judge().converge(System.nanoTime(), PATIENCE);
        rig.churn().replaceBy(List.of());
        rig.judge().converge(System.nanoTime(), PATIENCE);
        Posts posts = new Posts(rig.processes().proxy(), EngineClient.hostOf(service), purpose);
        try (posts) {
            for (int i = 0; i < REPLACED; i++) {
                all.add(start(rig, service));
                serving.addLast(all.getLast());
                rig.judge().converge(System.nanoTime(), PATIENCE);
                end(rig, serving.removeFirst());
                rig.converge(System.nanoTime());
            }
        }
        judge(rig, posts, purpose, all);
        all.removeAll(serving);
        all.forEach(rig.docker()::remove);
        rig.churn().replaceBy(serving);
    }

    private String start(Rig rig, String service) {
        return rig.docker()
                .run(
                        switch (how) {
                            case SERVES_ON, KILLED -> Wish.of(service, "LOG_REQUESTS=1");
                            case CLOSES -> Wish.of(service, "LOG_REQUESTS=1", "CLOSE_ON_TERM=1");
                        });
    }

    private void end(Rig rig, String container) {
        rig.injected("container ended");
        switch (how) {
            case SERVES_ON, CLOSES -> rig.docker().stop(container, 10);
            case KILLED -> rig.docker().kill(container, "KILL");
        }
    }

    private void judge(Rig rig, Posts posts, String purpose, List<String> containers)
            throws InterruptedException {
        Map<String, Integer> arrived = new HashMap<>();
        for (String container : containers) {
            rig.docker()
                    .output(container)
                    .lines()
                    .filter(line -> line.startsWith("POST /" + purpose + "/"))
                    .forEach(line -> arrived.merge(line, 1, Integer::sum));
        }
        arrived.forEach(
                (post, times) -> {
                    if (times > 1) {
                        rig.findings().violated(post + " arrived " + times + " times");
                    }
                });
        rig.findings()
                .remark(
                        "POST: %d sent, %d arrived, %d failed"
                                .formatted(posts.sent(), arrived.size(), posts.failures().size()));
        if (how == How.SERVES_ON && !posts.failures().isEmpty()) {
            rig.findings().violated("a POST failed: " + posts.failures());
        }
    }
}
