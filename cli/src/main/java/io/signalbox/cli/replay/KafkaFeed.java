package io.signalbox.cli.replay;

import io.signalbox.schemas.Codec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A partition read through a consumer of its own, without a group. Decodes a record when it is
 * looked at. Throws Kafka's {@link TimeoutException} when nothing more comes before the end.
 */
final class KafkaFeed<T> implements Feed<T> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final Span span;
    private final Codec<T> codec;
    private final byte @Nullable [] onlyKey;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();
    private @Nullable Entry<T> next;

    /** Records from {@code begin} on, below {@code end}. */
    record Span(TopicPartition partition, long begin, long end) {}

    /**
     * Takes over the consumer.
     *
     * @param onlyKey records of other keys are passed over undecoded; null for none
     */
    KafkaFeed(
            Consumer<byte[], byte[]> consumer,
            Span span,
            Codec<T> codec,
            byte @Nullable [] onlyKey) {
        this.consumer = consumer;
        this.span = span;
        this.codec = codec;
        this.onlyKey = onlyKey;
        consumer.assign(List.of(span.partition()));
        consumer.seek(span.partition(), span.begin());
    }

    @Override
    public @Nullable Entry<T> peek() {
        if (next == null) {
            ConsumerRecord<byte[], byte[]> record = wanted();
            if (record != null) {
                next =
                        new Entry<>(
                                record.offset(),
                                text(record.key()),
                                Instant.ofEpochMilli(record.timestamp()),
                                codec.decode(record.value()));
            }
        }
        return next;
    }

    @Override
    public void advance() {
        next = null;
    }

    private @Nullable ConsumerRecord<byte[], byte[]> wanted() {
        ConsumerRecord<byte[], byte[]> record = record();
        while (record != null && onlyKey != null && !Arrays.equals(onlyKey, record.key())) {
            record = record();
        }
        return record;
    }

    private @Nullable ConsumerRecord<byte[], byte[]> record() {
        if (fetched.isEmpty()) {
            fetch();
        }
        ConsumerRecord<byte[], byte[]> record = fetched.poll();
        return record == null || record.offset() >= span.end() ? null : record;
    }

    private void fetch() {
        long began = System.nanoTime();
        while (consumer.position(span.partition()) < span.end()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                fetched.add(record);
            }
            if (!fetched.isEmpty()) {
                return;
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        "nothing more came of " + span.partition() + " before its end");
            }
        }
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
