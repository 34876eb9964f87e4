package io.signalbox.cli.export;

import io.signalbox.process.Backoff;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.GroupView.ManifestRead;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a group's configuration in the log. It says nothing before it has read to the end that it
 * found when it began, and nothing that no manifest stands for; what cannot be read is read again
 * from the beginning, and what was known stays until then. One thread; {@link #wakeup} is for all.
 */
final class GroupFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupFollower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final Codec<ConfigRecord> codec;
    private final TopicPartition partition;
    private final Backoff backoff = Backoff.random();
    private final SortedMap<String, ConfigRecord.Service> services = new TreeMap<>();
    private GroupView view = new GroupView();
    private Instant openAt = Instant.MIN;
    private boolean atEnd;
    private boolean complete;
    private volatile @Nullable TopicReader reader;

    /** Follows that topic of a group. */
    GroupFollower(KafkaClients clients, Codec<ConfigRecord> codec, String topic) {
        this.clients = clients;
        this.codec = codec;
        this.partition = new TopicPartition(topic, 0);
    }

    /** Makes a waiting read return. Safe for all threads. */
    void wakeup() {
        TopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
    }

    /**
     * The services of the newest complete configuration; empty if there is none that was not handed
     * out before.
     *
     * @param patience how long to wait for one
     */
    Optional<List<ConfigRecord.Service>> poll(Duration patience, Instant now)
            throws InterruptedException {
        try {
            TopicReader open = reader;
            if (open == null) {
                if (now.isBefore(openAt)) {
                    Thread.sleep(
                            Math.min(
                                    patience.toMillis(), Duration.between(now, openAt).toMillis()));
                    return Optional.empty();
                }
                open = opened();
            }
            for (ConsumerRecord<byte[], byte[]> polled : open.poll(patience)) {
                read(polled);
            }
            atEnd = atEnd || open.reachedEnd();
        } catch (WakeupException e) {
            return Optional.empty();
        } catch (InterruptException e) {
            // It comes with the mark set, which would cut the closing short.
            Thread.interrupted();
            throw new InterruptedException("reading");
        } catch (KafkaException | SchemaRegistryUnavailable e) {
            readAgain(now, e);
        }
        return taken();
    }

    private TopicReader opened() {
        TopicReader open = TopicReader.fromBeginning(clients.reader("export"), List.of(partition));
        reader = open;
        view = new GroupView();
        services.clear();
        atEnd = false;
        complete = false;
        open.markEnd(PATIENCE);
        return open;
    }

    private void read(ConsumerRecord<byte[], byte[]> polled) {
        String key = new String(polled.key(), StandardCharsets.UTF_8);
        GroupView.Read meaning =
                switch (codec.decode(polled.value())) {
                    case Decoded.Value<ConfigRecord>(ConfigRecord value) ->
                            view.read(polled.offset(), key, value);
                    case Decoded.Tombstone<ConfigRecord>() -> view.read(polled.offset(), key, null);
                    case Decoded.Poison<ConfigRecord>(String reason) -> {
                        log.atError()
                                .addKeyValue("topic", partition.topic())
                                .addKeyValue("offset", polled.offset())
                                .addKeyValue("error", reason)
                                .log("a record cannot be read and is passed over");
                        yield null;
                    }
                };
        if (meaning instanceof ManifestRead manifest) {
            complete = manifest.matches();
            manifest.changed().values().forEach(this::accept);
        }
    }

    /** What follows the last manifest that matched is no part of a configuration yet. */
    private void accept(ConfigRecord.Part part) {
        switch (part.content()) {
            case ConfigRecord.Service service -> services.put(part.name(), service);
            case ConfigRecord.Removed() -> services.remove(part.name());
            case ConfigRecord.Frame _ -> {}
        }
    }

    private Optional<List<ConfigRecord.Service>> taken() {
        if (!atEnd || !complete) {
            return Optional.empty();
        }
        complete = false;
        backoff.reset();
        return Optional.of(List.copyOf(services.values()));
    }

    private void readAgain(Instant now, RuntimeException failure) {
        close();
        openAt = now.plus(backoff.next());
        log.atWarn()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("error", failure.toString())
                .log("reading failed: read again from the beginning; files stay as they are");
    }

    /** The brokers that it reads from, for messages. */
    String brokers() {
        return clients.brokers();
    }

    /** Whether it reads, so that a configuration may come at any time. */
    boolean isReading() {
        return atEnd;
    }

    @Override
    public void close() {
        TopicReader open = reader;
        reader = null;
        atEnd = false;
        if (open != null) {
            open.close();
        }
    }
}
