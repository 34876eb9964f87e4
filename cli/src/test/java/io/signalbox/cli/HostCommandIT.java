package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostCommandIT {

    private static final int PARTITION = Partitions.of("h1", Topic.CONTAINER_EVENTS.partitions());

    @TempDir Path directory;

    private final StringWriter err = new StringWriter();
    private Map<String, String> flags = Map.of();

    @Test
    void shouldWriteFactsAboutASilentHostsSessionOnceItIsConfirmed() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                SchemaRegistryChild schemas =
                        SchemaRegistryChild.start(
                                data.path("schema-registry"), data.port("schema-registry", 0));
                EmbeddedKafka kafka =
                        EmbeddedKafka.start(
                                data.path("kafka"),
                                data.port("kafka", 0),
                                data.port("kafka-controller", 0))) {
            flags = flags(kafka, schemas);
            schemas.awaitReady(Duration.ofSeconds(60));
            TopicSetup.createTopics(settings(), _ -> {});
            TopicSetup.registerSchemas(settings(), _ -> {});

            assertThat(run("h1", "--yes")).isEqualTo(1);
            assertThat(err.toString()).contains("no watcher ever spoke for a host h1");
            state(Status.UP, 7);
            assertThat(run("h1", "--yes")).isEqualTo(1);
            assertThat(err.toString()).contains("host h1 is up");
            state(Status.SUSPECTED, 8);
            assertThat(run("h1")).isEqualTo(1);
            assertThat(err.toString()).contains("signalbox host expire h1 --yes");
            assertThat(facts()).isEmpty();

            assertThat(run("h1", "--yes")).isZero();

            assertThat(facts())
                    .extracting(Event::fact)
                    .containsExactly(new Fact.HostLost(3), new Fact.HostExpired(3));
            assertThat(facts())
                    .allSatisfy(
                            event -> {
                                assertThat(event.subject()).isEqualTo("h1");
                                assertThat(event.source()).isEqualTo("operator");
                            });
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("host", "expire"));
        all.addAll(List.of(arguments));
        flags.forEach((name, value) -> all.addAll(List.of("--" + name, value)));
        return Signalbox.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void state(Status status, long offset) throws Exception {
        Host host =
                new Host(
                        "h1",
                        3,
                        4,
                        new HostIdentity("engine", "boot", "192.0.2.1", "20.10"),
                        status,
                        null,
                        Event.NO_SESSION,
                        Event.NO_SESSION,
                        PARTITION,
                        offset,
                        Instant.EPOCH);
        OperatorSettings settings = settings();
        try (LogCodecs codecs = settings.codecs();
                Producer<byte[], byte[]> producer = settings.kafka().producer("test")) {
            producer.send(
                            new ProducerRecord<>(
                                    Topic.SERVICE_STATE.topicName("signalbox."),
                                    PARTITION,
                                    Keys.of(host).getBytes(StandardCharsets.UTF_8),
                                    codecs.serviceState().encode(host)))
                    .get();
        }
    }

    private List<Event> facts() {
        List<Event> events = new ArrayList<>();
        OperatorSettings settings = settings();
        try (LogCodecs codecs = settings.codecs();
                TopicReader reader =
                        TopicReader.fromBeginning(
                                settings.kafka().reader("test"),
                                List.of(
                                        new TopicPartition(
                                                Topic.CONTAINER_EVENTS.topicName("signalbox."),
                                                PARTITION)))) {
            reader.readToEnd(
                    Duration.ofSeconds(10),
                    record -> {
                        if (codecs.events().decode(record.value())
                                instanceof Decoded.Value<Event>(Event event)) {
                            events.add(event);
                        }
                    });
        }
        return events;
    }

    private static Map<String, String> flags(EmbeddedKafka kafka, SchemaRegistryChild schemas) {
        return Map.of(
                CommonSettings.BOOTSTRAP_SERVERS.name(),
                kafka.bootstrapServers(),
                CommonSettings.SCHEMA_REGISTRY_URL.name(),
                schemas.url(),
                CommonSettings.REPLICATION_FACTOR.name(),
                "1",
                CommonSettings.MIN_INSYNC_REPLICAS.name(),
                "1");
    }

    private OperatorSettings settings() {
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL,
                        KnownSettings.load(OperatorSettings.ALL),
                        SettingSources.of(flags, Map.of())));
    }
}
