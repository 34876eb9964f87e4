package io.signalbox.cli.replay;

import io.signalbox.process.KafkaClients;
import io.signalbox.process.StartFailure;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a running system, read only: no consumer group, nothing written. Which groups have
 * a history is found by one pass over the keys of {@code config-history}. One thread.
 */
public final class KafkaReplayLog implements ReplayLog {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FETCH_BYTES = 4 << 20;

    private final KafkaClients kafka;
    private final LogCodecs codecs;
    private final String prefix;
    private final String eventsTopicId;
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final SortedMap<String, Long> lastOfGroup = new TreeMap<>();

    /**
     * Takes the ends of all topics.
     *
     * @throws StartFailure when a topic is missing, or facts were deleted
     * @throws org.apache.kafka.common.KafkaException when no broker answers
     */
    public KafkaReplayLog(KafkaClients kafka, LogCodecs codecs, String prefix) {
        this.kafka = kafka;
        this.codecs = codecs;
        this.prefix = prefix;
        this.eventsTopicId = describe();
        try (Consumer<byte[], byte[]> consumer = kafka.reader("ends")) {
            for (Topic topic :
                    List.of(
                            Topic.CONFIG_HISTORY,
                            Topic.SERVICE_STATE,
                            Topic.PROXY_GROUPS,
                            Topic.CONTAINER_EVENTS)) {
                begins.putAll(consumer.beginningOffsets(partitions(topic), PATIENCE));
                ends.putAll(consumer.endOffsets(partitions(topic), PATIENCE));
            }
        }
        refuseDeleted(Topic.CONTAINER_EVENTS);
        refuseDeleted(Topic.PROXY_GROUPS);
        findGroups();
    }

    private String describe() {
        List<String> names = new ArrayList<>();
        for (Topic topic :
                List.of(
                        Topic.CONTAINER_EVENTS,
                        Topic.PROXY_GROUPS,
                        Topic.SERVICE_STATE,
                        Topic.CONFIG_HISTORY)) {
            names.add(topic.topicName(prefix));
        }
        try (Admin admin = kafka.admin("replay")) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(names)
                            .allTopicNames()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Objects.requireNonNull(found.get(names.getFirst())).topicId().toString();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartFailure(
                        "a topic of %s does not exist; signalbox topics creates what is missing"
                                .formatted(String.join(", ", names)),
                        e);
            }
            throw new org.apache.kafka.common.KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private void refuseDeleted(Topic topic) {
        for (TopicPartition partition : partitions(topic)) {
            long begin = begins.getOrDefault(partition, 0L);
            if (begin > 0) {
                throw new StartFailure(
                        "nothing can be folded again: %s begins at offset %d, the facts before were deleted"
                                .formatted(partition, begin));
            }
        }
    }

    private void findGroups() {
        List<TopicPartition> history = partitions(Topic.CONFIG_HISTORY);
        try (TopicReader reader = TopicReader.fromBeginning(kafka.reader("groups"), history)) {
            reader.readToEnd(
                    PATIENCE,
                    record -> {
                        byte[] key = record.key();
                        if (record.offset() < end(record.topic(), record.partition())) {
                            lastOfGroup.put(
                                    key == null ? "" : new String(key, StandardCharsets.UTF_8),
                                    record.offset());
                        }
                    });
        }
    }

    private List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topicName(prefix), partition))
                .toList();
    }

    private long end(String topic, int partition) {
        return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
    }

    @Override
    public String eventsTopicId() {
        return eventsTopicId;
    }

    @Override
    public long eventsEnd(int partition) {
        return end(Topic.CONTAINER_EVENTS.topicName(prefix), partition);
    }

    @Override
    public Feed<Event> events(int partition) {
        return feed(Topic.CONTAINER_EVENTS, partition, codecs.events());
    }

    @Override
    public Feed<ServiceState> state(int partition) {
        return feed(Topic.SERVICE_STATE, partition, codecs.serviceState());
    }

    @Override
    public SortedSet<String> groups() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(lastOfGroup.keySet()));
    }

    @Override
    public Feed<GroupRecord> definitions(String group) {
        return feed(
                Topic.PROXY_GROUPS,
                Partitions.of(group, Topic.PROXY_GROUPS.partitions()),
                codecs.groups());
    }

    @Override
    public int historyPartition(String group) {
        return Partitions.of(group, Topic.CONFIG_HISTORY.partitions());
    }

    @Override
    public Feed<ConfigRecord> history(String group) {
        TopicPartition partition = historyOf(group);
        return new KafkaFeed<>(
                reader("history"),
                new KafkaFeed.Span(
                        partition,
                        begins.getOrDefault(partition, 0L),
                        lastOfGroup.getOrDefault(group, -1L) + 1),
                codecs.history(),
                group.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean historyIsWhole(String group) {
        return begins.getOrDefault(historyOf(group), 0L) == 0;
    }

    private TopicPartition historyOf(String group) {
        return new TopicPartition(Topic.CONFIG_HISTORY.topicName(prefix), historyPartition(group));
    }

    private <T> Feed<T> feed(Topic topic, int number, Codec<T> codec) {
        TopicPartition partition = new TopicPartition(topic.topicName(prefix), number);
        byte @Nullable [] everyKey = null;
        return new KafkaFeed<>(
                reader(topic.shortName()),
                new KafkaFeed.Span(
                        partition,
                        begins.getOrDefault(partition, 0L),
                        ends.getOrDefault(partition, 0L)),
                codec,
                everyKey);
    }

    private Consumer<byte[], byte[]> reader(String role) {
        return kafka.reader(
                "replay-" + role,
                Map.of(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES));
    }
}
