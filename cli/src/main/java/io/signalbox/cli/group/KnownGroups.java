package io.signalbox.cli.group;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All groups as the log has them, the newest word on each. Where nobody defines {@code default}, it
 * is built in; where that listens is a setting of the renderers, so it is taken from what they
 * rendered. Not thread-safe.
 */
public final class KnownGroups {

    private final SortedMap<String, KnownGroup> groups = new TreeMap<>();
    private Optional<GroupDefinition> builtIn = Optional.empty();

    /** What is known of a group. */
    public sealed interface KnownGroup {

        /** What holds for it; empty where nothing does, or nothing yet. */
        Optional<GroupDefinition> definition();
    }

    /** A record defines it. */
    public record Defined(GroupDefinition given) implements KnownGroup {
        @Override
        public Optional<GroupDefinition> definition() {
            return Optional.of(given);
        }
    }

    /** Nothing defines it, and it serves everything; empty until a renderer has rendered it. */
    public record BuiltIn(Optional<GroupDefinition> definition) implements KnownGroup {}

    /** Its definition was withdrawn; its appliers keep serving what they have. */
    public record Withdrawn() implements KnownGroup {
        @Override
        public Optional<GroupDefinition> definition() {
            return Optional.empty();
        }
    }

    /** Takes the next record of {@code proxy-groups}. */
    public void read(GroupRecord record) {
        switch (record) {
            case GroupRecord.GroupDefined(GroupDefinition definition) ->
                    groups.put(definition.name(), new Defined(definition));
            case GroupRecord.GroupWithdrawn(String group) -> {
                if (group.equals(GroupDefinition.DEFAULT)) {
                    groups.remove(group);
                } else {
                    groups.put(group, new Withdrawn());
                }
            }
            case GroupRecord.ShrinkAccepted _ -> {
                // Concerns what is held back, not what the group is.
            }
        }
    }

    /** What the group {@code default} is rendered as. */
    public void rendered(ConfigRecord.Frame frame) {
        GroupDefinition standard =
                GroupDefinition.builtIn(GroupDefinition.DEFAULT, new Listen("", 80));
        builtIn =
                Optional.of(
                        new GroupDefinition(
                                standard.name(),
                                standard.selector(),
                                frame.entryPoints(),
                                frame.oldestHaproxy(),
                                standard.addressMode(),
                                standard.network(),
                                standard.defaults(),
                                frame.statistics(),
                                standard.spares(),
                                frame.accessLog()));
    }

    /** Every group by name. */
    public SortedMap<String, KnownGroup> all() {
        SortedMap<String, KnownGroup> all = new TreeMap<>(groups);
        all.putIfAbsent(GroupDefinition.DEFAULT, new BuiltIn(builtIn));
        return Collections.unmodifiableSortedMap(all);
    }
}
