package io.signalbox.process;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a process' Kafka clients, all of bytes, with client ids {@code signalbox-<process>-<role>}.
 * Making one connects to nobody and never fails because brokers are away. Whoever makes one closes
 * it; closing takes two seconds at most, with brokers away too. Safe for all threads.
 */
public final class KafkaClients {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int DELIVERY_TIMEOUT_MS = 30_000;
    private static final int API_TIMEOUT_MS = 10_000;

    /**
     * A connection whose other end went away without a word, as by a cut network or a broker that
     * has another address now, is given up when an answer fails to come for so long. Brokers answer
     * all our requests within a fraction of a second.
     */
    private static final int REQUEST_TIMEOUT_MS = 5_000;

    private static final int MAX_BLOCK_MS = 5_000;
    private static final int BUFFER_BYTES = 32 * 1024 * 1024;
    private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;
    private static final int FETCH_MAX_WAIT_MS = 250;
    private static final int MAX_POLL_RECORDS = 5_000;
    private static final int RECONNECT_BACKOFF_MS = 50;
    private static final int RECONNECT_BACKOFF_MAX_MS = 500;

    /**
     * A connection that began while the network was away never comes about: it is given up soon, or
     * the next one would have to wait for it when the network is back.
     */
    private static final int CONNECTION_SETUP_TIMEOUT_MS = 1_000;

    private static final String POLL_AGE = "last-poll-seconds-ago";
    private static final String LAG = "records-lag";

    private static final Logger log = LoggerFactory.getLogger(KafkaClients.class);

    private final String clientPrefix;
    private final CommonSettings settings;
    private final boolean patient;
    private final AtomicBoolean unknown = new AtomicBoolean();
    private final Set<BoundedConsumer> open = ConcurrentHashMap.newKeySet();

    /**
     * The clients of the process of that name.
     *
     * @throws org.apache.kafka.common.KafkaException from all that make one, where no broker's name
     *     can be looked up
     */
    public KafkaClients(String process, CommonSettings settings) {
        this(process, settings, false);
    }

    private KafkaClients(String process, CommonSettings settings, boolean patient) {
        this.clientPrefix = "signalbox-" + process + "-";
        this.settings = settings;
        this.patient = patient;
    }

    /**
     * The same for a process that goes on without brokers: where no broker's name can be looked up,
     * a client's first call waits until one can.
     */
    static KafkaClients patient(String process, CommonSettings settings) {
        return new KafkaClients(process, settings, true);
    }

    /**
     * An idempotent producer, acks from all, sending at once. A record that is not acknowledged
     * within 30 s fails; a send blocks at most 5 s (no metadata, full buffer).
     */
    public Producer<byte[], byte[]> producer(String role) {
        return producer(role, Map.of());
    }

    /** The same with some properties of the caller's own, such as {@code delivery.timeout.ms}. */
    public Producer<byte[], byte[]> producer(String role, Map<String, Object> own) {
        Map<String, Object> properties = common(role);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        properties.putAll(settings.kafka().forProducer());
        properties.putAll(own);
        return made(Producer.class, () -> new BoundedProducer(properties));
    }

    /**
     * A consumer for {@code assign}: no group, no commits. Positions must be sought; one that is
     * not in the log is an exception, never a jump. A fetch answers as soon as there is a record; a
     * change of assignment or position may wait up to 250 ms for the fetch under way.
     */
    public Consumer<byte[], byte[]> reader(String role) {
        return reader(role, Map.of());
    }

    /** The same with some properties of the caller's own. */
    public Consumer<byte[], byte[]> reader(String role, Map<String, Object> own) {
        Map<String, Object> properties = consumer(role);
        properties.putAll(own);
        return made(Consumer.class, () -> consumer(properties));
    }

    /**
     * A member of a consumer group, by the protocol of KIP-848: ownership only, no commits. Every
     * partition must be sought in the assignment callback. Session time-outs are the broker's
     * ({@code group.consumer.session.timeout.ms}).
     */
    public Consumer<byte[], byte[]> groupMember(String role, String groupId) {
        Map<String, Object> properties = consumer(role);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        return made(Consumer.class, () -> consumer(properties));
    }

    /** An admin client; a call fails after 10 s. */
    public Admin admin(String role) {
        Map<String, Object> properties = common(role);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MS);
        properties.putAll(settings.kafka().forAdmin());
        return made(Admin.class, () -> new BoundedAdmin(properties));
    }

    private <T> T made(Class<? super T> kind, Supplier<T> maker) {
        if (!patient || anyIsKnown()) {
            return maker.get();
        }
        if (!unknown.getAndSet(true)) {
            log.atWarn().addKeyValue("brokers", brokers()).log("no broker's name can be looked up");
        }
        return LateClient.of(kind, this::anyIsKnown, maker);
    }

    private boolean anyIsKnown() {
        boolean known =
                settings.bootstrapServers().stream()
                        .anyMatch(
                                at -> !new InetSocketAddress(at.host(), at.port()).isUnresolved());
        if (known) {
            unknown.set(false);
        }
        return known;
    }

    /** How many records all open consumers still have before them, as of their last fetches. */
    public double lag() {
        return measured(LAG).sum();
    }

    /**
     * How many seconds ago an open consumer was last polled, of the one for which that is longest;
     * 0 if none was.
     */
    public double pollAge() {
        return measured(POLL_AGE).max().orElse(0);
    }

    /** Values that are not known yet are below 0 or not numbers. */
    private DoubleStream measured(String name) {
        return open.stream()
                .flatMap(consumer -> consumer.metrics().values().stream())
                .filter(metric -> metric.metricName().name().equals(name))
                .mapToDouble(
                        metric -> metric.metricValue() instanceof Number n ? n.doubleValue() : 0)
                .filter(value -> value > 0);
    }

    /** The brokers to start from, for messages. */
    public String brokers() {
        return settings.bootstrapServers().stream()
                .map(HostPort::toString)
                .collect(Collectors.joining(","));
    }

    private Map<String, Object> consumer(String role) {
        Map<String, Object> properties = common(role);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        properties.putAll(settings.kafka().forConsumer());
        return properties;
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        BoundedConsumer made = new BoundedConsumer(properties);
        open.add(made);
        return made;
    }

    private Map<String, Object> common(String role) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientPrefix + role);
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_BACKOFF_MS);
        properties.put(
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MS);
        properties.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                CONNECTION_SETUP_TIMEOUT_MS);
        properties.put(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                CONNECTION_SETUP_TIMEOUT_MS);
        return properties;
    }

    private static final class BoundedProducer extends KafkaProducer<byte[], byte[]> {
        private BoundedProducer(Map<String, Object> properties) {
            super(properties, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void close() {
            close(CLOSE_PATIENCE);
        }
    }

    private final class BoundedConsumer extends KafkaConsumer<byte[], byte[]> {
        private BoundedConsumer(Map<String, Object> properties) {
            super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void close() {
            close(CloseOptions.timeout(CLOSE_PATIENCE));
        }

        @Override
        public void close(CloseOptions options) {
            open.remove(this);
            super.close(options);
        }
    }

    private static final class BoundedAdmin extends ForwardingAdmin {
        private BoundedAdmin(Map<String, Object> properties) {
            super(properties);
        }

        @Override
        public void close() {
            close(CLOSE_PATIENCE);
        }
    }
}
