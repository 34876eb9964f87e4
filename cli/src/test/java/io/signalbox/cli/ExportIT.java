package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.cli.export.Export;
import io.signalbox.cli.export.TemplateResource;
import io.signalbox.cli.replay.MemorySchemas;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.FreePort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.ApplyResult.Reach;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.ManifestHash;
import io.signalbox.schemas.PartHash;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExportIT {
    private static final String TOPIC = Topic.PROXY_CONFIGS.topicName("signalbox.", "default");
    private static final int CHANGES = 1000;

    @TempDir private Path directory;

    private Path destination = Path.of("");
    private Path reloads = Path.of("");
    private Path template = Path.of("");

    @Test
    void shouldKeepAFileInStepWithTheLogAndNeverWriteWhatIsNotComplete() throws Exception {
        template = directory.resolve("pool.tmpl");
        destination = directory.resolve("pool.cfg");
        reloads = directory.resolve("reloads");
        Files.writeString(
                template,
                """
                {%- for s in servers('stupid_server') -%}
                server {{ s.id }} {{ s.address }}:{{ s.port }}
                {% endfor -%}
                """);
        Files.writeString(destination, "as it was\n");
        try (EmbeddedKafka kafka =
                        EmbeddedKafka.start(
                                directory.resolve("kafka"),
                                FreePort.onLoopback(),
                                FreePort.onLoopback());
                MemorySchemas schemas = new MemorySchemas();
                LogCodecs codecs = schemas.codecs();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            OperatorSettings settings = settings(kafka);
            try (Producer<byte[], byte[]> producer = settings.kafka().producer("test")) {
                Log log = new Log(producer, codecs.configs("default"));
                log.append(new ConfigRecord.Claim("test"));
                log.append(part(1, server("server-1", 10)));
                shouldLeaveTheFileBeforeAManifest(settings, codecs);
                log.append(manifest(1, server("server-1", 10)));
                shouldFollowManyChangesByFewReloads(settings, codecs, log);
            }
        }
    }

    private void shouldLeaveTheFileBeforeAManifest(OperatorSettings settings, LogCodecs codecs)
            throws Exception {
        StringWriter err = new StringWriter();
        int code = export(settings, codecs, Duration.ofMillis(1500)).once(new PrintWriter(err));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("no complete configuration of the group default");
        assertThat(destination).hasContent("as it was");
    }

    private void shouldFollowManyChangesByFewReloads(
            OperatorSettings settings, LogCodecs codecs, Log log) throws Exception {
        Export export = export(settings, codecs, Duration.ZERO);
        CompletableFuture<Integer> end =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return export.follow();
                            } catch (InterruptedException e) {
                                throw new CompletionException(e);
                            }
                        });
        await().untilAsserted(
                        () -> assertThat(destination).hasContent("server server-1 10.0.0.10:9000"));
        for (int i = 1; i <= CHANGES; i++) {
            log.append(part(1 + i, server("server-1", i % 250 + 1)));
            log.append(manifest(1 + i, server("server-1", i % 250 + 1)));
        }
        log.append(part(CHANGES + 2, server("server-2", 77)));
        log.append(manifest(CHANGES + 2, server("server-2", 77)));
        // Stands for nothing: no manifest follows.
        log.append(part(CHANGES + 3, server("server-3", 78)));

        await().untilAsserted(
                        () -> assertThat(destination).hasContent("server server-2 10.0.0.77:9000"));
        assertThat(Files.readAllLines(reloads)).hasSizeBetween(2, 30);
        export.stop();
        assertThat(end.get()).isZero();
        assertThat(destination).hasContent("server server-2 10.0.0.77:9000");
    }

    private Export export(OperatorSettings settings, LogCodecs codecs, Duration patience) {
        return new Export(
                settings.kafka(),
                codecs,
                "signalbox.",
                "default",
                new Reach("here", List.of()),
                List.of(
                        new TemplateResource(
                                template,
                                destination,
                                OptionalInt.empty(),
                                null,
                                null,
                                "grep -q server {{.src}}",
                                "echo reloaded >> " + reloads,
                                "/",
                                List.of("/"))),
                new Export.Rules(
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Optional.empty(),
                        patience,
                        false));
    }

    private OperatorSettings settings(EmbeddedKafka kafka) {
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL,
                        KnownSettings.load(OperatorSettings.ALL),
                        SettingSources.of(
                                Map.of(
                                        CommonSettings.BOOTSTRAP_SERVERS.name(),
                                        kafka.bootstrapServers()),
                                Map.of())));
    }

    private record Log(Producer<byte[], byte[]> producer, Codec<ConfigRecord> codec) {
        void append(ConfigRecord record) throws Exception {
            producer.send(
                            new ProducerRecord<>(
                                    TOPIC,
                                    Keys.of(record).getBytes(StandardCharsets.UTF_8),
                                    codec.encode(record)))
                    .get();
        }
    }

    private static Part part(long generation, Server server) {
        return new Part("service/stupid_server", 0, generation, service(server));
    }

    private static Service service(Server server) {
        return new Service(
                "stupid_server",
                List.of(),
                new ServerOptions(2000, 3, 1),
                List.of(server),
                List.of(),
                List.of(),
                Policy.NONE);
    }

    private static Manifest manifest(long generation, Server server) {
        ManifestHash hash = new ManifestHash();
        hash.put("service/stupid_server", PartHash.of(service(server)));
        return new Manifest(
                "default",
                0,
                generation,
                hash.value(),
                "test",
                "topic",
                IntStream.range(0, 12).mapToObj(_ -> 0L).toList(),
                0,
                List.of());
    }

    private static Server server(String id, int last) {
        return new Server(
                "stupid_server." + id,
                "",
                id,
                null,
                1,
                false,
                List.of(new Candidate(Candidate.Kind.PUBLISHED, "", "", "10.0.0." + last, 9000)),
                new Cause(0, last, id, null, Instant.EPOCH, Instant.EPOCH, null));
    }
}
