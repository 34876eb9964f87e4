package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.SchemaWatch;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import io.signalbox.watcher.core.Input;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The log in Kafka. Each attempt has one ordered idempotent producer, made on a thread of its own
 * that also learns the topics' leaders and the schemas' ids; so the loop's sends never wait. Called
 * by the loop only.
 */
final class KafkaFactLog implements FactLog {
    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_BLOCK_MS = 2_000;
    private static final int KEPT_METADATA_MS = 7 * 24 * 3_600 * 1_000;

    private final Parts parts;
    private final byte[] eventKey;
    private final byte[] beatKey;
    private final String eventTopic;
    private final String beatTopic;
    private final int eventPartition;
    private final int beatPartition;
    private @Nullable Attempt current;
    private @Nullable CompletableFuture<Producer<byte[], byte[]>> spare;

    /**
     * What a log is made of.
     *
     * @param backlogBytes most bytes that may wait for the broker
     */
    record Parts(
            KafkaClients kafka,
            BrokerWatch brokers,
            SchemaWatch schemas,
            String topicPrefix,
            String host,
            long backlogBytes,
            Inbox inbox,
            WatcherMetrics metrics,
            InstantSource clock) {}

    KafkaFactLog(Parts parts) {
        this.parts = parts;
        String beatName = Keys.hostBeat(parts.host());
        this.eventKey = parts.host().getBytes(UTF_8);
        this.beatKey = beatName.getBytes(UTF_8);
        this.eventTopic = Topic.CONTAINER_EVENTS.topicName(parts.topicPrefix());
        this.beatTopic = Topic.LIVENESS.topicName(parts.topicPrefix());
        this.eventPartition = Partitions.of(parts.host(), Topic.CONTAINER_EVENTS.partitions());
        this.beatPartition = Partitions.of(beatName, Topic.LIVENESS.partitions());
    }

    /** Makes the first producer ready while the engine is still being asked who it is. */
    void prepare() {
        CompletableFuture<Producer<byte[], byte[]>> first = new CompletableFuture<>();
        spare = first;
        onThread(
                "watcher-prepare",
                () -> {
                    try {
                        first.complete(ready());
                    } catch (RuntimeException e) {
                        first.completeExceptionally(e);
                    }
                });
    }

    @Override
    public void open(long attempt, Event opened) {
        CompletableFuture<Producer<byte[], byte[]>> prepared = spare;
        spare = null;
        Attempt fresh = new Attempt(attempt);
        current = fresh;
        onThread("watcher-open", () -> fresh.open(prepared, opened));
    }

    @Override
    public void publish(long attempt, Event event) {
        Attempt open = current;
        if (open != null && open.number == attempt) {
            open.publish(event);
        }
    }

    @Override
    public void beat(long attempt, Liveness.HostBeat beat) {
        Attempt open = current;
        if (open != null && open.number == attempt) {
            open.beat(beat);
        }
    }

    @Override
    public void close(long attempt) {
        Attempt open = current;
        if (open != null && open.number == attempt) {
            current = null;
            onThread("watcher-close", () -> open.close(Duration.ZERO));
        }
    }

    @Override
    public void close() {
        Attempt open = current;
        current = null;
        if (open != null) {
            open.close(CLOSE_PATIENCE);
        }
        CompletableFuture<Producer<byte[], byte[]>> unused = spare;
        if (unused != null) {
            var _ = unused.whenComplete((made, failure) -> EngineCalls.closeQuietly(made));
        }
    }

    private static void onThread(String name, Runnable body) {
        Thread.ofPlatform().daemon().name(name).start(body);
    }

    /** A producer that knows the topics' leaders; waits for the topics, the schemas, the broker. */
    private Producer<byte[], byte[]> ready() {
        try {
            parts.brokers().awaitTopics();
            parts.schemas().awaitWarm();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
        Producer<byte[], byte[]> producer = parts.kafka().producer("facts", own());
        try {
            long end = System.nanoTime() + OPEN_PATIENCE.toNanos();
            learnLeader(producer, eventTopic, end);
            learnLeader(producer, beatTopic, end);
            return producer;
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private Map<String, Object> own() {
        return Map.of(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS,
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, KEPT_METADATA_MS,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * parts.backlogBytes());
    }

    private static void learnLeader(
            Producer<byte[], byte[]> producer, String topic, long endNanos) {
        while (true) {
            try {
                producer.partitionsFor(topic);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() > endNanos) {
                    throw e;
                }
            }
        }
    }

    /**
     * One session's producer. Opened on its own thread, used by the loop, closed on another one.
     */
    private final class Attempt {
        private final long number;
        private final AtomicReference<@Nullable Producer<byte[], byte[]>> producer =
                new AtomicReference<>();
        private final Codec<Event> events = parts.schemas().codecs().events();
        private final Codec<Liveness> liveness = parts.schemas().codecs().liveness();
        private volatile boolean closed;

        Attempt(long number) {
            this.number = number;
        }

        void open(@Nullable CompletableFuture<Producer<byte[], byte[]>> prepared, Event opened) {
            try {
                Producer<byte[], byte[]> mine = prepared == null ? ready() : await(prepared);
                producer.set(mine);
                if (closed) {
                    close(Duration.ZERO);
                    return;
                }
                send(
                        mine,
                        eventTopic,
                        eventPartition,
                        eventKey,
                        events.encode(opened),
                        (metadata, failure) -> {
                            if (failure != null) {
                                failed(failure);
                            } else {
                                put(new Input.SessionAcknowledged(number, metadata.offset()));
                            }
                        });
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        private Producer<byte[], byte[]> await(
                CompletableFuture<Producer<byte[], byte[]>> prepared) {
            try {
                return prepared.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new KafkaException(e);
            }
        }

        void publish(Event event) {
            long seq = event.seq();
            trySend(
                    eventTopic,
                    eventPartition,
                    eventKey,
                    () -> events.encode(event),
                    (metadata, failure) -> {
                        if (failure != null) {
                            failed(failure);
                        } else {
                            parts.metrics().acknowledged(event, parts.clock().instant());
                            put(new Input.FactAcknowledged(number, seq));
                        }
                    });
        }

        void beat(Liveness.HostBeat beat) {
            trySend(
                    beatTopic,
                    beatPartition,
                    beatKey,
                    () -> liveness.encode(beat),
                    (metadata, failure) ->
                            put(
                                    failure == null
                                            ? new Input.BeatAcknowledged(number)
                                            : new Input.BeatFailed(number)));
        }

        private void trySend(
                String topic,
                int partition,
                byte[] key,
                java.util.function.Supplier<byte[]> value,
                Callback callback) {
            Producer<byte[], byte[]> mine = producer.get();
            if (mine == null) {
                return;
            }
            try {
                send(mine, topic, partition, key, value.get(), callback);
            } catch (RuntimeException e) {
                failed(e);
            }
        }

        private static void send(
                Producer<byte[], byte[]> producer,
                String topic,
                int partition,
                byte[] key,
                byte[] value,
                Callback callback) {
            var _ = producer.send(new ProducerRecord<>(topic, partition, key, value), callback);
        }

        private void failed(Exception failure) {
            if (!closed) {
                put(new Input.SendFailed(number, EngineCalls.reason(failure)));
            }
        }

        private void put(Input input) {
            parts.inbox().put(input);
        }

        void close(Duration patience) {
            closed = true;
            Producer<byte[], byte[]> mine = producer.getAndSet(null);
            if (mine != null) {
                mine.close(patience);
            }
        }
    }
}
