package io.signalbox.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as a plain consumer reads it, from its beginning on. Used by one thread. */
public final class LogReader<T> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String topic;
    private final Codec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Entry<T>> entries = new ArrayList<>();

    /** Nothing is read yet. */
    public LogReader(String bootstrapServers, String topic, int partitions, Codec<T> codec) {
        this.topic = topic;
        this.codec = codec;
        this.consumer = consumer(bootstrapServers);
        consumer.assign(
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /**
     * A record that has a value.
     *
     * @param appendedMs the broker's time of it, in milliseconds since 1970
     */
    public record Entry<T>(int partition, long offset, long appendedMs, String key, T value) {}

    String topic() {
        return topic;
    }

    byte[] encode(T value) {
        return codec.encode(value);
    }

    /**
     * Reads to the end that the topic has now; all records that have a value, in the order of their
     * partitions.
     */
    public List<Entry<T>> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), PATIENCE);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
            if (System.nanoTime() > until) {
                throw new IllegalStateException(topic + " cannot be read to its end");
            }
        }
        return Collections.unmodifiableList(entries);
    }

    /** The last record read so far that is such a one. */
    Optional<Entry<T>> last(Predicate<Entry<T>> such) {
        return entries.reversed().stream().filter(such).findFirst();
    }

    /** The last record of a key that was read so far. */
    Optional<Entry<T>> last(int partition, String key) {
        return last(entry -> entry.partition() == partition && entry.key().equals(key));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key != null && codec.decode(record.value()) instanceof Decoded.Value<T>(T value)) {
            entries.add(
                    new Entry<>(
                            record.partition(),
                            record.offset(),
                            record.timestamp(),
                            new String(key, UTF_8),
                            value));
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
