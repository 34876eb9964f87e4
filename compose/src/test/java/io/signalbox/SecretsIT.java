package io.signalbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets of containers are planted everywhere and looked for in all that Signalbox writes. */
@Timeout(120)
@ExtendWith(Chain.Shared.class)
class SecretsIT {
    private static final String CANARY = "cAnArY";
    private static final String KEY = CANARY + "-private-key";

    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void start(Chain shared) {
        engine = new Engine("sem-secrets-");
        chain = shared;
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldLetSecretsLeaveTheHostOnlyAsDigestsAndHashes() throws Exception {
        Map<String, String> labels = new HashMap<>();
        labels.put("signalbox.host", "secrets.test");
        labels.put("com.example.secret", CANARY);
        labels.put("com.df.serviceCert", KEY);
        labels.put("com.df.serviceCert.1", KEY);
        labels.put("com.df.users", "ann:" + CANARY);
        labels.put("traefik.http.middlewares.a.basicauth.users", "bob:" + CANARY);
        labels.put("traefik.http.middlewares.a.headers.customrequestheaders.X-Auth", CANARY);
        String id =
                engine.run(
                        "planted",
                        labels,
                        made ->
                                made.withEnv(
                                                "SSL_CERT=" + KEY,
                                                "DEFAULT_SSL_CERT=" + KEY,
                                                "HTTP_BASIC_AUTH=joe:" + CANARY,
                                                "HTTP_BASIC_AUTH_ADMIN=joe:" + CANARY,
                                                "DATABASE_PASSWORD=" + CANARY,
                                                CANARY + "=1")
                                        .withCmd(CANARY)
                                        .withHostConfig(
                                                HostConfig.newHostConfig()
                                                        .withBinds(
                                                                com.github.dockerjava.api.model.Bind
                                                                        .parse(
                                                                                "/tmp:/"
                                                                                        + CANARY))));
        chain.awaitServed("secrets.test", "/", id);
        Shell.outcomeOf("docker", "exec", id, "/sample", "health", CANARY);
        engine.docker().stopContainerCmd(id).withTimeout(1).exec();
        chain.awaitStatus("secrets.test", "/", 503);

        List<String> records = records();
        String digest =
                HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256").digest(KEY.getBytes(UTF_8)));
        assertThat(records).anyMatch(record -> record.contains("sha256:" + digest));
        assertThat(records).anyMatch(record -> record.contains("joe:$6$"));
        assertThat(records).noneMatch(record -> record.contains(CANARY));
        assertThat(chain.log()).noneMatch(line -> line.contains(CANARY));
        for (String process : List.of("watcher", "registry", "renderer", "applier")) {
            assertThat(chain.fetch(process, "/metrics")).contains("# HELP").doesNotContain(CANARY);
        }
        for (String path : List.of("/v1/status", "/v1/services", "/v1/hosts", "/v1/groups")) {
            assertThat(chain.fetch("registry", path)).doesNotContain(CANARY);
        }
        assertThat(chain.why(engine.name("planted"))).doesNotContain(CANARY);
        assertThat(filesWith(CANARY)).isEmpty();
    }

    /** Every record of every topic: key, value and headers as they are. */
    private static List<String> records() {
        Map<String, Object> settings = Map.of("bootstrap.servers", chain.bootstrapServers());
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            assertThat(all).extracting(TopicPartition::topic).contains("signalbox.liveness");
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
            while (!ends.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(raw(record)));
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            }
        }
        return records;
    }

    private static String raw(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        if (record.key() != null) {
            text.append(new String(record.key(), ISO_8859_1));
        }
        if (record.value() != null) {
            text.append(new String(record.value(), ISO_8859_1));
        }
        record.headers().forEach(header -> text.append(new String(header.value(), ISO_8859_1)));
        return text.toString();
    }

    private static List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.walk(chain.data())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() < 64 << 20)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false; // It was removed meanwhile.
        }
    }
}
