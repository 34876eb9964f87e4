package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.KafkaClients;
import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records what the registry itself decides: verdicts about hosts and endpoints, and the ticks of
 * the partitions of {@code liveness} that it owns: one a second and one in flight, never queued. A
 * send that fails is not repeated; the verdict comes again. Owned by the registry's loop.
 */
final class Decisions implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final Codec<Event> eventCodec;
    private final Codec<Liveness> livenessCodec;
    private final String registryId;
    private final Map<Integer, Long> nextTickNanos = new HashMap<>();
    private final Set<Integer> ticksInFlight = ConcurrentHashMap.newKeySet();

    Decisions(
            KafkaClients kafka,
            Topics topics,
            Codec<Event> eventCodec,
            Codec<Liveness> livenessCodec,
            String registryId) {
        this.producer = kafka.producer("decisions", Map.of("max.block.ms", 200));
        this.topics = topics;
        this.eventCodec = eventCodec;
        this.livenessCodec = livenessCodec;
        this.registryId = registryId;
    }

    void record(Verdict verdict, Instant now) {
        Event event =
                new Event(
                        verdict.subject(),
                        Event.NO_SESSION,
                        0,
                        now,
                        null,
                        "registry",
                        verdict.fact());
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topics.events(),
                                verdict.partition(),
                                verdict.subject().getBytes(UTF_8),
                                eventCodec.encode(event)));
    }

    /** Appends the ticks that are due. */
    void tick(Collection<Integer> ownedLivenessPartitions, long nowNanos) {
        nextTickNanos.keySet().retainAll(ownedLivenessPartitions);
        for (int partition : ownedLivenessPartitions) {
            long due = nextTickNanos.getOrDefault(partition, nowNanos);
            if (nowNanos - due >= 0) {
                long next = due + TICK.toNanos();
                nextTickNanos.put(
                        partition, next - nowNanos <= 0 ? nowNanos + TICK.toNanos() : next);
                tick(partition);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    private void tick(int partition) {
        if (!ticksInFlight.add(partition)) {
            return;
        }
        byte[] value;
        try {
            value = livenessCodec.encode(new Liveness.Tick(registryId));
        } catch (RuntimeException e) {
            ticksInFlight.remove(partition);
            throw e;
        }
        var _ =
                producer.send(
                        new ProducerRecord<>(
                                topics.liveness(), partition, Keys.TICK.getBytes(UTF_8), value),
                        (_, _) -> ticksInFlight.remove(partition));
    }
}
