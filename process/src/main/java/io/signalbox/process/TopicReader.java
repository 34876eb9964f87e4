package io.signalbox.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads partitions from known positions, tells when it has read to an end that was taken earlier,
 * and goes on from there. The end counts by position, not by record offset: compaction leaves
 * holes. One thread; only {@link #wakeup()} may be called from others.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private TopicReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Reads these partitions from their beginning. Takes over the consumer. */
    public static TopicReader fromBeginning(
            Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new TopicReader(consumer);
    }

    /** Reads these partitions from the next record to be written. Takes over the consumer. */
    public static TopicReader fromEnd(
            Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        return new TopicReader(consumer);
    }

    /** Reads from these positions. Takes over the consumer. */
    public static TopicReader from(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
        consumer.assign(positions.keySet());
        positions.forEach(consumer::seek);
        return new TopicReader(consumer);
    }

    /**
     * Takes the present end of all partitions as the one to reach; asks the broker.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException if no broker answers in time
     */
    public void markEnd(Duration patience) {
        ends.clear();
        ends.putAll(consumer.endOffsets(consumer.assignment(), patience));
    }

    /** Whether everything before the marked end has been handed out by {@link #poll}. */
    public boolean reachedEnd() {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }

    /** The next records; empty if none came in time. */
    public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /**
     * Reads to the end that is found now.
     *
     * @param patience how long to wait for the broker, and at any point for the next record
     * @throws org.apache.kafka.common.errors.TimeoutException if no broker answers or nothing more
     *     comes in time
     */
    public void readToEnd(
            Duration patience,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        markEnd(patience);
        long progressed = System.nanoTime();
        while (!reachedEnd()) {
            ConsumerRecords<byte[], byte[]> records = poll(POLL);
            records.forEach(handler);
            if (!records.isEmpty()) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > patience.toNanos()) {
                throw new org.apache.kafka.common.errors.TimeoutException(
                        "nothing more read before the end of " + List.copyOf(ends.keySet()));
            }
        }
    }

    /** The consumer, for seeking, pausing and metadata. */
    public Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /** Makes a waiting poll throw a WakeupException. Safe for all threads. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
