package io.signalbox.cli.replay;

import io.signalbox.registry.core.PartitionState;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.registry.core.StateView;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition of {@code service-state} as a new owner would accept it ({@link StateView}), to be
 * compared with what the facts up to its checkpoint add up to. Compared are hosts, living entries
 * and those that are gone; not whether a record is the last of its fact, which a repair may change,
 * and nothing whose source lies at or beyond the checkpoint. One thread.
 */
final class StateCheck {
    private static final String TOPIC = "service-state";

    private final int partition;
    private final StateView view = new StateView();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, Difference> unreadable = new TreeMap<>();

    /**
     * What has been gone since before these times may be forgotten.
     *
     * @param byRegistry the replay still has it
     * @param byReplay the registry still has it
     */
    record Forgotten(Instant byRegistry, Instant byReplay) {}

    private StateCheck(int partition) {
        this.partition = partition;
    }

    /** Reads the partition to its end. */
    static StateCheck read(int partition, Feed<ServiceState> feed, Tally tally) {
        StateCheck check = new StateCheck(partition);
        for (var entry = feed.next(); entry != null; entry = feed.next()) {
            tally.records++;
            check.read(entry);
        }
        return check;
    }

    private void read(Feed.Entry<ServiceState> entry) {
        unreadable.remove(entry.key());
        switch (entry.value()) {
            case Decoded.Poison<ServiceState>(String reason) -> unreadable(entry, reason);
            case Decoded.Tombstone<ServiceState> _ -> accept(entry, null);
            case Decoded.Value<ServiceState>(ServiceState value) -> {
                String key = Keys.of(value);
                if (key.equals(entry.key())) {
                    accept(entry, value);
                } else {
                    unreadable(entry, "its value belongs to key " + key);
                }
            }
        }
    }

    private void unreadable(Feed.Entry<ServiceState> entry, String reason) {
        unreadable.put(
                entry.key(),
                at(entry.offset(), "key %s cannot be read: %s".formatted(entry.key(), reason)));
    }

    private void accept(Feed.Entry<ServiceState> entry, @Nullable ServiceState value) {
        if (view.read(entry.key(), value)) {
            offsets.put(entry.key(), entry.offset());
        }
    }

    /**
     * Up to which fact the partition is to be compared.
     *
     * @throws Difference.Found when it belongs to other facts than these
     */
    long checkpoint(String eventsTopicId, long eventsEnd) throws Difference.Found {
        Checkpoint checkpoint = view.checkpoint();
        if (checkpoint == null) {
            return 0;
        }
        long offset = offsets.getOrDefault(Keys.CHECKPOINT, 0L);
        if (!checkpoint.topicId().equals(eventsTopicId)) {
            throw new Difference.Found(
                    at(
                            offset,
                            "the checkpoint counts in topic id %s, container-events has %s"
                                    .formatted(checkpoint.topicId(), eventsTopicId)));
        }
        if (checkpoint.nextOffset() > eventsEnd) {
            throw new Difference.Found(
                    at(
                            offset,
                            "%d facts were folded, but container-events partition %d ends at %d"
                                    .formatted(checkpoint.nextOffset(), partition, eventsEnd)));
        }
        return checkpoint.nextOffset();
    }

    /**
     * Compares with what the facts below the checkpoint add up to.
     *
     * @throws Difference.Found at the first record that says something else
     */
    void compare(PartitionState replayed, long checkpoint, Forgotten forgotten, Tally tally)
            throws Difference.Found {
        for (Difference difference : unreadable.values()) {
            throw new Difference.Found(difference);
        }
        SortedMap<String, ServiceState> left = replayed.records();
        for (ServiceState recorded : inOrderOfOffsets()) {
            ServiceState again = left.remove(Keys.of(recorded));
            if (StateRecords.source(recorded) >= checkpoint) {
                tally.aheadOfCheckpoint++;
            } else {
                compare(recorded, again, forgotten.byReplay());
                tally.entries++;
            }
        }
        for (Map.Entry<String, ServiceState> missing : left.entrySet()) {
            if (!goneBefore(missing.getValue(), forgotten.byRegistry())) {
                throw new Difference.Found(
                        at(
                                offsets.getOrDefault(Keys.CHECKPOINT, 0L),
                                "the checkpoint is at %d, but there is no key %s, which follows from fact %d"
                                        .formatted(
                                                checkpoint,
                                                missing.getKey(),
                                                StateRecords.source(missing.getValue()))));
            }
        }
    }

    private List<ServiceState> inOrderOfOffsets() {
        return view.accepted().stream()
                .filter(value -> !(value instanceof Checkpoint))
                .sorted(Comparator.comparingLong(this::offset))
                .toList();
    }

    private void compare(ServiceState recorded, @Nullable ServiceState again, Instant forgotten)
            throws Difference.Found {
        String key = Keys.of(recorded);
        if (again == null) {
            if (!goneBefore(recorded, forgotten)) {
                throw new Difference.Found(
                        at(offset(recorded), "key %s follows from no fact".formatted(key)));
            }
            return;
        }
        var difference =
                Fields.firstDifference(StateRecords.asLast(recorded), StateRecords.asLast(again));
        if (difference.isPresent()) {
            throw new Difference.Found(
                    at(offset(recorded), "key %s: %s".formatted(key, difference.get())));
        }
    }

    private static boolean goneBefore(ServiceState value, Instant time) {
        return StateRecords.goneBefore(value, time);
    }

    private long offset(ServiceState value) {
        return offsets.getOrDefault(Keys.of(value), 0L);
    }

    private Difference at(long offset, String what) {
        return new Difference(TOPIC, partition, offset, what);
    }
}
