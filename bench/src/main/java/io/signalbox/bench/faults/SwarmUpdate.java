package io.signalbox.bench.faults;

import io.signalbox.bench.faults.Swarm.Order;
import java.time.Duration;
import java.util.List;

/** The service under load is a Swarm service, and is updated twice. */
record SwarmUpdate() implements FaultCase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REPLICAS = 3;

    @Override
    public String name() {
        return "swarm-update";
    }

    @Override
    public String about() {
        return "docker service update of 3 replicas, start-first and then stop-first; the truth within 1 s of its end, no failed request";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public void round(Rig rig) throws Exception {
        try (Swarm swarm = Swarm.begin(rig.engine())) {
            swarm.create(Churn.STEADY, REPLICAS);
            rig.judge().converge(System.nanoTime(), PATIENCE);
            rig.churn().replaceBy(List.of());
            rig.judge().converge(System.nanoTime(), PATIENCE);
            update(rig, swarm, Order.START_FIRST, EngineClient.NEXT_IMAGE);
            update(rig, swarm, Order.STOP_FIRST, EngineClient.IMAGE);
            for (int i = 0; i < Churn.STEADY_CONTAINERS; i++) {
                rig.churn().startSteady();
            }
            rig.judge().converge(System.nanoTime(), PATIENCE);
            swarm.remove(Churn.STEADY);
            rig.converge(System.nanoTime());
        }
    }

    private static void update(Rig rig, Swarm swarm, Order order, String image) throws Exception {
        swarm.update(Churn.STEADY, order, image);
        rig.injected("update " + order.word());
        rig.converge(System.nanoTime());
    }
}
