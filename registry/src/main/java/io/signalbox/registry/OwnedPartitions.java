package io.signalbox.registry;

import io.signalbox.registry.OwnedPartition.Folding;
import io.signalbox.registry.OwnedPartition.Pending;
import io.signalbox.registry.OwnedPartition.Refused;
import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.TakeOverCheck;
import io.signalbox.schemas.ServiceState.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of {@code container-events} that the consumer group gave to this registry: they
 * are taken over when asked for, and only those that are folded are polled. Owned by the registry's
 * loop.
 */
final class OwnedPartitions {
    private static final Logger log = LoggerFactory.getLogger(OwnedPartitions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Topics topics;
    private final Consumer<byte[], byte[]> group;
    private final Follower follower;
    private final RegistryMetrics metrics;
    private final TreeMap<Integer, OwnedPartition> owned = new TreeMap<>();

    /**
     * None yet.
     *
     * @param group the member of the group that the facts are polled with
     */
    OwnedPartitions(
            Topics topics,
            Consumer<byte[], byte[]> group,
            Follower follower,
            RegistryMetrics metrics) {
        this.topics = topics;
        this.group = group;
        this.follower = follower;
        this.metrics = metrics;
    }

    /** A partition was given, paused. */
    void add(int partition) {
        owned.put(partition, new OwnedPartition(partition));
    }

    /** A partition was taken away. */
    void remove(int partition) {
        owned.remove(partition);
        follower.judge().release(partition);
    }

    /** All are to be taken over again. */
    void pendAll() {
        owned.values().forEach(this::pend);
    }

    /** Those that are folded are to be taken over again. */
    void pendFolding() {
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding) {
                pend(partition);
            }
        }
    }

    boolean anyPending() {
        return owned.values().stream().anyMatch(p -> p.phase instanceof Pending);
    }

    /** Who folds a partition; null where it is not folded here. */
    @Nullable PartitionOwner owner(int partition) {
        OwnedPartition mine = owned.get(partition);
        return mine != null && mine.phase instanceof Folding(PartitionOwner owner) ? owner : null;
    }

    /**
     * Takes over or refuses each that is pending. The follower has read {@code service-state} to
     * its end.
     *
     * @param outputs where the owners' writes go
     */
    void takeOverPending(TakeOverCheck check, OwnerOutputs outputs) {
        List<OwnedPartition> pending =
                owned.values().stream().filter(p -> p.phase instanceof Pending).toList();
        List<TopicPartition> partitions =
                pending.stream().map(partition -> events(partition.number)).toList();
        Map<TopicPartition, Long> ends = group.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> begins = group.beginningOffsets(partitions, PATIENCE);
        List<Long> livenessEnds = follower.livenessEnds(PATIENCE);
        for (OwnedPartition partition : pending) {
            TopicPartition source = events(partition.number);
            Checkpoint checkpoint = follower.view(partition.number).checkpoint();
            long begin = begins.getOrDefault(source, 0L);
            long end = ends.getOrDefault(source, 0L);
            check.objection(partition.number, checkpoint, begin, end)
                    .ifPresentOrElse(
                            reason -> refuse(partition, reason),
                            () -> takeOver(partition, check.topicId(), outputs, livenessEnds));
        }
    }

    /** Lets each owner delete what has been gone for so long. */
    void forgetGone(Instant now, Duration retention) {
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding(PartitionOwner owner)) {
                owner.forgetGone(now, retention);
            }
        }
    }

    /**
     * How each of them is doing.
     *
     * @param warnings about the broker
     */
    RegistryStatus look(List<String> warnings) {
        Map<Integer, Long> folding = new TreeMap<>();
        List<Integer> pending = new ArrayList<>();
        Map<Integer, String> refused = new TreeMap<>();
        long lag = 0;
        for (OwnedPartition partition : owned.values()) {
            switch (partition.phase) {
                case Pending _ -> pending.add(partition.number);
                case Refused(String reason) -> refused.put(partition.number, reason);
                case Folding(PartitionOwner owner) -> {
                    folding.put(partition.number, owner.nextOffset());
                    lag += group.currentLag(events(partition.number)).orElse(0);
                }
            }
        }
        return new RegistryStatus(
                folding,
                pending,
                refused,
                follower.judge().statuses(),
                follower.judge().massLoss(),
                warnings,
                lag);
    }

    private void pend(OwnedPartition partition) {
        partition.phase = new Pending();
        follower.judge().release(partition.number);
        group.pause(List.of(events(partition.number)));
    }

    private void refuse(OwnedPartition partition, String reason) {
        partition.phase = new Refused(reason);
        log.atError()
                .addKeyValue("topic", topics.events())
                .addKeyValue("partition", partition.number)
                .addKeyValue("error", reason)
                .log("partition is not folded");
    }

    private void takeOver(
            OwnedPartition partition,
            String topicId,
            OwnerOutputs outputs,
            List<Long> livenessEnds) {
        PartitionOwner owner =
                PartitionOwner.takeOver(
                        partition.number, topicId, follower.view(partition.number), outputs);
        partition.phase = new Folding(owner);
        follower.judge().take(partition.number, livenessEnds);
        group.seek(events(partition.number), owner.nextOffset());
        group.resume(List.of(events(partition.number)));
        metrics.rebuilt.increment();
        log.atInfo()
                .addKeyValue("partition", partition.number)
                .addKeyValue("offset", owner.nextOffset())
                .log("partition taken over");
    }

    private TopicPartition events(int partition) {
        return new TopicPartition(topics.events(), partition);
    }
}
