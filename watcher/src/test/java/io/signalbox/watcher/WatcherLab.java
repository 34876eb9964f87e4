package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TestBroker;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** A real broker with a watcher's topics, and hands to read and write them. */
final class WatcherLab implements AutoCloseable {
    static final String PREFIX = "signalbox.";
    static final String HOST = "lab-host";

    final TestBroker broker;
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final MemorySchemas schemas = new MemorySchemas();
    private final LogCodecs codecs =
            new LogCodecs(SchemaRegistrySettings.of(schemas.url(), null), PREFIX);
    private final KafkaClients kafka;

    private WatcherLab(TestBroker broker) throws Exception {
        this.broker = broker;
        this.kafka =
                new KafkaClients(
                        "lab", CommonSettings.from(values(Map.of()), WatcherSettings.HTTP_LISTEN));
    }

    static WatcherLab start(Path directory) throws Exception {
        TestBroker broker = TestBroker.start(directory);
        for (Topic topic : List.of(Topic.CONTAINER_EVENTS, Topic.LIVENESS, Topic.WATCHER_CONTROL)) {
            broker.createTopic(
                    topic.topicName(PREFIX), topic.partitions(), topic.creationConfig(1));
        }
        return new WatcherLab(broker);
    }

    /** Starts a watcher as it is started alone. */
    ProcessRuntime watcher(Map<String, String> flags) {
        return ProcessRuntime.start(new Watcher(), values(flags), failures::add);
    }

    private SettingValues values(Map<String, String> flags) {
        Map<String, String> all =
                new HashMap<>(
                        Map.of(
                                "host-id",
                                HOST,
                                "watcher-http-listen",
                                "127.0.0.1:0",
                                "bootstrap-servers",
                                broker.bootstrapServers(),
                                "schema-registry-url",
                                schemas.url()));
        all.putAll(flags);
        return SettingValues.read(
                WatcherSettings.ALL, KnownSettings.of(List.of()), SettingSources.of(all, Map.of()));
    }

    static void awaitReady(ProcessRuntime watcher) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> watcher.readiness().ready());
    }

    /** All facts so far, in the order of the log. */
    List<Event> events() {
        return values(Topic.CONTAINER_EVENTS, codecs.events());
    }

    List<Liveness> beats() {
        return values(Topic.LIVENESS, codecs.liveness());
    }

    Event await(Predicate<Event> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> events().stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for a session after this one to have said everything, and answers it. */
    long awaitSessionAfter(long session) {
        return await(e -> e.session() > session && e.fact() instanceof Fact.SnapshotEnded)
                .session();
    }

    void say(WatcherControl control) throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer("hands")) {
            producer.send(
                            new ProducerRecord<>(
                                    Topic.WATCHER_CONTROL.topicName(PREFIX),
                                    0,
                                    control.host().getBytes(UTF_8),
                                    codecs.control().encode(control)))
                    .get();
        }
    }

    /** Everything in the topics as it lies there, keys and values. */
    List<byte[]> bytes() {
        List<byte[]> all = new ArrayList<>();
        for (Topic topic : List.of(Topic.CONTAINER_EVENTS, Topic.LIVENESS, Topic.WATCHER_CONTROL)) {
            for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
                all.add(record.key());
                all.add(record.value());
            }
        }
        return all;
    }

    private <T> List<T> values(Topic topic, Codec<T> codec) {
        List<T> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
            if (codec.decode(record.value()) instanceof Decoded.Value<T>(T value)) {
                values.add(value);
            }
        }
        return values;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            partitions.add(new TopicPartition(topic.topicName(PREFIX), partition));
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.fromBeginning(kafka.reader("eyes"), partitions)) {
            reader.readToEnd(Duration.ofSeconds(20), records::add);
        }
        return records;
    }

    @Override
    public void close() {
        codecs.close();
        schemas.close();
        broker.close();
    }
}
