package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same log gives the same bytes, however it is cut into batches. */
class ReplayTest {
    private static final int SEEDS = 50;

    @Test
    void shouldRenderTheSamePartsFromAnyBatches() {
        for (long seed = firstSeed(); seed < firstSeed() + seeds(); seed++) {
            List<Instance> log = log(new Random(seed), 1, true);
            Map<String, Content> one = batched(log, new Random(seed), 1);

            assertThat(batched(log, new Random(seed), 7)).as("seed %d", seed).isEqualTo(one);
            assertThat(batched(log, new Random(seed), 1000)).as("seed %d", seed).isEqualTo(one);
        }
    }

    @Test
    void shouldRenderTheSamePartsFromAnyOrderOfPartitionsWhenNothingIsDisputed() {
        for (long seed = firstSeed(); seed < firstSeed() + seeds(); seed++) {
            List<Instance> log = log(new Random(seed), 4, false);
            Map<String, Content> one = batched(log, new Random(seed), 1);
            List<Instance> byPartition = new ArrayList<>(log);
            byPartition.sort(
                    Collections.reverseOrder(
                            java.util.Comparator.comparingInt(value -> value.cause().partition())));

            assertThat(batched(byPartition, new Random(seed), 5))
                    .as("seed %d", seed)
                    .isEqualTo(one);
        }
    }

    @Test
    void shouldGoOnWithTheSamePartsAfterARestartAnywhere() {
        for (long seed = firstSeed(); seed < firstSeed() + seeds(); seed++) {
            List<Instance> log = log(new Random(seed), 1, true);
            Map<String, Content> one = batched(log, new Random(seed), 1);
            Rig rig = new Rig();
            rig.step();
            Random random = new Random(seed);
            for (Instance value : log) {
                rig.take(value);
                if (random.nextInt(10) == 0) {
                    rig.restart();
                    assertThat(rig.step().changed()).as("seed %d", seed).isEmpty();
                }
            }

            assertThat(rig.contents()).as("seed %d", seed).isEqualTo(one);
        }
    }

    private static long firstSeed() {
        return Long.getLong("signalbox.seed", 0);
    }

    private static int seeds() {
        return System.getProperty("signalbox.seed") == null ? SEEDS : 1;
    }

    private static Map<String, Content> batched(List<Instance> log, Random random, int most) {
        Rig rig = new Rig();
        rig.step();
        int at = 0;
        while (at < log.size()) {
            int to = Math.min(log.size(), at + 1 + random.nextInt(most));
            rig.take(log.subList(at, to).toArray(new ServiceState[0]));
            at = to;
        }
        return Map.copyOf(rig.contents());
    }

    private static List<Instance> log(Random random, int partitions, boolean disputed) {
        List<Instance> log = new ArrayList<>();
        for (int number = 0; number < 60; number++) {
            int partition = random.nextInt(partitions);
            String id = "c" + partition + random.nextInt(8);
            String service = "s" + id.hashCode() % 3;
            String host = disputed ? "h" + random.nextInt(2) : "host-" + service;
            A container =
                    A.container(id)
                            .on("host" + partition, partition)
                            .of(service, A.route(host), A.route(host, "/" + service))
                            .shownAt(disputed ? number : Math.abs(id.hashCode() % 100));
            switch (random.nextInt(8)) {
                case 0 -> container.gone();
                case 1 -> container.stopping();
                case 2 -> container.state(State.EXITED);
                case 3 -> container.health(Health.STARTING);
                default -> container.health(Health.HEALTHY);
            }
            log.add(container.at(number));
        }
        return log;
    }
}
