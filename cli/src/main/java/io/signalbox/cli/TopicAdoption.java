package io.signalbox.cli;

import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Adopts {@code container-events} as it is after it was created again or lost records: {@code
 * service-state}, which was made from other facts, is created again, and what watchers were told is
 * deleted, so that they open new sessions. Registries then fold what is there. First the watchers'
 * records, because the old state is what says that there is something to adopt. One thread.
 */
final class TopicAdoption {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long AGAIN_MS = 100;

    private final OperatorSettings settings;
    private final Admin admin;
    private final String events;
    private final String state;
    private final String control;

    private TopicAdoption(OperatorSettings settings, Admin admin) {
        String prefix = settings.common().topicPrefix();
        this.settings = settings;
        this.admin = admin;
        this.events = Topic.CONTAINER_EVENTS.topicName(prefix);
        this.state = Topic.SERVICE_STATE.topicName(prefix);
        this.control = Topic.WATCHER_CONTROL.topicName(prefix);
    }

    /**
     * Does it.
     *
     * @param progress takes one line for each thing that is found or done
     * @throws OperationFailed if there is nothing to adopt
     */
    static void adoptContainerEvents(OperatorSettings settings, Consumer<String> progress) {
        try (Admin admin = settings.kafka().admin("adoption")) {
            new TopicAdoption(settings, admin).run(progress);
        }
    }

    private void run(Consumer<String> progress) {
        TopicSetup.requireTopics(settings, List.of(events, state, control));
        SortedSet<String> reasons = reasons();
        if (reasons.isEmpty()) {
            throw new OperationFailed(
                    "there is nothing to adopt: "
                            + state
                            + " was made from "
                            + events
                            + " as it is");
        }
        reasons.forEach(progress);
        int told = forgetControl();
        progress.accept(
                "told the watchers of %d hosts to open new sessions (%s)".formatted(told, control));
        recreateState(progress);
        progress.accept(
                "adopted "
                        + events
                        + ": registries fold it from its beginning; what is served stays");
    }

    /** Why the state does not belong to the facts; empty if it does. */
    private SortedSet<String> reasons() {
        String id =
                TopicSetup.await(admin.describeTopics(List.of(events)).allTopicNames(), settings)
                        .values()
                        .iterator()
                        .next()
                        .topicId()
                        .toString();
        SortedSet<String> reasons = new TreeSet<>();
        Map<Integer, Long> begins = offsets(OffsetSpec.earliest());
        Map<Integer, Long> ends = offsets(OffsetSpec.latest());
        checkpoints()
                .forEach(
                        (partition, checkpoint) -> {
                            long next = checkpoint.nextOffset();
                            if (!checkpoint.topicId().equals(id)) {
                                reasons.add(
                                        "%s was created again: %s was made from topic id %s, the topic now has %s"
                                                .formatted(
                                                        events, state, checkpoint.topicId(), id));
                            } else if (next > ends.getOrDefault(partition, 0L)
                                    || next < begins.getOrDefault(partition, 0L)) {
                                reasons.add(
                                        "partition %d of %s lost facts: %d were folded, it has %d to %d"
                                                .formatted(
                                                        partition,
                                                        events,
                                                        next,
                                                        begins.getOrDefault(partition, 0L),
                                                        ends.getOrDefault(partition, 0L)));
                            }
                        });
        return reasons;
    }

    private Map<Integer, Long> offsets(OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(events, Topic.CONTAINER_EVENTS).forEach(p -> asked.put(p, which));
        Map<Integer, Long> offsets = new HashMap<>();
        TopicSetup.await(admin.listOffsets(asked).all(), settings)
                .forEach((partition, at) -> offsets.put(partition.partition(), at.offset()));
        return offsets;
    }

    private SortedMap<Integer, Checkpoint> checkpoints() {
        SortedMap<Integer, Checkpoint> checkpoints = new TreeMap<>();
        try (LogCodecs codecs = settings.codecs()) {
            Codec<ServiceState> codec = codecs.serviceState();
            read(
                    partitions(state, Topic.SERVICE_STATE),
                    record -> {
                        if (key(record).equals(Keys.CHECKPOINT)
                                && codec.decode(record.value())
                                        instanceof
                                        Decoded.Value<ServiceState>(Checkpoint checkpoint)) {
                            checkpoints.put(record.partition(), checkpoint);
                        }
                    });
        }
        return checkpoints;
    }

    /** Deletes what every host's watchers were told; answers of how many hosts. */
    private int forgetControl() {
        Set<String> hosts = new TreeSet<>();
        read(partitions(control, Topic.WATCHER_CONTROL), record -> hosts.add(key(record)));
        try (Producer<byte[], byte[]> producer = settings.kafka().producer("adoption")) {
            for (String host : hosts) {
                byte[] key = host.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(control, 0, key, null))
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new OperationFailed("the broker did not take the record: " + e.getMessage());
        }
        return hosts.size();
    }

    private void recreateState(Consumer<String> progress) {
        TopicSetup.await(admin.deleteTopics(List.of(state)).all(), settings);
        progress.accept("deleted " + state);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (TopicSetup.await(admin.listTopics().names(), settings).contains(state)) {
            if (System.nanoTime() > end) {
                throw new OperationFailed(
                        "topic " + state + " does not go; once it is gone, run: signalbox topics");
            }
            pause();
        }
        TopicSetup.createTopics(
                settings,
                line -> {
                    if (!line.startsWith("exists")) {
                        progress.accept(line);
                    }
                });
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }

    private void read(
            List<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        try (TopicReader reader =
                TopicReader.fromBeginning(settings.kafka().reader("adoption"), partitions)) {
            reader.readToEnd(PATIENCE, handler);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static List<TopicPartition> partitions(String name, Topic topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            all.add(new TopicPartition(name, partition));
        }
        return all;
    }
}
