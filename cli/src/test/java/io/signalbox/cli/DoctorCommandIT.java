package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.FreePort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real schema registry, well and broken. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DoctorCommandIT {
    private static final String FRESH = "fresh.";

    /** What can be looked at with nothing but broker, schema registry and engine. */
    private static final String LOG =
            "broker,features,topics,schemas,clock,members,definitions,engine,proxy,path";

    @TempDir Path directory;

    private Map<String, String> flags = Map.of();

    @Test
    void shouldFindNothingWrongWithALogThatIsSetUpAndNameWhatIsBroken() throws Exception {
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

            findsNothingWrong();
            findsADeadApi();
            findsNoHaproxy();
            findsAWrongPort(schemas.url());
            findsAMissingSchema(schemas.url());
            findsAWrongSetting();
        }
    }

    private void findsNothingWrong() {
        Answer answer = run("--only", LOG, "--strict");

        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertThat(answer.text())
                .contains("ok       topic signalbox.liveness: 3 partitions, 1 copies")
                .contains("ok       topic signalbox.proxy-configs.default: ")
                .contains("ok       features: metadata version 4")
                .contains("ok       schema signalbox.container-events-value: version ")
                .contains("skipped  the broker's clock: because nobody writes beats")
                .contains("skipped  consumer group signalbox.registry: because topic")
                .containsPattern("ok +engine \\S+: .*, API 1")
                .contains("skipped  path to containers: because no applier runs here");
    }

    private void findsADeadApi() throws Exception {
        String url = "http://127.0.0.1:" + FreePort.onLoopback();

        Answer answer = run("--only", "api,hosts", "--api-url", url, "--json");

        JsonNode json = answer.json();
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(json.at("/findings/0/state").asText()).isEqualTo("fail");
        assertThat(json.at("/findings/0/subject").asText()).contains(url);
        assertThat(json.at("/findings/1/state").asText()).isEqualTo("skipped");
        assertThat(json.at("/findings/1/check").asText()).isEqualTo("hosts");
    }

    private void findsNoHaproxy() throws Exception {
        String none = directory.resolve("haproxy").toString();

        Answer answer =
                run(
                        "--only",
                        "proxy",
                        "--applier-dir",
                        directory.toString(),
                        "--haproxy",
                        none,
                        "--applier-http-listen",
                        "127.0.0.1:" + FreePort.onLoopback());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains("fail     HAProxy's binary " + none + ": no HAProxy binary at")
                .containsPattern("warn +applier at 127.0.0.1:\\d+: nobody listens there")
                .contains("skipped  HAProxy's sockets: because no applier")
                .contains("disk of " + directory);
    }

    private void findsAWrongPort(String schemaRegistry) {
        String wrong = "127.0.0.1:" + URI.create(schemaRegistry).getPort();

        Answer answer =
                run("--only", "topics", "--bootstrap-servers", wrong + ",nowhere.invalid:9092");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains("fail     bootstrap server " + wrong + ": speaks HTTP, not Kafka's")
                .contains("nowhere.invalid:9092: the name cannot be resolved")
                .contains("skipped  topics: because broker failed");
    }

    private void findsAMissingSchema(String schemaRegistry) throws Exception {
        String subject = FRESH + Topic.LIVENESS.shortName() + "-value";
        send(
                schemaRegistry + "/subjects/" + subject + "/versions",
                "POST",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Other\\\",\\\"fields\\\":[]}\"}");
        send(
                schemaRegistry + "/config/" + subject,
                "PUT",
                "{\"compatibility\":\"FULL_TRANSITIVE\"}");

        Answer answer = run("--only", "schemas", "--topic-prefix", FRESH);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains(
                        "fail     schema " + subject + ": version 1 of this build would be refused")
                .containsPattern(
                        "fail +schema fresh.watcher-control-value: version \\d+ of this build is not"
                                + " registered; do: signalbox topics");
    }

    private void findsAWrongSetting() throws Exception {
        String topic = Topic.LIVENESS.topicName("signalbox.");
        try (Admin admin = settings().kafka().admin("test")) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry("retention.ms", "1000"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }

        Answer answer = run("--only", "topics");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text())
                .contains(
                        "fail     topic "
                                + topic
                                + ": must have retention.ms 3600000, it has 1000; do:"
                                + " kafka-configs.sh")
                .contains("--add-config retention.ms=3600000")
                .contains("1 wrong");
    }

    private record Answer(int exitCode, String text) {
        JsonNode json() throws JsonProcessingException {
            return new ObjectMapper().readTree(text);
        }
    }

    private Answer run(String... own) {
        Map<String, String> all = new HashMap<>(flags);
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        for (String argument : own) {
            all.remove(argument.replaceFirst("^--", ""));
            arguments.add(argument);
        }
        all.forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
        StringWriter out = new StringWriter();
        int exitCode =
                Signalbox.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(arguments.toArray(String[]::new));
        return new Answer(exitCode, out.toString());
    }

    private static void send(String url, String method, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private OperatorSettings settings() {
        Map<String, String> ofOperators = new HashMap<>(flags);
        ofOperators.remove("applier-dir");
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL,
                        KnownSettings.load(OperatorSettings.ALL),
                        SettingSources.of(ofOperators, Map.of())));
    }

    private Map<String, String> flags(EmbeddedKafka kafka, SchemaRegistryChild schemas) {
        return Map.of(
                CommonSettings.BOOTSTRAP_SERVERS.name(),
                kafka.bootstrapServers(),
                CommonSettings.SCHEMA_REGISTRY_URL.name(),
                schemas.url(),
                CommonSettings.REPLICATION_FACTOR.name(),
                "1",
                CommonSettings.MIN_INSYNC_REPLICAS.name(),
                "1",
                "applier-dir",
                directory.resolve("no-applier").toString());
    }
}
