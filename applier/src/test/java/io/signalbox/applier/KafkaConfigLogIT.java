package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TestBroker;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the group's topic from a real broker. */
@Timeout(120)
class KafkaConfigLogIT {
    private static final String TOPIC = Topic.PROXY_CONFIGS.topicName("signalbox.", "default");
    private static final Setting<HostPort> HTTP = CommonSettings.httpListen("applier", 0);

    private final Queue<Input> inputs = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 8})
    void shouldReadATopicThatIsCreatedAgainFromItsBeginningAsTheOneThatItIs(
            int records, @TempDir Path directory) throws Exception {
        try (TestBroker broker = TestBroker.start(directory);
                ProcessRuntime runtime = reading(broker)) {
            create(broker);
            write(runtime, 3);
            await().until(() -> entries() == 3);
            String first = begun().getFirst();

            broker.deleteTopic(TOPIC);
            create(broker);
            write(runtime, records);

            await().atMost(Duration.ofSeconds(30)).until(() -> !begun().getLast().equals(first));
            await().until(() -> readToEnd() && entries() == records);
            await().until(() -> !runtime.readiness().causes().containsKey("topics"));
            assertThat(failures).isEmpty();
        }
    }

    private static void create(TestBroker broker) throws Exception {
        broker.createTopic(TOPIC, 1, Topic.PROXY_CONFIGS.creationConfig(1));
    }

    private static void write(ProcessRuntime runtime, int records) throws Exception {
        try (Producer<byte[], byte[]> producer = runtime.kafka().producer("hands")) {
            for (int i = 0; i < records; i++) {
                byte[] key = ("part/" + i).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(TOPIC, 0, key, null)).get();
            }
        }
    }

    private List<String> begun() {
        return inputs.stream()
                .filter(Input.Begun.class::isInstance)
                .map(input -> ((Input.Begun) input).topicId())
                .toList();
    }

    /** What came since it began for the last time. */
    private List<Input> newest() {
        List<Input> newest = new ArrayList<>();
        for (Input input : inputs) {
            if (input instanceof Input.Begun) {
                newest.clear();
            }
            newest.add(input);
        }
        return newest;
    }

    private boolean readToEnd() {
        return newest().stream().anyMatch(Input.ReachedEnd.class::isInstance);
    }

    private long entries() {
        return newest().stream()
                .filter(Input.Batch.class::isInstance)
                .mapToLong(input -> ((Input.Batch) input).entries().size())
                .sum();
    }

    private ProcessRuntime reading(TestBroker broker) {
        List<Setting<?>> settings = CommonSettings.with(HTTP, List.of());
        Map<String, String> flags =
                Map.of(
                        "bootstrap-servers",
                        broker.bootstrapServers(),
                        "applier-http-listen",
                        "127.0.0.1:0");
        return ProcessRuntime.start(
                new Reading(settings),
                SettingValues.read(
                        settings, KnownSettings.of(List.of()), SettingSources.of(flags, Map.of())),
                failures::add);
    }

    private void start(ProcessRuntime runtime) {
        CompletableFuture<KafkaConfigLog> log = new CompletableFuture<>();
        BrokerWatch brokers =
                BrokerWatch.start(
                        runtime,
                        List.of(ExpectedTopic.ofGroup("signalbox.", "default")),
                        change -> log.join().topicRecreated(change));
        KafkaConfigLog reading =
                new KafkaConfigLog(
                        TOPIC,
                        new BrokerSource(
                                runtime.kafka(),
                                brokers,
                                SchemaWatch.start(runtime),
                                new Tombstones(),
                                TOPIC),
                        inputs::add,
                        runtime.metrics().counter("unreadable", "None."));
        log.complete(reading);
        runtime.run("configs", reading::run, reading::wakeup);
    }

    /** A process that does nothing else. */
    private final class Reading implements ProcessDefinition {
        private final List<Setting<?>> settings;

        private Reading(List<Setting<?>> settings) {
            this.settings = settings;
        }

        @Override
        public String name() {
            return "applier";
        }

        @Override
        public Setting<HostPort> httpListen() {
            return HTTP;
        }

        @Override
        public List<Setting<?>> settings() {
            return settings;
        }

        @Override
        public void start(SettingValues values, ProcessRuntime runtime) {
            KafkaConfigLogIT.this.start(runtime);
        }
    }

    /** Every record says that a part is gone. */
    private static final class Tombstones implements Codec<ConfigRecord> {
        @Override
        public byte[] encode(ConfigRecord value) {
            throw new IllegalStateException("nothing is written");
        }

        @Override
        public Decoded<ConfigRecord> decode(byte @Nullable [] bytes) {
            return new Decoded.Tombstone<>();
        }
    }
}
