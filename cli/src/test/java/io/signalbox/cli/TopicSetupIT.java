package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TopicSetupIT {

    @TempDir Path directory;

    @Test
    void shouldMakeTopicsAndSchemasOnceAndChangeNothingWhenRepeated() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                SchemaRegistryChild schemas =
                        SchemaRegistryChild.start(
                                data.path("schema-registry"), data.port("schema-registry", 0));
                EmbeddedKafka kafka =
                        EmbeddedKafka.start(
                                data.path("kafka"),
                                data.port("kafka", 0),
                                data.port("kafka-controller", 0))) {
            OperatorSettings settings = settings(kafka, schemas.url(), 1);
            schemas.awaitReady(Duration.ofSeconds(60));
            List<String> first = new ArrayList<>();
            List<String> again = new ArrayList<>();

            TopicSetup.createTopics(settings, first::add);
            TopicSetup.registerSchemas(settings, _ -> {});
            TopicSetup.createTopics(settings, again::add);
            TopicSetup.registerSchemas(settings, _ -> {});

            assertThat(first).allMatch(line -> line.startsWith("created signalbox."));
            assertThat(first)
                    .contains(
                            "created signalbox.container-events",
                            "created signalbox.proxy-configs.default");
            assertThat(again)
                    .hasSameSizeAs(first)
                    .allMatch(line -> line.startsWith("exists  signalbox."));
        }
    }

    @Test
    void shouldNameTheSettingOfCopiesWhereThereAreFewerBrokers() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedKafka kafka =
                        EmbeddedKafka.start(
                                data.path("kafka"),
                                data.port("kafka", 0),
                                data.port("kafka-controller", 0))) {
            OperatorSettings settings = settings(kafka, "http://127.0.0.1:1", 3);
            List<String> progress = new ArrayList<>();

            assertThatThrownBy(() -> TopicSetup.createTopics(settings, progress::add))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessage(
                            "signalbox.container-events cannot have 3 copies: there are fewer"
                                    + " brokers (--replication-factor, --min-insync-replicas)");
            assertThat(progress).isEmpty();
        }
    }

    private static OperatorSettings settings(
            EmbeddedKafka kafka, String schemaRegistry, int copies) {
        SettingSources sources =
                SettingSources.of(
                        Map.of(
                                CommonSettings.BOOTSTRAP_SERVERS.name(),
                                kafka.bootstrapServers(),
                                CommonSettings.SCHEMA_REGISTRY_URL.name(),
                                schemaRegistry,
                                CommonSettings.REPLICATION_FACTOR.name(),
                                Integer.toString(copies),
                                CommonSettings.MIN_INSYNC_REPLICAS.name(),
                                "1"),
                        Map.of());
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL, KnownSettings.load(OperatorSettings.ALL), sources));
    }
}
