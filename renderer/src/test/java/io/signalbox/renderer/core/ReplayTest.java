package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
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
    void shouldRenderTheSamePartsAnewFromAnyOrderOfPartitions() {
        for (long seed = firstSeed(); seed < firstSeed() + seeds(); seed++) {
            List<Instance> log = log(new Random(seed), 4, true);
            Map<String, Content> one = anew(log);
            Random random = new Random(seed);
            for (int round = 0; round < 5; round++) {
                assertThat(anew(interleaved(log, random))).as("seed %d", seed).isEqualTo(one);
            }
        }
    }

    /** The same log with its partitions read in another order, each of them in its own. */
    private static List<Instance> interleaved(List<Instance> log, Random random) {
        List<List<Instance>> partitions = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int partition = number;
            partitions.add(
                    new ArrayList<>(
                            log.stream()
                                    .filter(value -> value.cause().partition() == partition)
                                    .toList()));
        }
        List<Instance> interleaved = new ArrayList<>();
        while (interleaved.size() < log.size()) {
            List<Instance> partition = partitions.get(random.nextInt(partitions.size()));
            if (!partition.isEmpty()) {
                interleaved.add(partition.removeFirst());
            }
        }
        return interleaved;
    }

    /** What an owner renders that finds the whole state and no parts. */
    private static Map<String, Content> anew(List<Instance> log) {
        Rig rig = new Rig();
        rig.take(log.toArray(new ServiceState[0]));
        rig.renderer = new GroupRenderer(Rig.DEFAULT, rig.view, Map.of());
        rig.step();
        return Map.copyOf(rig.contents());
    }

    @Test
    void shouldTakeAHolderFromTheRecordOnlyWhereTheRouteIsDisputed() {
        Rig rig = new Rig();
        rig.take(A.container("aa").of("a", A.route("x.example")).shownAt(1).at(1));
        Map<String, Content> before = Map.copyOf(rig.contents());
        rig.take(A.container("bb").of("b", A.route("x.example")).on("h2", 1).shownAt(0).at(1));
        assertThat(rig.routes("a")).isEqualTo(List.of("x.example/"));
        Map<String, Content> theOtherWay = contentsWhereBCameFirst();

        rig.renderer = new GroupRenderer(Rig.DEFAULT, rig.view, published(before));
        rig.renderer.settleAsRecorded(Set.of(), theOtherWay::get);
        rig.step();

        assertThat(rig.contents()).isEqualTo(theOtherWay);
        rig.take(A.container("aa").of("a", A.route("x.example")).shownAt(1).gone().at(2));
        rig.renderer = new GroupRenderer(Rig.DEFAULT, rig.view, published(theOtherWay));
        rig.renderer.settleAsRecorded(Set.of(), before::get);
        rig.step();
        assertThat(rig.routes("b")).isEqualTo(List.of("x.example/"));
    }

    private static Map<String, Content> contentsWhereBCameFirst() {
        Rig rig = new Rig();
        rig.take(A.container("bb").of("b", A.route("x.example")).on("h2", 1).shownAt(0).at(1));
        rig.take(A.container("aa").of("a", A.route("x.example")).shownAt(1).at(1));
        return Map.copyOf(rig.contents());
    }

    private static Map<String, ConfigRecord.Part> published(Map<String, Content> contents) {
        Map<String, ConfigRecord.Part> parts = new TreeMap<>();
        contents.forEach(
                (name, content) -> parts.put(name, new ConfigRecord.Part(name, 1, 1, content)));
        return parts;
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

    private static Route share(String host, int percent) {
        return new Route("default", host, "/", RouteMatch.NONE.sharing(percent, false));
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
                            .of(
                                    service,
                                    disputed && random.nextInt(3) == 0
                                            ? share(host, random.nextInt(101))
                                            : A.route(host),
                                    A.route(host, "/" + service),
                                    share("shared", Math.abs(id.hashCode() % 60)))
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
