package io.signalbox.renderer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.TestBroker;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A broker with all topics, renderers on it, and hands to write and read their topics. */
final class Lab implements AutoCloseable {
    static final String PREFIX = "signalbox.";

    final TestBroker broker;
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final MemoryCodec<ServiceState> states = new MemoryCodec<>();
    private final MemoryCodec<GroupRecord> groups = new MemoryCodec<>();
    private final MemoryCodec<ConfigRecord> configs = new MemoryCodec<>();
    private final KafkaClients kafka;
    private final Producer<byte[], byte[]> producer;

    private Lab(TestBroker broker) {
        this.broker = broker;
        this.kafka =
                new KafkaClients(
                        "lab", CommonSettings.from(values(Map.of()), RendererSettings.HTTP_LISTEN));
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

    /** A renderer. */
    ProcessRuntime renderer() {
        return process(
                (values, runtime) ->
                        Renderer.start(
                                RendererSettings.from(values, runtime.common()),
                                runtime,
                                codecs()));
    }

    /** A process that has a renderer's settings and does as told. */
    ProcessRuntime process(BiConsumer<SettingValues, ProcessRuntime> start) {
        ProcessDefinition definition =
                new ProcessDefinition() {
                    @Override
                    public String name() {
                        return "renderer";
                    }

                    @Override
                    public Setting<io.signalbox.process.HostPort> httpListen() {
                        return RendererSettings.HTTP_LISTEN;
                    }

                    @Override
                    public List<Setting<?>> settings() {
                        return RendererSettings.ALL;
                    }

                    @Override
                    public void start(SettingValues values, ProcessRuntime runtime) {
                        start.accept(values, runtime);
                    }
                };
        return ProcessRuntime.start(definition, values(Map.of()), failures::add);
    }

    /** How the records of this laboratory are read and written. */
    Codecs codecs() {
        return new Codecs(
                states,
                groups,
                configs,
                configs,
                new Codecs.Patience() {
                    @Override
                    public <T> T patiently(Supplier<T> work) {
                        return work.get();
                    }
                });
    }

    private SettingValues values(Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(more);
        flags.put("bootstrap-servers", broker.bootstrapServers());
        flags.put("renderer-http-listen", "127.0.0.1:0");
        flags.put("replication-factor", "1");
        flags.put("min-insync-replicas", "1");
        return SettingValues.read(
                RendererSettings.ALL,
                KnownSettings.load(RendererSettings.ALL),
                SettingSources.of(flags, Map.of()));
    }

    void state(ServiceState value) throws Exception {
        int partition =
                value instanceof ServiceState.Instance instance ? instance.cause().partition() : 0;
        write(
                Topic.SERVICE_STATE.topicName(PREFIX),
                partition,
                Keys.of(value),
                states.encode(value));
    }

    void group(GroupRecord value) throws Exception {
        write(
                Topic.PROXY_GROUPS.topicName(PREFIX),
                Partitions.of(value.group(), Topic.PROXY_GROUPS.partitions()),
                value.group(),
                groups.encode(value));
    }

    long config(String group, ConfigRecord value) throws Exception {
        return write(
                Topic.PROXY_CONFIGS.topicName(PREFIX, group),
                0,
                Keys.of(value),
                configs.encode(value));
    }

    private long write(String topic, int partition, String key, byte @Nullable [] value)
            throws Exception {
        return producer.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value))
                .get()
                .offset();
    }

    /** The group's topic as an applier reads it, with whether the last manifest matched. */
    Seen seen(String group) {
        GroupView view = new GroupView();
        List<GroupView.Read> reads = new ArrayList<>();
        List<Long> tookMs = new ArrayList<>();
        TopicPartition partition =
                new TopicPartition(Topic.PROXY_CONFIGS.topicName(PREFIX, group), 0);
        try (Consumer<byte[], byte[]> reader = kafka.reader("eyes")) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            long end =
                    java.util.Objects.requireNonNull(
                            reader.endOffsets(List.of(partition)).get(partition));
            while (reader.position(partition) < end) {
                for (var record : reader.poll(Duration.ofMillis(100))) {
                    GroupView.Read read = read(view, record);
                    reads.add(read);
                    if (read instanceof GroupView.ManifestRead manifest) {
                        manifest.manifest().causes().stream()
                                .map(cause -> cause.stateAppendedAt())
                                .filter(java.util.Objects::nonNull)
                                .forEach(at -> tookMs.add(record.timestamp() - at.toEpochMilli()));
                    }
                }
            }
        }
        return new Seen(view, reads, tookMs);
    }

    private GroupView.Read read(
            GroupView view,
            org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]> record) {
        ConfigRecord value =
                configs.decode(record.value()) instanceof Decoded.Value<ConfigRecord>(var read)
                        ? read
                        : null;
        return view.read(record.offset(), new String(record.key(), UTF_8), value);
    }

    /**
     * What was read.
     *
     * @param propagationMs from state record to manifest, by the broker's clock
     */
    record Seen(GroupView view, List<GroupView.Read> reads, List<Long> propagationMs) {
        /** The last accepted manifest, if it matched the parts before it. */
        ConfigRecord.@Nullable Manifest matching() {
            ConfigRecord.Manifest last = null;
            for (GroupView.Read read : reads) {
                if (read instanceof GroupView.ManifestRead manifest) {
                    last = manifest.matches() ? manifest.manifest() : null;
                }
            }
            return last;
        }

        ConfigRecord.@Nullable Service service(String name) {
            ConfigRecord.Part part = view.parts().get("service/" + name);
            return part != null && part.content() instanceof ConfigRecord.Service service
                    ? service
                    : null;
        }
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
