package io.signalbox.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.renderer.core.A;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.Topic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RendererIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        lab = Lab.start(directory);
    }

    @AfterEach
    void stop() {
        lab.close();
        assertThat(lab.failures).isEmpty();
    }

    @Test
    void shouldRenderStateToPartsThatMatchTheirManifest() throws Exception {
        lab.state(new Checkpoint("topic-id", 0));
        lab.state(web("c1").at(4));
        try (ProcessRuntime _ = lab.renderer()) {
            awaitServers("web", 1);
            lab.state(web("c2").at(5));
            awaitServers("web", 2);

            ConfigRecord.Manifest manifest = Objects.requireNonNull(lab.seen("default").matching());
            assertThat(manifest.causes()).hasSize(1);
            assertThat(manifest.causes().getFirst().offset()).isEqualTo(5);
            assertThat(manifest.causes().getFirst().stateAppendedAt()).isNotNull();
            assertThat(manifest.eventsPositions()).startsWith(6L, 0L);
            assertThat(manifest.eventsTopicId()).isEqualTo("topic-id");

            lab.state(web("c1").gone().at(6));
            lab.state(web("c2").gone().at(7));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                assertThat(lab.seen("default").service("web")).isNull();
                                assertThat(lab.seen("default").matching()).isNotNull();
                            });
        }
    }

    @Test
    void shouldGoOnUnderANewEpochAndKeepWhatIsRight() throws Exception {
        lab.state(web("c1").at(1));
        try (ProcessRuntime _ = lab.renderer()) {
            awaitServers("web", 1);
        }
        long before = Objects.requireNonNull(lab.seen("default").matching()).epoch();

        try (ProcessRuntime _ = lab.renderer()) {
            lab.state(web("c2").at(2));
            awaitServers("web", 2);

            assertThat(Objects.requireNonNull(lab.seen("default").matching()).epoch())
                    .isGreaterThan(before);
            Part frame = Objects.requireNonNull(lab.seen("default").view().parts().get("frame"));
            assertThat(frame.epoch()).isEqualTo(before);
        }
    }

    @Test
    void shouldTakeOverAgainOnAForeignClaimAndRepairWhatItOverwrote() throws Exception {
        lab.state(web("c1").at(1));
        try (ProcessRuntime _ = lab.renderer()) {
            awaitServers("web", 1);
            long old = Objects.requireNonNull(lab.seen("default").matching()).epoch();

            long foreign = lab.config("default", new Claim("another"));
            lab.config("default", new Part("service/web", old, 99, new Removed()));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                Lab.Seen seen = lab.seen("default");
                                assertThat(seen.view().overwritten()).isEmpty();
                                assertThat(Objects.requireNonNull(seen.matching()).epoch())
                                        .isGreaterThan(foreign);
                                assertThat(seen.service("web")).isNotNull();
                            });
        }
    }

    @Test
    void shouldServeADefinedGroupAsSoonAsItsTopicIsThere() throws Exception {
        GroupDefinition edge = GroupDefinition.builtIn("edge", new Listen("", 8080));
        lab.state(
                A.container("c1").of("web", 80, null, List.of("edge"), A.route("a.example")).at(1));
        try (ProcessRuntime _ = lab.renderer()) {
            lab.group(new GroupRecord.GroupDefined(edge));
            Topic topic = Topic.PROXY_CONFIGS;
            lab.broker.createTopic(topic.topicName(Lab.PREFIX, "edge"), 1, topic.creationConfig(1));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lab.seen("edge").service("web")).isNotNull());
            assertThat(lab.seen("default").service("web")).isNull();
        }
    }

    @Test
    void shouldHandTheGroupOverToTheRendererThatStays() throws Exception {
        lab.state(web("c1").at(1));
        ProcessRuntime first = lab.renderer();
        awaitServers("web", 1);
        try (ProcessRuntime _ = lab.renderer()) {
            first.close();
            lab.state(web("c2").at(2));
            awaitServers("web", 2);
        }
    }

    @Test
    void shouldKeepWhatIsServedWhileServiceStateIsMadeAgainAndThenFollowIt() throws Exception {
        lab.state(new Checkpoint("old", 0));
        lab.state(web("c1").at(40));
        lab.state(web("c2").at(41));
        try (ProcessRuntime renderer = lab.renderer()) {
            awaitServers("web", 2);
            long before = Objects.requireNonNull(lab.seen("default").matching()).epoch();

            recreate(Topic.SERVICE_STATE);
            lab.state(new Checkpoint("new", 1));
            lab.state(web("c1").at(3));
            lab.state(web("c3").at(4));

            awaitServers("web", 3);
            assertThat(Objects.requireNonNull(lab.seen("default").matching()).epoch())
                    .isGreaterThan(before);
            assertThat(Objects.requireNonNull(lab.seen("default").view().held()).dropping())
                    .isEqualTo(1);
            await().atMost(PATIENCE).until(() -> renderer.readiness().ready());
        }
    }

    @Test
    void shouldRenderNothingMoreAndSayWhyWhenTheDefinitionsAreLost() throws Exception {
        lab.state(web("c1").at(1));
        GroupDefinition edge = GroupDefinition.builtIn("edge", new Listen("", 8080));
        for (int record = 0; record < 5; record++) {
            lab.group(new GroupRecord.GroupDefined(edge));
        }
        try (ProcessRuntime renderer = lab.renderer()) {
            awaitServers("web", 1);

            recreate(Topic.PROXY_GROUPS);

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(renderer.readiness().causes().get("groups"))
                                            .contains(
                                                    "signalbox.proxy-groups",
                                                    "definitions of groups are lost",
                                                    "signalbox group apply"));
            lab.state(web("c2").at(2));
            assertThat(Objects.requireNonNull(lab.seen("default").service("web")).servers())
                    .hasSize(1);
        }
    }

    private void recreate(Topic topic) throws Exception {
        String name = topic.topicName(Lab.PREFIX);
        lab.broker.deleteTopic(name);
        lab.broker.createTopic(name, topic.partitions(), topic.creationConfig(1));
    }

    @Test
    void shouldComeBackByItselfAfterTheBrokerWasAway() throws Exception {
        lab.state(web("c1").at(1));
        try (ProcessRuntime renderer = lab.renderer()) {
            awaitServers("web", 1);
            lab.broker.stop();
            await().atMost(PATIENCE)
                    .until(() -> renderer.readiness().causes().containsKey("kafka"));
            lab.broker.startAgain();
            lab.state(web("c2").at(2));
            awaitServers("web", 2);
        }
    }

    @Test
    void shouldWaitWhileTheBrokerIsAwayAndNotTakeACoreForIt() throws Exception {
        try (ProcessRuntime renderer = lab.renderer()) {
            await().atMost(PATIENCE).until(() -> renderer.readiness().ready());
            lab.broker.stop();
            await().atMost(PATIENCE)
                    .until(() -> renderer.readiness().causes().containsKey("kafka"));

            long worked = workedNanos("renderer-ownership");
            long began = System.nanoTime();
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(3))
                    .until(() -> renderer.readiness().causes().containsKey("kafka"));

            double cores =
                    (double) (workedNanos("renderer-ownership") - worked)
                            / (System.nanoTime() - began);
            assertThat(cores).as("of the thread that asks which groups are ours").isLessThan(0.2);
            lab.broker.startAgain();
        }
    }

    /** How long the threads of that name have had a processor. */
    private static long workedNanos(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(name))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    @Test
    void shouldWriteTheManifestOfAChangeAtOnce() throws Exception {
        try (ProcessRuntime _ = lab.renderer()) {
            lab.state(web("c0").at(1));
            awaitServers("web", 1);
            for (int change = 1; change <= 20; change++) {
                lab.state(web("c" + change).at(1 + change));
                awaitServers("web", 1 + change);
            }

            List<Long> took = lab.seen("default").propagationMs();
            assertThat(took).hasSizeGreaterThanOrEqualTo(20);
            assertThat(took.stream().sorted().toList().get(took.size() / 2))
                    .as("median of %s", took)
                    .isLessThan(100);
        }
    }

    private static A web(String id) {
        return A.container(id).of("web", A.route("a.example"));
    }

    private void awaitServers(String service, int servers) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> {
                            Lab.Seen seen = lab.seen("default");
                            assertThat(seen.matching()).isNotNull();
                            assertThat(seen.service(service)).isNotNull();
                            assertThat(Objects.requireNonNull(seen.service(service)).servers())
                                    .hasSize(servers);
                        });
    }
}
