package io.signalbox.renderer.core;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupRecord;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All groups as {@code proxy-groups} defines them, the newest word on each; the built-in group is
 * there also without one. One owner thread.
 */
public final class GroupCatalogue {
    private final GroupDefinition builtIn;
    private final SortedMap<String, GroupDefinition> defined = new TreeMap<>();
    private final long[] positions;

    /**
     * Nothing but the built-in group.
     *
     * @param builtIn what holds for the group {@code default} unless it is defined
     */
    public GroupCatalogue(int partitions, GroupDefinition builtIn) {
        this.positions = new long[partitions];
        this.builtIn = builtIn;
    }

    /** Takes the next record of a partition. */
    public void read(int partition, long offset, GroupRecord record) {
        skip(partition, offset);
        switch (record) {
            case GroupRecord.GroupDefined word ->
                    defined.put(word.definition().name(), word.definition());
            case GroupRecord.GroupWithdrawn word -> defined.remove(word.group());
            case GroupRecord.ShrinkAccepted _ -> {
                // Concerns what is held now, not what the group is.
            }
        }
    }

    /** A record that is none of ours was passed. */
    public void skip(int partition, long offset) {
        positions[partition] = offset + 1;
    }

    /** What the group is; empty when it is not defined. */
    public Optional<GroupDefinition> definition(String group) {
        GroupDefinition definition = defined.get(group);
        return definition == null && group.equals(builtIn.name())
                ? Optional.of(builtIn)
                : Optional.ofNullable(definition);
    }

    /** The names of all groups. */
    public Set<String> groups() {
        Set<String> names = new java.util.TreeSet<>(defined.keySet());
        names.add(builtIn.name());
        return names;
    }

    /** The first offset of the partition that was not read. */
    public long position(int partition) {
        return positions[partition];
    }
}
