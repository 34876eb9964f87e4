package io.signalbox.bench.faults;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down every fact as soon as a plain consumer gets it, which is after the broker has
 * acknowledged it, and in the end looks whether the log still has each, byte for byte, in an
 * unbroken row. A thread of its own reads; all methods are thread-safe.
 */
final class Ledger implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final List<TopicPartition> partitions;
    private final Codec<Event> codec;
    private final Map<Place, Long> noted = new ConcurrentSkipListMap<>();
    private final KafkaConsumer<byte[], byte[]> follower;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile @Nullable RuntimeException failure;

    /** Follows a topic from its beginning. */
    Ledger(String bootstrapServers, String topic, int partitions, Codec<Event> codec) {
        this.bootstrapServers = bootstrapServers;
        this.codec = codec;
        this.partitions =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        this.follower = consumer();
        this.thread = Thread.ofPlatform().daemon().name("ledger").start(this::follow);
    }

    private record Place(int partition, long offset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return partition == other.partition
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(partition, other.partition);
        }
    }

    /**
     * What the log has in the end.
     *
     * @param acknowledged facts that were written down
     * @param lost those of them that the log no longer has, or has otherwise
     * @param mistakes each broken row, of offsets or of a session's numbers
     */
    record Balance(long acknowledged, long lost, List<String> mistakes) {
        Balance {
            mistakes = List.copyOf(mistakes);
        }
    }

    /** Reads the log again from its beginning and compares. */
    Balance balance() {
        Map<Place, Long> expected = new TreeMap<>(noted);
        long all = expected.size();
        List<String> mistakes = new ArrayList<>();
        Map<Integer, Long> next = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader = consumer()) {
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions, PATIENCE);
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (behind(reader, ends)) {
                if (System.nanoTime() > until) {
                    mistakes.add("the log cannot be read to its end");
                    break;
                }
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    Place place = new Place(record.partition(), record.offset());
                    Long sum = expected.get(place);
                    if (sum != null && sum == sum(record)) {
                        expected.remove(place);
                    }
                    unbroken(record, next, mistakes);
                    counted(record, sequences, mistakes);
                }
            }
        }
        RuntimeException broken = failure;
        if (broken != null) {
            mistakes.add("facts were not written down any more: " + broken);
        }
        return new Balance(all, expected.size(), mistakes);
    }

    @Override
    public void close() {
        running = false;
        follower.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (follower) {
            while (running) {
                for (ConsumerRecord<byte[], byte[]> record : follower.poll(POLL)) {
                    noted.put(new Place(record.partition(), record.offset()), sum(record));
                }
            }
        } catch (WakeupException e) {
            // Told to end.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private static void unbroken(
            ConsumerRecord<byte[], byte[]> record, Map<Integer, Long> next, List<String> mistakes) {
        Long expected = next.put(record.partition(), record.offset() + 1);
        if (expected != null && expected != record.offset()) {
            mistakes.add(
                    "partition %d: %d follows where %d should"
                            .formatted(record.partition(), record.offset(), expected));
        }
    }

    /** Facts of one session count 1, 2, 3 … */
    private void counted(
            ConsumerRecord<byte[], byte[]> record,
            Map<String, Long> sequences,
            List<String> mistakes) {
        if (!(codec.decode(record.value()) instanceof Decoded.Value<Event>(Event event))
                || event.session() == Event.NO_SESSION) {
            return;
        }
        String session = event.subject() + " session " + event.session();
        long expected = sequences.getOrDefault(session, 0L) + 1;
        if (event.seq() != expected) {
            mistakes.add(
                    "%s: fact %d at offset %d follows where %d should"
                            .formatted(session, event.seq(), record.offset(), expected));
        }
        sequences.put(session, event.seq());
    }

    private static boolean behind(
            KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .anyMatch(end -> reader.position(end.getKey()) < end.getValue());
    }

    private static long sum(ConsumerRecord<byte[], byte[]> record) {
        return sum(record.key()) * 31 + sum(record.value());
    }

    private static long sum(byte @Nullable [] bytes) {
        if (bytes == null) {
            return -1;
        }
        var sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
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
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
