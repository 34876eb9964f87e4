package io.signalbox.applier;

import io.micrometer.core.instrument.Counter;
import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.ProcessRuntime.Stop;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the group's topic from its beginning and on, and hands it to the loop. The thread in {@link
 * #run} owns the consumer. What fails is tried again from the beginning, ever later until the end
 * was reached once more.
 */
final class KafkaConfigLog implements ConfigLog {
    private static final Logger log = LoggerFactory.getLogger(KafkaConfigLog.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String topic;
    private final ConfigSource source;
    private final Sink sink;
    private final Counter unreadable;
    private final InstantSource clock = InstantSource.system();
    private final Backoff backoff = Backoff.random();
    private final AtomicBoolean again = new AtomicBoolean();
    private final AtomicReference<BrokerWatch.@Nullable Recreated> recreated =
            new AtomicReference<>();
    private volatile @Nullable TopicReader reader;

    /** Takes what was read; may wait. */
    interface Sink {
        void offer(Input input) throws InterruptedException;
    }

    KafkaConfigLog(String topic, ConfigSource source, Sink sink, Counter unreadable) {
        this.topic = topic;
        this.source = source;
        this.sink = sink;
        this.unreadable = unreadable;
    }

    @Override
    public void readAgain() {
        again.set(true);
        wakeup();
    }

    /**
     * A topic was created again: if it is the group's, it is read from its beginning as the one
     * that it is. Safe for all threads.
     */
    void topicRecreated(BrokerWatch.Recreated change) {
        if (change.topic().equals(topic)) {
            recreated.set(change);
            readAgain();
        }
    }

    /** Makes a waiting read look whether it shall stop. Safe for all threads. */
    void wakeup() {
        TopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Reads until asked to stop. */
    void run(Stop stop) throws InterruptedException {
        while (!stop.requested()) {
            try {
                read(stop);
            } catch (WakeupException e) {
                again.set(false);
            } catch (KafkaException e) {
                Duration wait = backoff.next();
                log.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("error", e.toString())
                        .log("reading failed: read again from the beginning");
                source.pause(wait);
            }
        }
    }

    /**
     * The id is asked for each time: where a topic is created again, reading may fail before
     * anybody tells of it.
     */
    private void read(Stop stop) throws InterruptedException {
        BrokerWatch.Recreated change = recreated.get();
        Uuid id = change == null ? source.awaitId() : change.now();
        try (TopicReader opened =
                TopicReader.fromBeginning(source.reader(), List.of(new TopicPartition(topic, 0)))) {
            reader = opened;
            sink.offer(new Input.Begun(id.toString()));
            if (change != null && recreated.compareAndSet(change, null)) {
                source.accept(change);
            }
            markEnd(opened, stop);
            boolean atEnd = false;
            while (!stop.requested() && !again.getAndSet(false)) {
                if (!atEnd && opened.reachedEnd()) {
                    atEnd = true;
                    sink.offer(new Input.ReachedEnd());
                }
                hand(opened.poll(POLL));
                if (atEnd) {
                    backoff.reset();
                }
            }
        } finally {
            reader = null;
        }
    }

    private static void markEnd(TopicReader opened, Stop stop) {
        while (!stop.requested()) {
            try {
                opened.markEnd(PATIENCE);
                return;
            } catch (TimeoutException e) {
                // The brokers are away, which the broker watch says: asked again.
            }
        }
    }

    private void hand(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        Instant receivedAt = clock.instant();
        List<Input.Entry> entries = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> polled : records) {
            entry(polled, entries);
        }
        sink.offer(new Input.Batch(entries, receivedAt));
    }

    private void entry(ConsumerRecord<byte[], byte[]> polled, List<Input.Entry> entries)
            throws InterruptedException {
        Decoded<ConfigRecord> decoded = source.decode(polled.value());
        byte[] bytes = polled.key();
        String key = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        Instant appendedAt = Instant.ofEpochMilli(polled.timestamp());
        switch (decoded) {
            case Decoded.Value<ConfigRecord>(ConfigRecord value) ->
                    entries.add(new Input.Entry(polled.offset(), key, value, appendedAt));
            case Decoded.Tombstone<ConfigRecord>() ->
                    entries.add(new Input.Entry(polled.offset(), key, null, appendedAt));
            case Decoded.Poison<ConfigRecord>(String reason) -> {
                unreadable.increment();
                log.atError()
                        .addKeyValue("topic", topic)
                        .addKeyValue("offset", polled.offset())
                        .addKeyValue("error", reason)
                        .log("a record cannot be read and is passed over");
            }
        }
    }
}
