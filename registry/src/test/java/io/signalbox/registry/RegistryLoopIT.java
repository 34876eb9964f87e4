package io.signalbox.registry;

import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.ended;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.Facts.observed;
import static io.signalbox.registry.core.Facts.opened;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RegistryLoopIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LATE_RECORDS = 15;

    private Lab lab;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        lab = Lab.start(directory);
    }

    @AfterEach
    void stop() {
        lab.close();
        assertThat(lab.failures).isEmpty();
    }

    @Test
    void shouldFoldFactsIntoStateWithHostAndCheckpoint() throws Exception {
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(registry::ready);
            long session = snapshot("h1", "c1", "c2");

            soon().untilAsserted(
                            () ->
                                    assertThat(lab.state())
                                            .containsKeys(
                                                    Keys.instance("h1", "c1"),
                                                    Keys.instance("h1", "c2"),
                                                    Keys.host("h1"),
                                                    Keys.CHECKPOINT));
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 5));
            assertThat(control("h1").currentSession()).isEqualTo(session);
        }
    }

    @Test
    void shouldContinueWhereAnotherRegistryStopped() throws Exception {
        long session;
        try (Lab.Running first = lab.registry(Map.of())) {
            soon().until(first::ready);
            session = snapshot("h1", "c1", "c2");
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 5));
        }
        lab.append(event("h1", session, 5, new Fact.ContainerGone("c1")));
        try (Lab.Running second = lab.registry(Map.of())) {
            soon().untilAsserted(
                            () -> {
                                assertThat(instance("h1", "c1").gone()).isTrue();
                                assertThat(instance("h1", "c2").gone()).isFalse();
                            });
            soon().until(second::ready);
        }
    }

    @Test
    void shouldWriteAgainWhatALateWriterOverwrote() throws Exception {
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(registry::ready);
            long session = snapshot("h1", "c1");
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 4));
            Instance old = instance("h1", "c1");
            lab.append(event("h1", session, 4, new Fact.ContainerGone("c1")));
            soon().until(() -> instance("h1", "c1").gone());

            lab.appendState(partition("h1"), Keys.of(old), old);

            soon().until(() -> instance("h1", "c1").gone());
            lab.appendState(partition("h1"), Keys.CHECKPOINT, new Checkpoint(topicId(), 1));
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 5));
        }
    }

    @Test
    void shouldWriteAgainWithinATenthOfASecondByTheBrokersTime() throws Exception {
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(registry::ready);
            long session = snapshot("h1", "c1");
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 4));
            Instance old = instance("h1", "c1");
            lab.append(event("h1", session, 4, new Fact.ContainerGone("c1")));
            soon().until(() -> instance("h1", "c1").gone());
            List<Long> tookMs = new ArrayList<>();

            for (int round = 0; round < LATE_RECORDS; round++) {
                long late = lab.appendState(partition("h1"), Keys.of(old), old);
                soon().until(() -> lab.followedAfterMs(partition("h1"), late) >= 0);
                tookMs.add(lab.followedAfterMs(partition("h1"), late));
            }

            assertThat(tookMs.stream().sorted().toList().get(LATE_RECORDS / 2))
                    .as("median of %s", tookMs)
                    .isLessThan(100);
        }
    }

    @Test
    void shouldSuspectAndLoseASilentHostByFactsAndTakeItBack() throws Exception {
        try (Lab.Running registry =
                lab.registry(Map.of("host-suspected-after", "2s", "host-lost-after", "4s"))) {
            soon().until(registry::ready);
            long session = snapshot("h1", "c1");
            soon().until(() -> host("h1").status() == Status.LOST);
            assertThat(control("h1").suspected()).isTrue();
            assertThat(instance("h1", "c1").gone()).isFalse();
            assertThat(lab.events().stream().map(Event::fact))
                    .contains(new Fact.HostSuspected(session), new Fact.HostLost(session));

            soon().pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                lab.beat("h1", session);
                                return host("h1").status() == Status.UP;
                            });
            soon().until(() -> control("h1").resyncSession() == session);
        }
    }

    @Test
    void shouldHandOverToAnotherRegistryWhenOneLeaves() throws Exception {
        try (Lab.Running first = lab.registry(Map.of());
                Lab.Running second = lab.registry(Map.of())) {
            soon().until(
                            () ->
                                    folded(first) > 0
                                            && folded(second) > 0
                                            && folded(first) + folded(second) == 12);
            first.stop();
            soon().until(() -> folded(second) == 12);
            long session = snapshot("h1", "c1");
            soon().untilAsserted(() -> assertThat(checkpoint()).isEqualTo(session + 4));
        }
    }

    @Test
    void shouldRefuseAPartitionThatLostFacts() throws Exception {
        lab.appendState(partition("h1"), Keys.CHECKPOINT, new Checkpoint(topicId(), 77));
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(() -> registry.loop().status().refused().containsKey(partition("h1")));
            assertThat(registry.loop().status().refused().get(partition("h1")))
                    .contains("data loss", "77");
            soon().until(() -> registry.runtime.readiness().causes().toString().contains("77"));
        }
    }

    @Test
    void shouldExpireAHostThatTheGuardKeepsOnceTheLogSaysSo() throws Exception {
        try (Lab.Running registry =
                lab.registry(Map.of("host-suspected-after", "2s", "host-lost-after", "3s"))) {
            soon().until(registry::ready);
            long session = snapshot("h1", "c1");
            snapshot("h2", "c2");
            snapshot("h3", "c3");
            snapshot("h4", "c4");
            soon().until(() -> registry.loop().status().massLoss().isPresent());

            lab.append(decided("h1", new Fact.HostLost(session)));
            lab.append(decided("h1", new Fact.HostExpired(session)));

            soon().until(() -> host("h1").status() == Status.EXPIRED);
            assertThat(instance("h1", "c1").gone()).isTrue();
            assertThat(instance("h2", "c2").gone()).isFalse();
            assertThat(host("h2").status()).isIn(Status.UP, Status.SUSPECTED);
        }
    }

    @Test
    void shouldFoldATopicThatWasCreatedAgainOnceServiceStateIsNewToo() throws Exception {
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(registry::ready);
            snapshot("h1", "c1", "c2");
            soon().until(() -> lab.state().containsKey(Keys.instance("h1", "c2")));
            String before = topicId();

            recreate(Topic.CONTAINER_EVENTS);
            soon().untilAsserted(
                            () ->
                                    assertThat(registry.runtime.readiness().causes().toString())
                                            .contains(
                                                    before,
                                                    topicId(),
                                                    "signalbox topics --adopt container-events"));
            long session = snapshot("h1", "c1");
            assertThat(lab.state().get(Keys.host("h1"))).isEqualTo(host("h1"));

            recreate(Topic.SERVICE_STATE);

            soon().untilAsserted(() -> assertThat(host("h1").session()).isEqualTo(session));
            soon().untilAsserted(
                            () ->
                                    assertThat(lab.state())
                                            .containsKey(Keys.instance("h1", "c1"))
                                            .doesNotContainKey(Keys.instance("h1", "c2")));
            soon().until(registry::ready);
        }
    }

    private void recreate(Topic topic) throws Exception {
        String name = topic.topicName(Lab.PREFIX);
        lab.broker.deleteTopic(name);
        lab.broker.createTopic(name, topic.partitions(), topic.creationConfig(1));
    }

    @Test
    void shouldRefuseATopicWithAnotherId() throws Exception {
        lab.appendState(
                partition("h1"), Keys.CHECKPOINT, new Checkpoint("AAAAAAAAAAAAAAAAAAAAAA", 0));
        try (Lab.Running registry = lab.registry(Map.of())) {
            soon().until(() -> registry.loop().status().refused().containsKey(partition("h1")));
            assertThat(registry.loop().status().refused().get(partition("h1")))
                    .contains("AAAAAAAAAAAAAAAAAAAAAA", topicId(), "signalbox topics --adopt");
        }
    }

    private static int folded(Lab.Running registry) {
        return registry.loop().status().folding().size();
    }

    private long snapshot(String host, String... containers) throws Exception {
        long session = lab.append(opened(host));
        long seq = 1;
        lab.append(began(host, session, seq++));
        for (String container : containers) {
            lab.append(observed(host, session, seq++, container(container)));
        }
        lab.append(ended(host, session, seq, containers.length));
        return session;
    }

    private Instance instance(String host, String container) {
        return (Instance) requireNonNull(lab.state().get(Keys.instance(host, container)));
    }

    private Host host(String id) {
        return (Host) requireNonNull(lab.state().get(Keys.host(id)));
    }

    private WatcherControl control(String host) {
        return requireNonNull(lab.control().get(host));
    }

    private long checkpoint() {
        return lab.checkpoint(partition("h1"));
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).ignoreExceptions();
    }

    private int partition(String host) {
        return lab.topics.eventsPartition(host);
    }

    private String topicId() throws Exception {
        return lab.topicId(lab.topics.events());
    }
}
