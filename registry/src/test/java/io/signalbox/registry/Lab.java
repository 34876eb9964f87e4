package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TestBroker;
import io.signalbox.process.TopicReader;
import io.signalbox.registry.core.Fold;
import io.signalbox.registry.core.PartitionState;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A broker with all topics, registries on it, and hands to write and read their topics. */
final class Lab implements AutoCloseable {
    static final String PREFIX = "signalbox.";
    private static final String CONFIGURATION = Topic.PROXY_CONFIGS.topicName(PREFIX, "default");

    final TestBroker broker;
    final Codecs codecs = MemoryCodec.all();
    final Topics topics = new Topics(PREFIX);
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final io.signalbox.process.KafkaClients kafka;
    private final Producer<byte[], byte[]> producer;

    private Lab(TestBroker broker) {
        this.broker = broker;
        SettingValues values = values(Map.of());
        this.kafka =
                new io.signalbox.process.KafkaClients(
                        "lab",
                        io.signalbox.process.CommonSettings.from(
                                values, RegistrySettings.HTTP_LISTEN));
        this.producer = kafka.producer("hands");
    }

    static Lab start(Path directory) throws Exception {
        TestBroker broker = TestBroker.start(directory);
        for (Topic topic : Topic.values()) {
            String name =
                    topic == Topic.PROXY_CONFIGS
                            ? topic.topicName(PREFIX, "default")
                            : topic.topicName(PREFIX);
            broker.createTopic(name, topic.partitions(), topic.creationConfig(1));
        }
        return new Lab(broker);
    }

    Running registry(Map<String, String> flags) {
        return new Running(flags);
    }

    long append(Event event) throws Exception {
        return write(
                topics.events(),
                topics.eventsPartition(event.subject()),
                event.subject(),
                codecs.events().encode(event));
    }

    /** Appends to the configuration of the built-in group. */
    void configure(ConfigRecord record) throws Exception {
        write(CONFIGURATION, 0, Keys.of(record), codecs.configs().apply("default").encode(record));
    }

    /** The topic of the built-in group's configuration is deleted and made again. */
    void recreateConfiguration() throws Exception {
        broker.deleteTopic(CONFIGURATION);
        broker.createTopic(CONFIGURATION, 1, Topic.PROXY_CONFIGS.creationConfig(1));
    }

    /** Appends without waiting; what was not acknowledged may be missing from the log. */
    void appendAll(List<Event> events) {
        for (Event event : events) {
            var _ =
                    producer.send(
                            new ProducerRecord<>(
                                    topics.events(),
                                    0,
                                    event.subject().getBytes(UTF_8),
                                    codecs.events().encode(event)));
        }
    }

    /** What partition 0 of service-state must say: the fold of the facts as they are in the log. */
    Map<String, ServiceState> fold() {
        PartitionState state = new PartitionState(0);
        for (ConsumerRecord<byte[], byte[]> record :
                read(List.of(new TopicPartition(topics.events(), 0)))) {
            value(codecs.events(), record)
                    .ifPresent(
                            event ->
                                    Fold.apply(
                                            state,
                                            record.offset(),
                                            java.time.Instant.ofEpochMilli(record.timestamp()),
                                            event));
        }
        return withoutFlags(state.records());
    }

    /** What partition 0 of service-state says. */
    Map<String, ServiceState> folded() {
        Map<String, ServiceState> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(List.of(new TopicPartition(topics.state(), 0)))) {
            value(codecs.state(), record)
                    .ifPresent(value -> last.put(new String(record.key(), UTF_8), value));
        }
        last.remove(Keys.CHECKPOINT);
        return withoutFlags(last);
    }

    private static Map<String, ServiceState> withoutFlags(Map<String, ServiceState> records) {
        Map<String, ServiceState> same = new TreeMap<>();
        records.forEach((key, value) -> same.put(key, StateRecords.asLast(value)));
        return same;
    }

    long appendState(int partition, String key, @Nullable ServiceState value) throws Exception {
        return write(
                topics.state(),
                partition,
                key,
                value == null ? null : codecs.state().encode(value));
    }

    void beat(String host, long session) throws Exception {
        beat(List.of(new Liveness.HostBeat(host, session)));
    }

    /** Appends results, of which only the last is waited for. */
    void report(List<ApplyResult> results) throws Exception {
        Future<?> last = CompletableFuture.completedFuture(null);
        for (ApplyResult result : results) {
            String key = Keys.result(result.group(), result.applier());
            last =
                    send(
                            topics.results(),
                            Partitions.of(key, Topic.APPLY_RESULTS.partitions()),
                            key,
                            codecs.results().encode(result));
        }
        last.get();
    }

    /** Appends beats, of which only the last is waited for. */
    void beat(List<? extends Liveness> beats) throws Exception {
        Future<?> last = CompletableFuture.completedFuture(null);
        for (Liveness beat : beats) {
            String key = Keys.of(beat);
            last =
                    send(
                            topics.liveness(),
                            Partitions.of(key, Topic.LIVENESS.partitions()),
                            key,
                            codecs.liveness().encode(beat));
        }
        last.get();
    }

    String topicId(String name) throws Exception {
        try (Admin admin = kafka.admin("ids")) {
            return java.util.Objects.requireNonNull(
                            admin.describeTopics(List.of(name)).allTopicNames().get().get(name))
                    .topicId()
                    .toString();
        }
    }

    /** The last value of each key of service-state, whatever it says. */
    Map<String, ServiceState> state() {
        Map<String, ServiceState> last = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topics.statePartitions())) {
            String key = new String(record.key(), UTF_8);
            Optional<ServiceState> value = value(codecs.state(), record);
            value.ifPresentOrElse(v -> last.put(key, v), () -> last.remove(key));
        }
        return last;
    }

    /** The next offset of the last checkpoint of a partition; -1 where there is none. */
    long checkpoint(int partition) {
        long next = -1;
        for (ConsumerRecord<byte[], byte[]> record :
                read(List.of(new TopicPartition(topics.state(), partition)))) {
            if (value(codecs.state(), record).orElse(null) instanceof Checkpoint checkpoint) {
                next = checkpoint.nextOffset();
            }
        }
        return next;
    }

    /**
     * How long after a record of service-state the next one of its key was appended, by the
     * broker's time; -1 while there is none.
     */
    long followedAfterMs(int partition, long offset) {
        ConsumerRecord<byte[], byte[]> first = null;
        for (ConsumerRecord<byte[], byte[]> record :
                read(List.of(new TopicPartition(topics.state(), partition)))) {
            if (record.offset() == offset) {
                first = record;
            } else if (first != null && Arrays.equals(first.key(), record.key())) {
                return record.timestamp() - first.timestamp();
            }
        }
        return -1;
    }

    List<Event> events() {
        return read(Topics.partitions(topics.events(), Topic.CONTAINER_EVENTS)).stream()
                .flatMap(record -> value(codecs.events(), record).stream())
                .toList();
    }

    Map<String, WatcherControl> control() {
        Map<String, WatcherControl> last = new TreeMap<>();
        read(List.of(new TopicPartition(topics.control(), 0)))
                .forEach(
                        record ->
                                value(codecs.control(), record)
                                        .ifPresent(control -> last.put(control.host(), control)));
        return last;
    }

    List<ConsumerRecord<byte[], byte[]>> read(List<TopicPartition> partitions) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.fromBeginning(kafka.reader("eyes"), partitions)) {
            reader.readToEnd(Duration.ofSeconds(10), records::add);
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }

    private long write(String topic, int partition, String key, byte @Nullable [] value)
            throws Exception {
        return send(topic, partition, key, value).get().offset();
    }

    private Future<RecordMetadata> send(
            String topic, int partition, String key, byte @Nullable [] value) {
        return producer.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value));
    }

    private static <T> Optional<T> value(Codec<T> codec, ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record.value()) instanceof Decoded.Value<T>(T value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private SettingValues values(Map<String, String> flags) {
        Map<String, String> all =
                new HashMap<>(
                        Map.of(
                                "registry-http-listen",
                                "127.0.0.1:0",
                                "bootstrap-servers",
                                broker.bootstrapServers()));
        all.putAll(flags);
        return SettingValues.read(
                RegistrySettings.ALL,
                KnownSettings.of(List.of()),
                SettingSources.of(all, Map.of()));
    }

    /** One registry. */
    final class Running implements AutoCloseable {
        final ProcessRuntime runtime;
        private @Nullable RegistryLoop loop;

        private Running(Map<String, String> flags) {
            this.runtime = ProcessRuntime.start(new Wired(), values(flags), failures::add);
        }

        RegistryLoop loop() {
            return java.util.Objects.requireNonNull(loop);
        }

        boolean ready() {
            return runtime.readiness().causes().isEmpty();
        }

        void stop() {
            runtime.close();
        }

        @Override
        public void close() {
            stop();
        }

        private final class Wired implements ProcessDefinition {
            @Override
            public String name() {
                return "registry";
            }

            @Override
            public Setting<io.signalbox.process.HostPort> httpListen() {
                return RegistrySettings.HTTP_LISTEN;
            }

            @Override
            public List<Setting<?>> settings() {
                return RegistrySettings.ALL;
            }

            @Override
            public void start(SettingValues values, ProcessRuntime running) {
                RegistrySettings settings = RegistrySettings.from(values, running.common());
                loop = Registry.start(settings, running, codecs, () -> {});
            }
        }
    }
}
