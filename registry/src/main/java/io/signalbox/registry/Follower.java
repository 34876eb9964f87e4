package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.KafkaClients;
import io.signalbox.process.TopicReader;
import io.signalbox.registry.core.Followed;
import io.signalbox.registry.core.LivenessJudge;
import io.signalbox.registry.core.LivenessRules;
import io.signalbox.registry.core.StateView;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all of {@code service-state} and all of {@code liveness}, so that a take-over finds what
 * it needs in memory, an owner sees what overwrote its records, and every registry counts the same
 * silence. Owned by the registry's loop.
 */
final class Follower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Topics topics;
    private final Codecs codecs;
    private final RegistryMetrics metrics;
    private final TopicReader reader;
    private final Followed followed;

    Follower(
            KafkaClients kafka,
            Topics topics,
            Codecs codecs,
            LivenessRules rules,
            RegistryMetrics metrics,
            Followed.Listener listener) {
        this.topics = topics;
        this.codecs = codecs;
        this.metrics = metrics;
        this.followed = new Followed(rules, listener);
        List<TopicPartition> all = new ArrayList<>(topics.statePartitions());
        all.addAll(topics.livenessPartitions());
        this.reader = TopicReader.fromBeginning(kafka.reader("follower"), all);
        reader.consumer().pause(topics.livenessPartitions());
    }

    StateView view(int partition) {
        return followed.view(partition);
    }

    LivenessJudge judge() {
        return followed.judge();
    }

    /**
     * Reads {@code service-state} to the end that it has now; {@code liveness} is read from then
     * on.
     *
     * @throws TimeoutException if no broker answers, or nothing more comes, in time
     */
    void readToEnd(Duration patience) {
        Map<TopicPartition, Long> ends =
                reader.consumer().endOffsets(topics.statePartitions(), patience);
        long progressed = System.nanoTime();
        while (!reached(ends)) {
            if (poll(POLL) > 0) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > patience.toNanos()) {
                throw new TimeoutException("service-state could not be read to its end");
            }
        }
        reader.consumer().resume(topics.livenessPartitions());
    }

    /** Forgets all and reads everything from its beginning, {@code service-state} first. */
    void beginAnew() {
        followed.beginAnew();
        reader.consumer().seekToBeginning(reader.consumer().assignment());
        reader.consumer().pause(topics.livenessPartitions());
    }

    /** The present end of each partition of {@code liveness}. */
    List<Long> livenessEnds(Duration patience) {
        Map<TopicPartition, Long> ends =
                reader.consumer().endOffsets(topics.livenessPartitions(), patience);
        return topics.livenessPartitions().stream().map(ends::get).toList();
    }

    /**
     * Takes in what is there, without waiting for more. A poll that takes the empty answer to one
     * fetch sends no other: without a second poll nobody would ask until the next time.
     *
     * @throws SchemaRegistryUnavailable if a record cannot be read now; it will be read again
     */
    void follow() {
        if (poll(Duration.ZERO) == 0) {
            poll(Duration.ZERO);
        }
    }

    private int poll(Duration patience) {
        ConsumerRecords<byte[], byte[]> records = next(patience);
        int count = 0;
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                read(record);
                count++;
            }
        } catch (SchemaRegistryUnavailable e) {
            Rewind.rewind(reader.consumer(), records, count);
            throw e;
        }
        return count;
    }

    @Override
    public void close() {
        reader.close();
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> reader.consumer().position(end.getKey()) >= end.getValue());
    }

    private ConsumerRecords<byte[], byte[]> next(Duration patience) {
        try {
            return reader.poll(patience);
        } catch (OffsetOutOfRangeException e) {
            for (TopicPartition partition : e.partitions()) {
                log.atWarn()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .log("position is not in the log any more, reading from the beginning");
                if (partition.topic().equals(topics.state())) {
                    followed.readAgain(partition.partition());
                }
            }
            reader.consumer().seekToBeginning(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.state())) {
            readState(record);
        } else {
            readLiveness(record);
        }
    }

    private void readState(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), UTF_8);
        switch (codecs.state().decode(record.value())) {
            case Decoded.Poison<ServiceState>(String reason) -> poison(record, reason);
            case Decoded.Tombstone<ServiceState> _ -> followed.state(record.partition(), key, null);
            case Decoded.Value<ServiceState>(ServiceState value) -> {
                if (Keys.of(value).equals(key)) {
                    followed.state(record.partition(), key, value);
                } else {
                    poison(record, "its value belongs to key " + Keys.of(value));
                }
            }
        }
    }

    private void readLiveness(ConsumerRecord<byte[], byte[]> record) {
        switch (codecs.liveness().decode(record.value())) {
            case Decoded.Poison<Liveness>(String reason) -> poison(record, reason);
            case Decoded.Tombstone<Liveness> _ -> poison(record, "it has no value");
            case Decoded.Value<Liveness>(Liveness value) ->
                    followed.liveness(
                            record.partition(),
                            record.offset(),
                            Instant.ofEpochMilli(record.timestamp()),
                            value);
        }
    }

    private void poison(ConsumerRecord<byte[], byte[]> record, String reason) {
        metrics.unreadable.increment();
        log.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", reason)
                .log("record cannot be read");
    }
}
