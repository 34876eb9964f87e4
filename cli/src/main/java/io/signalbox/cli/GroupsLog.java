package io.signalbox.cli;

import io.signalbox.cli.group.KnownGroups;
import io.signalbox.cli.group.KnownGroups.KnownGroup;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The operator's view of {@code proxy-groups}: reads it to its end, appends to it. Used by one
 * thread.
 */
final class GroupsLog implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String FRAME = "frame";

    private final OperatorSettings settings;
    private final LogCodecs codecs;

    GroupsLog(OperatorSettings settings) {
        this.settings = settings;
        this.codecs = settings.codecs();
    }

    /** Every group, the built-in one included. */
    SortedMap<String, KnownGroup> groups() {
        KnownGroups groups = new KnownGroups();
        readGroups(groups::read);
        Part frame = configuration(GroupDefinition.DEFAULT).parts().get(FRAME);
        if (frame != null && frame.content() instanceof ConfigRecord.Frame content) {
            groups.rendered(content);
        }
        return groups.all();
    }

    /** What records say of a group; null where none does. Reads no configuration. */
    @Nullable KnownGroup said(String group) {
        KnownGroups groups = new KnownGroups();
        readGroups(groups::read);
        return groups.all().get(group);
    }

    /** The group, defined or built in; fails by name when there is none. */
    KnownGroup require(String group) {
        SortedMap<String, KnownGroup> groups = groups();
        return switch (groups.get(group)) {
            case KnownGroups.Defined defined -> defined;
            case KnownGroups.BuiltIn builtIn -> builtIn;
            case KnownGroups.Withdrawn _ ->
                    throw new OperationFailed("group " + group + " is withdrawn");
            case null ->
                    throw new OperationFailed(
                            "there is no group "
                                    + group
                                    + "; there are "
                                    + String.join(", ", groups.keySet()));
        };
    }

    /** What the shrink guard said last for the group; null when it never said anything. */
    @Nullable Held held(String group) {
        require(group);
        return configuration(group).held();
    }

    /** The group's configuration as it stands in the log. */
    GroupView configuration(String group) {
        GroupView view = new GroupView();
        Codec<ConfigRecord> codec = codecs.configs(group);
        String topic = Topic.PROXY_CONFIGS.topicName(settings.common().topicPrefix(), group);
        read(
                topic,
                1,
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    switch (codec.decode(record.value())) {
                        case Decoded.Value<ConfigRecord>(ConfigRecord value) ->
                                view.read(record.offset(), key, value);
                        case Decoded.Tombstone<ConfigRecord> _ ->
                                view.read(record.offset(), key, null);
                        case Decoded.Poison<ConfigRecord> _ -> {
                            // Of a newer version: it says nothing here.
                        }
                    }
                });
        return view;
    }

    /** Makes the group's topic if it is new. */
    void ensureTopic(String group) {
        TopicSetup.createGroupTopic(settings, group, _ -> {});
    }

    /** Appends a record and returns when it is acknowledged. */
    void append(GroupRecord record) {
        String topic = Topic.PROXY_GROUPS.topicName(settings.common().topicPrefix());
        try (Producer<byte[], byte[]> producer = settings.kafka().producer("groups")) {
            producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    Partitions.of(record.group(), Topic.PROXY_GROUPS.partitions()),
                                    record.group().getBytes(StandardCharsets.UTF_8),
                                    codecs.groups().encode(record)))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (SchemaRegistryUnavailable e) {
            throw new OperationFailed("the schema registry does not answer: " + e.getMessage());
        } catch (ExecutionException | TimeoutException e) {
            throw new OperationFailed("the broker did not take the record: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }

    @Override
    public void close() {
        codecs.close();
    }

    private void readGroups(Consumer<GroupRecord> handler) {
        Codec<GroupRecord> codec = codecs.groups();
        read(
                Topic.PROXY_GROUPS.topicName(settings.common().topicPrefix()),
                Topic.PROXY_GROUPS.partitions(),
                record -> {
                    if (codec.decode(record.value())
                            instanceof Decoded.Value<GroupRecord>(GroupRecord value)) {
                        handler.accept(value);
                    }
                });
    }

    private void read(
            String topic, int partitions, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        TopicSetup.requireTopics(settings, List.of(topic));
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        try (TopicReader reader =
                TopicReader.fromBeginning(settings.kafka().reader("groups"), all)) {
            reader.readToEnd(TIMEOUT, handler);
        }
    }
}
