package io.signalbox.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.SchemaWatch;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.watcher.core.Input;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what the registry says to this host's watchers. One thread but for {@link #wakeup()}. */
final class ControlReader {
    private static final Logger log = LoggerFactory.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients kafka;
    private final BrokerWatch brokers;
    private final SchemaWatch schemas;
    private final Codec<WatcherControl> codec;
    private final TopicPartition partition;
    private final byte[] key;
    private final Inbox inbox;
    private volatile @Nullable TopicReader reader;

    ControlReader(
            KafkaClients kafka,
            BrokerWatch brokers,
            SchemaWatch schemas,
            String topicPrefix,
            String host,
            Inbox inbox) {
        this.kafka = kafka;
        this.brokers = brokers;
        this.schemas = schemas;
        this.codec = schemas.codecs().control();
        this.partition = new TopicPartition(Topic.WATCHER_CONTROL.topicName(topicPrefix), 0);
        this.key = host.getBytes(UTF_8);
        this.inbox = inbox;
    }

    /** Reads the topic from its beginning and goes on until the end is requested. */
    void run(ProcessRuntime.Stop stop) throws InterruptedException {
        brokers.awaitTopics();
        while (!stop.requested()) {
            try (TopicReader opened =
                    TopicReader.fromBeginning(kafka.reader("control"), List.of(partition))) {
                reader = opened;
                follow(opened, stop);
            } catch (WakeupException e) {
                log.atDebug().log("control is no longer read");
            } catch (OffsetOutOfRangeException | RetriableException e) {
                log.atDebug().setCause(e).log("control is read again from its beginning");
                Thread.sleep(PAUSE);
            }
        }
    }

    private void follow(TopicReader opened, ProcessRuntime.Stop stop) throws InterruptedException {
        while (!stop.requested()) {
            ConsumerRecord<byte[], byte[]> newest = null;
            for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
                if (Arrays.equals(key, record.key())) {
                    newest = record;
                }
            }
            if (newest != null) {
                hear(newest);
            }
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        switch (schemas.patiently(() -> codec.decode(record.value()))) {
            case Decoded.Value<WatcherControl>(WatcherControl control) ->
                    inbox.put(new Input.Heard(control));
            case Decoded.Tombstone<WatcherControl> _ -> inbox.put(new Input.Forgotten());
            case Decoded.Poison<WatcherControl>(String reason) ->
                    log.atWarn()
                            .addKeyValue("topic", record.topic())
                            .addKeyValue("offset", record.offset())
                            .addKeyValue("error", reason)
                            .log("control record left out");
        }
    }

    /** Ends a wait for records. Safe for all threads. */
    void wakeup() {
        TopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
    }
}
