package io.signalbox.renderer;

import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.TopicCheck;
import io.signalbox.renderer.core.GroupCatalogue;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the renderer reads, through one consumer: {@code service-state} and {@code proxy-groups}
 * as a whole, and the topics of the groups that it owns. Used by the loop's thread alone.
 */
final class Inputs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Inputs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> reader;
    private final Admin admin;
    private final Codecs codecs;
    private final RendererMetrics metrics;
    private final GroupCatalogue catalogue;
    private final ServiceView view;
    private final String prefix;
    private final String stateTopic;
    private final String groupsTopic;
    private final List<TopicPartition> always = new ArrayList<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Set<TopicPartition> followed = Set.of();
    private boolean complete;

    Inputs(
            ProcessRuntime runtime,
            Codecs codecs,
            RendererMetrics metrics,
            GroupCatalogue catalogue,
            ServiceView view) {
        this.reader = runtime.kafka().reader("inputs");
        this.admin = runtime.kafka().admin("groups");
        this.codecs = codecs;
        this.metrics = metrics;
        this.catalogue = catalogue;
        this.view = view;
        this.prefix = runtime.common().topicPrefix();
        this.stateTopic = Topic.SERVICE_STATE.topicName(prefix);
        this.groupsTopic = Topic.PROXY_GROUPS.topicName(prefix);
    }

    /** Begins at the beginning of everything. */
    void open() {
        add(groupsTopic, Topic.PROXY_GROUPS.partitions());
        add(stateTopic, Topic.SERVICE_STATE.partitions());
        reader.assign(always);
        reader.seekToBeginning(always);
    }

    private void add(String topic, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            always.add(new TopicPartition(topic, partition));
        }
    }

    /** Reads {@code service-state} again, from its beginning into an empty view. */
    void readStateAgain() {
        view.clear();
        ends.clear();
        complete = false;
        reader.seekToBeginning(always.stream().filter(p -> p.topic().equals(stateTopic)).toList());
    }

    /** What was cut below our position: whether it can be read again, and from where it is. */
    Cut passOver(Set<TopicPartition> partitions) {
        boolean state = partitions.stream().anyMatch(p -> p.topic().equals(stateTopic));
        List<Integer> groups =
                partitions.stream()
                        .filter(p -> p.topic().equals(groupsTopic))
                        .map(TopicPartition::partition)
                        .sorted()
                        .toList();
        reader.seekToBeginning(partitions);
        return new Cut(state, groups);
    }

    /**
     * What of the inputs was deleted before it was read.
     *
     * @param state whether {@code service-state} was cut, which its writer repairs
     * @param groups the partitions of {@code proxy-groups} that were cut, for which nothing can
     *     stand in
     */
    record Cut(boolean state, List<Integer> groups) {}

    /** Makes a waiting poll return. Safe for all threads. */
    void wakeup() {
        reader.wakeup();
    }

    /** Waits for records and gives each to the core. */
    void poll(Duration patience, Map<String, OwnedGroup> groups) throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = reader.poll(patience);
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                if (partition.topic().equals(stateTopic)) {
                    state(record, groups);
                } else if (partition.topic().equals(groupsTopic)) {
                    group(record, groups);
                } else {
                    config(record, groups);
                }
            }
        }
    }

    private void state(ConsumerRecord<byte[], byte[]> record, Map<String, OwnedGroup> groups)
            throws InterruptedException {
        Instant appendedAt = at(record);
        List<ServiceView.Change> changes =
                switch (codecs.decode(codecs.state(), record.value())) {
                    case Decoded.Value<ServiceState>(ServiceState value) ->
                            view.read(record.partition(), key(record), value, appendedAt);
                    case Decoded.Tombstone<ServiceState> _ ->
                            view.read(record.partition(), key(record), null, appendedAt);
                    case Decoded.Poison<ServiceState>(String reason) -> {
                        unreadable(record, reason);
                        yield List.of();
                    }
                };
        for (ServiceView.Change change : changes) {
            groups.values().forEach(group -> group.owner.apply(change));
        }
    }

    private void group(ConsumerRecord<byte[], byte[]> record, Map<String, OwnedGroup> groups)
            throws InterruptedException {
        switch (codecs.decode(codecs.groups(), record.value())) {
            case Decoded.Value<GroupRecord>(GroupRecord value) -> {
                catalogue.read(record.partition(), record.offset(), value);
                OwnedGroup owned = groups.get(value.group());
                if (owned != null && value instanceof GroupRecord.ShrinkAccepted accepted) {
                    owned.owner.accept(accepted);
                }
            }
            case Decoded.Tombstone<GroupRecord> _ ->
                    catalogue.skip(record.partition(), record.offset());
            case Decoded.Poison<GroupRecord>(String reason) -> {
                catalogue.skip(record.partition(), record.offset());
                unreadable(record, reason);
            }
        }
    }

    private void config(ConsumerRecord<byte[], byte[]> record, Map<String, OwnedGroup> groups)
            throws InterruptedException {
        String group = record.topic().substring(Topic.PROXY_CONFIGS.topicName(prefix, "").length());
        OwnedGroup owned = groups.get(group);
        if (owned == null) {
            return;
        }
        switch (codecs.decode(codecs.configs(), record.value())) {
            case Decoded.Value<ConfigRecord>(ConfigRecord value) ->
                    owned.owner.read(record.offset(), key(record), value, at(record));
            case Decoded.Tombstone<ConfigRecord> _ ->
                    owned.owner.read(record.offset(), key(record), null, at(record));
            case Decoded.Poison<ConfigRecord>(String reason) -> {
                unreadable(record, reason);
                owned.owner.unreadable(key(record));
            }
        }
    }

    private void unreadable(ConsumerRecord<byte[], byte[]> record, String reason) {
        metrics.unreadable();
        log.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", reason)
                .log("record cannot be read");
    }

    private static Instant at(ConsumerRecord<byte[], byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /** Whether state and definitions were once read to the end that was found at first. */
    boolean complete() {
        if (!complete) {
            if (ends.isEmpty()) {
                ends.putAll(reader.endOffsets(always, PATIENCE));
            }
            complete = ends.entrySet().stream().allMatch(e -> position(e.getKey()) >= e.getValue());
        }
        return complete;
    }

    /**
     * The ends, as they are now, of what a group's configuration is made of: other groups' topics
     * say nothing to it, and may be let go before their ends are reached.
     *
     * @param own the partition of the group's own topic
     */
    Map<TopicPartition, Long> ends(TopicPartition own) {
        List<TopicPartition> read = new ArrayList<>(always);
        read.add(own);
        return reader.endOffsets(read, PATIENCE);
    }

    /** The offset of the next record of a partition. */
    long position(TopicPartition partition) {
        return reader.position(partition, PATIENCE);
    }

    /** How many groups' topics are read. */
    int follows() {
        return followed.size();
    }

    /** Reads these groups' topics from now on, new ones from their beginning, and no others. */
    void follow(Collection<OwnedGroup> groups) {
        Set<TopicPartition> wanted = new HashSet<>();
        groups.forEach(group -> wanted.add(group.partition));
        Set<TopicPartition> all = new HashSet<>(always);
        all.addAll(wanted);
        reader.assign(all);
        Set<TopicPartition> fresh = new HashSet<>(wanted);
        fresh.removeAll(followed);
        reader.seekToBeginning(fresh);
        followed = wanted;
    }

    /** The only partition of a group's topic. */
    TopicPartition topicOf(String group) {
        return new TopicPartition(Topic.PROXY_CONFIGS.topicName(prefix, group), 0);
    }

    /** Of these groups those whose topic is missing or wrong, and what is the matter. */
    Map<String, String> missingTopics(List<String> groups) throws InterruptedException {
        Map<String, String> lines = new TreeMap<>();
        try {
            Map<String, TopicCheck.Outcome> outcomes =
                    new TopicCheck(admin, PATIENCE)
                            .check(
                                    groups.stream()
                                            .map(group -> ExpectedTopic.ofGroup(prefix, group))
                                            .toList());
            for (String group : groups) {
                switch (outcomes.get(Topic.PROXY_CONFIGS.topicName(prefix, group))) {
                    case TopicCheck.Outcome.Missing(String line) -> lines.put(group, line);
                    case TopicCheck.Outcome.Wrong(Uuid _, List<String> wrong, boolean _) ->
                            lines.put(group, String.join("; ", wrong));
                    case TopicCheck.Outcome.Right _ -> {
                        // It is as it must be.
                    }
                    case null -> lines.put(group, "topic of group " + group + " is unknown");
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("no broker answers for the groups' topics", e);
        }
        return lines;
    }

    @Override
    public void close() {
        reader.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        admin.close(Duration.ofSeconds(1));
    }
}
