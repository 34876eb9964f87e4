package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ServiceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of {@code service-state}: for each key the newest value by source position, of
 * whole facts only. What a fact wrote is held back until the fact's last record, or a checkpoint
 * behind it, was read; such a mark completes the facts before it and no others. A tombstone counts
 * only after a value that is gone. One owner thread.
 */
public final class ServiceView {
    private final List<Map<String, Entry>> entries = new ArrayList<>();
    private final List<List<Entry>> pending = new ArrayList<>();
    private final long[] positions;
    private String eventsTopicId = "";

    /** An empty view of that many partitions. */
    public ServiceView(int partitions) {
        positions = new long[partitions];
        for (int partition = 0; partition < partitions; partition++) {
            entries.add(new HashMap<>());
            pending.add(new ArrayList<>());
        }
    }

    /**
     * What became of one key.
     *
     * @param before null where there was nothing
     * @param after null where nothing is left
     */
    public record Change(@Nullable Entry before, @Nullable Entry after) {}

    /**
     * Takes the next record of a partition.
     *
     * @param value null for a tombstone
     * @param appendedAt LogAppendTime of the record
     * @return what changed, in the order of the log
     */
    public List<Change> read(
            int partition, String key, @Nullable ServiceState value, Instant appendedAt) {
        if (value == null) {
            return tombstone(partition, key);
        }
        if (value instanceof ServiceState.Checkpoint checkpoint) {
            eventsTopicId = checkpoint.topicId();
            return complete(partition, checkpoint.nextOffset());
        }
        Entry entry = Entry.of(key, value, appendedAt).orElse(null);
        if (entry == null) {
            return List.of();
        }
        pending.get(partition).add(entry);
        return entry.lastOfFact() ? complete(partition, entry.cause().offset() + 1) : List.of();
    }

    private List<Change> complete(int partition, long nextOffset) {
        positions[partition] = Math.max(positions[partition], nextOffset);
        List<Entry> waiting = pending.get(partition);
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        List<Entry> rest = new ArrayList<>();
        for (Entry entry : waiting) {
            if (entry.cause().offset() >= nextOffset) {
                rest.add(entry);
            } else {
                accept(partition, entry, changes);
            }
        }
        pending.set(partition, rest);
        return changes;
    }

    private void accept(int partition, Entry entry, List<Change> changes) {
        Entry known = entries.get(partition).get(entry.key());
        if (known != null && entry.cause().offset() < known.cause().offset()) {
            return;
        }
        entries.get(partition).put(entry.key(), entry);
        if (known == null || !known.state().equals(entry.state())) {
            changes.add(new Change(known, entry));
        }
    }

    private List<Change> tombstone(int partition, String key) {
        Entry known = entries.get(partition).get(key);
        if (known == null || !known.gone()) {
            return List.of();
        }
        entries.get(partition).remove(key);
        return List.of(new Change(known, null));
    }

    /** Forgets everything: the topic is read again from its beginning. */
    public void clear() {
        entries.forEach(Map::clear);
        pending.forEach(List::clear);
        java.util.Arrays.fill(positions, 0);
        eventsTopicId = "";
    }

    /** The accepted entry of a key in a partition; null when there is none. */
    public @Nullable Entry get(int partition, String key) {
        return entries.get(partition).get(key);
    }

    /** The accepted entry of a key in any partition; null when there is none. */
    public @Nullable Entry find(String key) {
        for (Map<String, Entry> partition : entries) {
            Entry entry = partition.get(key);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** All accepted entries of a partition, in no order. */
    public Collection<Entry> entries(int partition) {
        return Collections.unmodifiableCollection(entries.get(partition).values());
    }

    /** How many partitions there are. */
    public int partitions() {
        return positions.length;
    }

    /** For each partition of {@code container-events} the first offset that is not in this view. */
    public List<Long> positions() {
        return java.util.Arrays.stream(positions).boxed().toList();
    }

    /** Whether the fact is one that this view has not got to. */
    boolean isBehind(Cause cause) {
        return cause.offset() >= positions[cause.partition()];
    }

    /** The id of the events topic that the positions count in; empty before a checkpoint. */
    public String eventsTopicId() {
        return eventsTopicId;
    }
}
