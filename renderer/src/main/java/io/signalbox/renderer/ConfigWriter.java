package io.signalbox.renderer;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.renderer.core.GroupOwner.Write;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the groups' owners write, in order, and a copy of every manifest and part to the
 * history. After the first failed send nothing more is sent, so that nothing can overtake it: the
 * writer is closed and another one is made. Used by the loop's thread alone.
 */
final class ConfigWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigWriter.class);

    private final Producer<byte[], byte[]> producer;
    private final Codecs codecs;
    private final String prefix;
    private final RendererMetrics metrics;
    private final InstantSource clock;
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    ConfigWriter(
            ProcessRuntime runtime, Codecs codecs, RendererMetrics metrics, InstantSource clock) {
        this.producer = runtime.kafka().producer("configs");
        this.codecs = codecs;
        this.prefix = runtime.common().topicPrefix();
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Sends one record.
     *
     * @param written told the record's offset, on the producer's thread
     */
    void send(String group, Write write, LongConsumer written) throws InterruptedException {
        if (failure.get() != null) {
            return;
        }
        byte @Nullable [] value =
                switch (write) {
                    case Write.Put put -> codecs.encode(codecs.configs(), put.value());
                    case Write.Delete _ -> null;
                };
        String topic = Topic.PROXY_CONFIGS.topicName(prefix, group);
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(topic, 0, bytes(write.key()), value),
                            (metadata, error) -> {
                                if (error != null) {
                                    failure.compareAndSet(null, topic + ": " + error.getMessage());
                                } else {
                                    written.accept(metadata.offset());
                                }
                            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, topic + ": " + e.getMessage());
        }
        if (write instanceof Write.Put(ConfigRecord record)) {
            metrics.wrote(record, clock.instant());
        }
    }

    /** Sends the copy of a record to the history; a failure there is only logged. */
    void remember(String group, ConfigRecord record) throws InterruptedException {
        if (failure.get() != null || record instanceof ConfigRecord.Claim) {
            return;
        }
        int partition = Partitions.of(group, Topic.CONFIG_HISTORY.partitions());
        byte[] value = codecs.encode(codecs.history(), record);
        String topic = Topic.CONFIG_HISTORY.topicName(prefix);
        try {
            var _ =
                    producer.send(
                            new ProducerRecord<>(topic, partition, bytes(group), value),
                            (_, error) -> {
                                if (error != null) {
                                    log.atWarn()
                                            .addKeyValue("topic", topic)
                                            .addKeyValue("group", group)
                                            .addKeyValue("error", error.getMessage())
                                            .log("history has a gap");
                                }
                            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, topic + ": " + e.getMessage());
        }
    }

    /** Why a record was not written; empty while all were. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Closes without waiting for what is under way. */
    void abandon() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
