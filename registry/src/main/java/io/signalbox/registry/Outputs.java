package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.KafkaClients;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The one ordered producer of what follows from the facts. The first send that fails closes it, so
 * that nothing later can overtake; whoever owns it then begins anew with another one. Sends never
 * wait for an answer. Owned by the registry's loop; the failure is noted by the producer's thread.
 */
final class Outputs implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Codec<ServiceState> stateCodec;
    private final Codec<WatcherControl> controlCodec;
    private final RegistryMetrics metrics;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Outputs(
            KafkaClients kafka,
            Topics topics,
            Codec<ServiceState> stateCodec,
            Codec<WatcherControl> controlCodec,
            RegistryMetrics metrics,
            InstantSource clock) {
        this.producer = kafka.producer("outputs");
        this.topics = topics;
        this.stateCodec = stateCodec;
        this.controlCodec = controlCodec;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Writes a value of {@code service-state}. */
    void send(int partition, ServiceState value) {
        send(topics.state(), partition, Keys.of(value), stateCodec.encode(value), () -> {});
    }

    /** Writes what a fact changed. */
    void send(int partition, ServiceState value, Instant factAppendedAt) {
        send(
                topics.state(),
                partition,
                Keys.of(value),
                stateCodec.encode(value),
                () -> metrics.written(Duration.between(factAppendedAt, clock.instant())));
    }

    /** Deletes a key of {@code service-state} whose value says that it is gone. */
    void tombstone(int partition, String key) {
        send(topics.state(), partition, key, null, () -> {});
    }

    /** Tells a host's watchers. */
    void send(WatcherControl control) {
        send(topics.control(), 0, control.host(), controlCodec.encode(control), () -> {});
    }

    /** Why a send failed; null while none did. */
    @Nullable Exception failure() {
        return failure.get();
    }

    /** Gives up what is still under way. */
    void abandon() {
        producer.close(Duration.ZERO);
    }

    /** Lets what is under way land. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private void send(
            String topic,
            int partition,
            String key,
            byte @Nullable [] value,
            Runnable acknowledged) {
        if (failure.get() != null) {
            return;
        }
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value),
                            (_, error) -> {
                                if (error != null) {
                                    failed(error);
                                } else {
                                    acknowledged.run();
                                }
                            });
        } catch (IllegalStateException | org.apache.kafka.common.KafkaException e) {
            failed(e);
        }
    }

    private void failed(Exception error) {
        if (failure.compareAndSet(null, error)) {
            producer.close(Duration.ZERO);
        }
    }
}
