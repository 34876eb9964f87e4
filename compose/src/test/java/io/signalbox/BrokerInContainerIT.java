package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.bench.SeparateProcesses;
import io.signalbox.cli.load.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * The chain as processes of their own, from real containers to HAProxy, with broker and schema
 * registry in containers.
 */
@Timeout(180)
class BrokerInContainerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int REQUESTS_PER_SECOND = 60;

    private static Path directory;
    private static KafkaContainer kafka;
    private static GenericContainer<?> schemas;
    private static SeparateProcesses processes;
    private static Judge judge;

    @BeforeAll
    static void start() throws Exception {
        directory = Files.createTempDirectory("sbk");
        kafka = kafka(Images.named("kafka", "base"));
        schemas =
                new GenericContainer<>(
                                DockerImageName.parse(
                                        Images.named("schema-registry", "base", "runtime")))
                        .withExposedPorts(8080)
                        .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").forPort(8080));
        Startables.deepStart(kafka, schemas).join();

        Path config = Files.createDirectory(directory.resolve("log")).resolve("endpoints");
        Files.writeString(
                config,
                """
                SIGNALBOX_BOOTSTRAP_SERVERS=%s
                SIGNALBOX_SCHEMA_REGISTRY_URL=http://%s:%d/apis/ccompat/v7
                SIGNALBOX_REPLICATION_FACTOR=1
                SIGNALBOX_MIN_INSYNC_REPLICAS=1
                """
                        .formatted(
                                kafka.getBootstrapServers(),
                                schemas.getHost(),
                                schemas.getMappedPort(8080)));
        Path launcher = Shell.REPOSITORY.resolve("signalbox");
        Shell.outputOf(launcher.toString(), "topics", "--config", config.toString());
        processes = new SeparateProcesses(launcher, directory);
        for (String process : SeparateProcesses.PROCESSES) {
            processes.start(process);
        }
        for (String process : SeparateProcesses.PROCESSES) {
            processes.awaitReady(process);
        }
        judge = new Judge(processes.proxy(), "broker-in-container");
    }

    private static KafkaContainer kafka(String image) {
        return new KafkaContainer(
                        DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "3000")
                .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "3000")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "500")
                .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "500");
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (judge != null) {
                judge.removeContainers();
            }
            if (processes != null) {
                processes.close();
            }
        } finally {
            schemas.close();
            kafka.close();
            Shell.outputOf("rm", "-rf", directory.toString());
        }
    }

    @Test
    void shouldServeContainersThroughAPauseOfTheBroker() throws Exception {
        judge.startContainer("first.kafka.test");
        awaitServedAsWanted();

        try (Load load =
                Load.start(
                        processes.proxy(),
                        List.of("first.kafka.test"),
                        REQUESTS_PER_SECOND,
                        3,
                        3)) {
            kafka.getDockerClient().pauseContainerCmd(kafka.getContainerId()).exec();
            judge.startContainer("paused.kafka.test");
            judge.startContainer("first.kafka.test");
            awaitAnswered(load, 6 * REQUESTS_PER_SECOND);
            kafka.getDockerClient().unpauseContainerCmd(kafka.getContainerId()).exec();
            awaitServedAsWanted();

            assertThat(load.tally().failures()).isEmpty();
        }
        assertThat(processes.started()).containsAll(SeparateProcesses.PROCESSES);
        for (String process : SeparateProcesses.PROCESSES) {
            await().atMost(PATIENCE).until(() -> processes.ready(process));
        }
    }

    private static void awaitServedAsWanted() throws Exception {
        var wanted = judge.wanted();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(judge.served()).isEqualTo(wanted));
    }

    /** Waits until so many requests more were answered. */
    private static void awaitAnswered(Load load, int more) {
        long enough = load.tally().answered() + more;
        await().atMost(PATIENCE).until(() -> load.tally().answered() >= enough);
    }
}
