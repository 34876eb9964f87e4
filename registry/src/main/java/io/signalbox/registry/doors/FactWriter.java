package io.signalbox.registry.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.KafkaClients;
import io.signalbox.registry.core.doors.DoorFact;
import io.signalbox.registry.core.doors.Problem;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Writes what doors decide: facts to {@code container-events}, beats to {@code liveness}, and says
 * where they stand once all are acknowledged by all replicas. One thread of its own encodes and
 * sends, since a send may wait for the broker. Safe for all threads.
 */
final class FactWriter implements AutoCloseable {
    private static final int MOST_WAITING = 256;

    private final Producer<byte[], byte[]> producer;
    private final String events;
    private final String liveness;
    private final Codec<Event> eventCodec;
    private final Codec<Liveness> livenessCodec;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofPlatform().daemon().name("registry-doors").factory());

    FactWriter(
            KafkaClients kafka,
            String topicPrefix,
            Codec<Event> eventCodec,
            Codec<Liveness> livenessCodec,
            InstantSource clock) {
        this.producer =
                kafka.producer(
                        "doors",
                        Map.of(
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000));
        this.events = Topic.CONTAINER_EVENTS.topicName(topicPrefix);
        this.liveness = Topic.LIVENESS.topicName(topicPrefix);
        this.eventCodec = eventCodec;
        this.livenessCodec = livenessCodec;
        this.clock = clock;
    }

    /**
     * Writes facts in their order.
     *
     * @param source what they name as their source
     * @return the last offset by partition; ends with {@link
     *     io.signalbox.registry.core.doors.Refused}, 503, where the broker or the schema registry
     *     is away: some of them may then stand in the log all the same
     */
    CompletableFuture<Map<Integer, Long>> facts(String source, List<DoorFact> facts) {
        return submit(
                () -> {
                    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                    for (DoorFact fact : facts) {
                        records.add(record(source, fact));
                    }
                    Map<Integer, Long> offsets = new HashMap<>();
                    for (RecordMetadata written : send(records)) {
                        offsets.merge(written.partition(), written.offset(), Math::max);
                    }
                    return offsets;
                });
    }

    /** Writes beats. */
    CompletableFuture<Void> beats(List<Liveness> beats) {
        return submit(
                () -> {
                    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                    for (Liveness beat : beats) {
                        records.add(
                                record(
                                        liveness,
                                        Topic.LIVENESS,
                                        Keys.of(beat),
                                        livenessCodec.encode(beat)));
                    }
                    send(records);
                    return null;
                });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }

    private ProducerRecord<byte[], byte[]> record(String source, DoorFact fact) {
        Event event =
                new Event(
                        fact.subject(),
                        Event.NO_SESSION,
                        0,
                        clock.instant(),
                        null,
                        source,
                        fact.fact());
        return record(events, Topic.CONTAINER_EVENTS, fact.subject(), eventCodec.encode(event));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String name, Topic topic, String key, byte[] value) {
        int partition = Partitions.of(key, topic.partitions());
        return new ProducerRecord<>(name, partition, key.getBytes(UTF_8), value);
    }

    /** All are encoded before the first is sent. */
    private List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records)
            throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        List<RecordMetadata> written = new ArrayList<>();
        for (Future<RecordMetadata> one : sent) {
            written.add(one.get());
        }
        return written;
    }

    private <T> CompletableFuture<T> submit(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(
                    () -> {
                        try {
                            result.complete(work.run());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            result.completeExceptionally(unwritten("the registry stops"));
                        } catch (ExecutionException e) {
                            result.completeExceptionally(unwritten(reason(e.getCause())));
                        } catch (KafkaException | SchemaRegistryUnavailable e) {
                            result.completeExceptionally(unwritten(reason(e)));
                        } catch (RuntimeException e) {
                            result.completeExceptionally(e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    Problem.of(503, "busy", "too many facts wait to be written").refused());
        }
        return result;
    }

    private static RuntimeException unwritten(String reason) {
        return Problem.of(
                        503,
                        "log-away",
                        "the log did not acknowledge the change, which may be there or not: "
                                + reason
                                + "; the same request may be sent again")
                .refused();
    }

    private static String reason(@org.jspecify.annotations.Nullable Throwable failure) {
        return failure == null
                ? ""
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** Something that may wait. */
    @FunctionalInterface
    private interface Work<T> {
        @org.jspecify.annotations.Nullable
        T run() throws InterruptedException, ExecutionException;
    }
}
