package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.FreePort;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistration;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real registry keeps our schemas, refuses what breaks readers, and may be away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SchemaRegistryIT {

    private static final String PREFIX = "signalbox.";
    private static final String SUBJECT = "signalbox.liveness-value";

    @TempDir Path directory;

    @Test
    void shouldRegisterRefuseAcceptAndRemember() throws Exception {
        int port = FreePort.onLoopback();
        Liveness beat = new Liveness.HostBeat("alpha", 42);
        SchemaRegistrySettings settings;
        byte[] bytes;
        try (SchemaRegistryChild child = started(port)) {
            settings = SchemaRegistrySettings.of(child.url(), directory.resolve("cache"));
            registerTwice(settings);

            refusesWhatBreaksReaders(child.url());
            try (LogCodecs codecs = new LogCodecs(settings, PREFIX)) {
                codecs.warmUp();
                bytes = codecs.liveness().encode(beat);
                assertThat(ByteBuffer.wrap(bytes).get()).isZero();
                assertThat(codecs.liveness().decode(bytes)).isEqualTo(new Decoded.Value<>(beat));
            }
        }

        try (LogCodecs codecs = new LogCodecs(settings, PREFIX)) {
            codecs.warmUp();
            assertThat(codecs.liveness().encode(beat)).isEqualTo(bytes);
            assertThat(codecs.liveness().decode(bytes)).isEqualTo(new Decoded.Value<>(beat));
        }

        try (SchemaRegistryChild child = started(port);
                SchemaRegistration registration = new SchemaRegistration(settings, PREFIX)) {
            assertThat(child.url()).isEqualTo(settings.url());
            assertThat(registration.missing()).as("after a restart").isEmpty();
        }
    }

    @Test
    void shouldStartAgainOnTheSamePortWithItsSchemasWhenItDies() throws Exception {
        int port = FreePort.onLoopback();
        SchemaRegistrySettings settings;
        long second;
        try (SupervisedSchemaRegistry registry =
                SupervisedSchemaRegistry.start(
                        directory.resolve("registry"), port, Duration.ofSeconds(60))) {
            registry.supervise();
            settings = SchemaRegistrySettings.of(registry.url(), null);
            try (SchemaRegistration registration = new SchemaRegistration(settings, PREFIX)) {
                registration.register(_ -> {});
            }
            long first = pid();

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(missing(settings)).isEmpty());
            second = pid();
            assertThat(second).isNotEqualTo(first);
            assertThat(registry.url()).isEqualTo(settings.url());
        }
        assertThat(ProcessHandle.of(second)).as("ended with its supervisor").isEmpty();
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("registry/pid")).strip());
    }

    private static List<String> missing(SchemaRegistrySettings settings) {
        try (SchemaRegistration registration = new SchemaRegistration(settings, PREFIX)) {
            return registration.missing();
        }
    }

    private static void refusesWhatBreaksReaders(String url) throws Exception {
        String current = newestLiveness(url);
        assertThat(register(url, withField(current, "\"type\":\"int\"")))
                .as("a field without a default breaks readers of old records")
                .isEqualTo(409);
        assertThat(
                        register(
                                url,
                                current.replace(
                                        "\"name\":\"session\",\"type\":\"long\"",
                                        "\"name\":\"session\",\"type\":\"string\"")))
                .as("another type breaks everybody")
                .isIn(409, 422);
        assertThat(
                        register(
                                url,
                                withField(
                                        current,
                                        "\"type\":[\"null\",{\"type\":\"record\",\"name\":\"New\","
                                                + "\"fields\":[]}],\"default\":null")))
                .as("a new case")
                .isEqualTo(200);
    }

    private SchemaRegistryChild started(int port) {
        SchemaRegistryChild child = SchemaRegistryChild.start(directory.resolve("registry"), port);
        child.awaitReady(Duration.ofSeconds(60));
        return child;
    }

    private static void registerTwice(SchemaRegistrySettings settings) {
        try (SchemaRegistration registration = new SchemaRegistration(settings, PREFIX)) {
            assertThat(registration.missing()).hasSize(Topic.values().length);
            List<String> first = new ArrayList<>();
            registration.register(first::add);
            assertThat(first).hasSize(Topic.values().length);
            assertThat(registration.missing()).isEmpty();
            List<String> second = new ArrayList<>();
            registration.register(second::add);
            assertThat(second).isEqualTo(first);
        }
    }

    /** The schema with one more field at its end. */
    private static String withField(String schema, String field) {
        int end = schema.lastIndexOf("]");
        return schema.substring(0, end)
                + ",{\"name\":\"added\","
                + field
                + "}"
                + schema.substring(end);
    }

    private static String newestLiveness(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        url + "/subjects/" + SUBJECT + "/versions/latest/schema"))
                        .build();
        return send(request).body();
    }

    private static int register(String url, String schema) throws Exception {
        String quoted = '"' + schema.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/subjects/" + SUBJECT + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":" + quoted + "}"))
                        .build();
        return send(request).statusCode();
    }

    private static HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
