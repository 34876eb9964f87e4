package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerWatchIT {
    private static final Map<String, String> COMPACTED =
            Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime");

    private TestBroker broker;

    @BeforeAll
    void startBroker(@TempDir Path directory) throws Exception {
        broker = TestBroker.start(directory);
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldAwaitMissingTopicAndNameTheCommand() throws Exception {
        ExpectedTopic topic = new ExpectedTopic("signalbox.late", 2, COMPACTED);
        Watched watched = new Watched();
        try (Running running = Running.start(broker, r -> watched.start(r, topic))) {
            awaitCause(running, "topics", "topic signalbox.late is missing");
            assertThat(running.get("/health/ready").body()).contains("signalbox topics");

            broker.createTopic("signalbox.late", 2, COMPACTED);

            assertThat(watched.watch().awaitTopics()).containsOnlyKeys("signalbox.late");
            await().until(running.runtime.readiness()::ready);
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldEndTheProcessOnWrongSettingsNamingAllOfThem() throws Exception {
        broker.createTopic("signalbox.wrong", 3, Map.of("cleanup.policy", "delete"));
        ExpectedTopic topic = new ExpectedTopic("signalbox.wrong", 12, COMPACTED);
        try (Running running = Running.start(broker, r -> BrokerWatch.start(r, List.of(topic)))) {
            await().until(() -> !running.failures.isEmpty());

            assertThat(running.failures.element())
                    .isInstanceOfSatisfying(
                            StartFailure.class,
                            failure ->
                                    assertThat(failure.lines())
                                            .containsExactly(
                                                    "topic signalbox.wrong must have partitions 12, it has 3",
                                                    "topic signalbox.wrong must have cleanup.policy compact, it has"
                                                            + " delete",
                                                    "topic signalbox.wrong must have message.timestamp.type"
                                                            + " LogAppendTime, it has CreateTime"));
        }
    }

    @Test
    void shouldTellOnceOfTopicCreatedAgain() throws Exception {
        broker.createTopic("signalbox.again", 1, Map.of());
        ExpectedTopic topic = new ExpectedTopic("signalbox.again", 1, Map.of());
        Watched watched = new Watched();
        try (Running running = Running.start(broker, r -> watched.start(r, topic))) {
            Uuid first = watched.watch().awaitTopics().get("signalbox.again");

            broker.deleteTopic("signalbox.again");
            broker.createTopic("signalbox.again", 1, Map.of());

            awaitCause(
                    running,
                    "topics",
                    "topic signalbox.again was created again: its id was " + first);
            assertThat(watched.recreated).hasSize(1);
            assertThat(watched.watch().topicIds()).containsEntry("signalbox.again", first);
        }
    }

    @Test
    void shouldTellOfATopicCreatedAgainWithWrongSettingsWhileAnotherIsMissing() throws Exception {
        broker.createTopic("signalbox.spoilt", 1, COMPACTED);
        broker.createTopic("signalbox.lost", 1, COMPACTED);
        Watched watched = new Watched();
        try (Running running =
                Running.start(
                        broker,
                        r ->
                                watched.start(
                                        r,
                                        new ExpectedTopic("signalbox.spoilt", 1, COMPACTED),
                                        new ExpectedTopic("signalbox.lost", 1, COMPACTED)))) {
            Uuid first =
                    Objects.requireNonNull(watched.watch().awaitTopics().get("signalbox.spoilt"));

            broker.deleteTopic("signalbox.lost");
            broker.deleteTopic("signalbox.spoilt");
            broker.createTopic("signalbox.spoilt", 1, Map.of("cleanup.policy", "delete"));

            awaitCause(running, "topics", "cleanup.policy compact, it has delete");
            awaitCause(running, "topics", "topic signalbox.lost is missing");
            awaitCause(running, "topics", "topic signalbox.spoilt was created again");
            Uuid now = watched.watch().awaitId("signalbox.spoilt");
            assertThat(watched.recreated)
                    .containsExactly(new BrokerWatch.Recreated("signalbox.spoilt", first, now));
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldKnowTheIdThatATopicHasNowAndBeReadyOnceItIsAccepted() throws Exception {
        broker.createTopic("signalbox.anew", 1, Map.of());
        ExpectedTopic topic = new ExpectedTopic("signalbox.anew", 1, Map.of());
        Watched watched = new Watched();
        try (Running running = Running.start(broker, r -> watched.start(r, topic))) {
            Uuid first = watched.watch().awaitTopics().get("signalbox.anew");
            assertThat(watched.watch().awaitId("signalbox.anew")).isEqualTo(first);

            broker.deleteTopic("signalbox.anew");
            broker.createTopic("signalbox.anew", 1, Map.of());

            Uuid now = watched.watch().awaitId("signalbox.anew");
            assertThat(now).isNotEqualTo(first);
            awaitCause(running, "topics", "its id was " + first + " and is " + now);

            watched.watch().accept(watched.recreated.remove());

            await().atMost(Duration.ofSeconds(20)).until(running.runtime.readiness()::ready);
        }
    }

    @Test
    void shouldNotBeReadyWhileSettingsAreChangedUnderIt() throws Exception {
        broker.createTopic("signalbox.changed", 1, COMPACTED);
        ExpectedTopic topic = new ExpectedTopic("signalbox.changed", 1, COMPACTED);
        try (Running running = Running.start(broker, r -> BrokerWatch.start(r, List.of(topic)))) {
            await().until(running.runtime.readiness()::ready);

            broker.setTopic("signalbox.changed", "cleanup.policy", "delete");
            awaitCause(
                    running,
                    "topics",
                    "topic signalbox.changed must have cleanup.policy compact, it has delete");

            broker.setTopic("signalbox.changed", "cleanup.policy", "compact");
            await().atMost(Duration.ofSeconds(20)).until(running.runtime.readiness()::ready);
            assertThat(running.failures).isEmpty();
        }
    }

    @Test
    void shouldEndTheProcessWhenPartitionsAreAdded() throws Exception {
        broker.createTopic("signalbox.grown", 1, Map.of());
        ExpectedTopic topic = new ExpectedTopic("signalbox.grown", 1, Map.of());
        try (Running running = Running.start(broker, r -> BrokerWatch.start(r, List.of(topic)))) {
            await().until(running.runtime.readiness()::ready);

            broker.addPartitions("signalbox.grown", 2);

            await().atMost(Duration.ofSeconds(20)).until(() -> !running.failures.isEmpty());
            assertThat(running.failures.element())
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("topic signalbox.grown must have partitions 1, it has 2");
        }
    }

    @Test
    void shouldSayThatNoBrokerAnswersAndThatItIsBack(@TempDir Path directory) throws Exception {
        try (TestBroker mortal = TestBroker.start(directory);
                Running running = Running.start(mortal, r -> BrokerWatch.start(r, List.of()))) {
            await().until(running.runtime.readiness()::ready);

            mortal.stop();
            awaitCause(running, "kafka", "no broker answers at " + mortal.bootstrapServers());

            mortal.startAgain();
            await().atMost(Duration.ofSeconds(20)).until(running.runtime.readiness()::ready);
            assertThat(running.failures).isEmpty();
        }
    }

    private static void awaitCause(Running running, String condition, String cause) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(running.runtime.readiness().causes().get(condition))
                                        .contains(cause));
    }

    /** A watch and what it told. */
    private static final class Watched {
        private final Queue<BrokerWatch.Recreated> recreated = new ConcurrentLinkedQueue<>();
        private final java.util.concurrent.CompletableFuture<BrokerWatch> started =
                new java.util.concurrent.CompletableFuture<>();

        private void start(ProcessRuntime runtime, ExpectedTopic... topics) {
            started.complete(BrokerWatch.start(runtime, List.of(topics), recreated::add));
        }

        private BrokerWatch watch() {
            return started.join();
        }
    }
}
