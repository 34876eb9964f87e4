package io.signalbox.cli.replay;

import io.signalbox.renderer.core.GroupCatalogue;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.GroupRecord.ShrinkAccepted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code proxy-groups} says of one group up to a position. One thread. */
final class Definitions implements AutoCloseable {
    private static final Listen ANYWHERE = new Listen("", 80);

    private final String group;
    private final Feed<GroupRecord> feed;
    private final GroupCatalogue catalogue =
            new GroupCatalogue(1, GroupDefinition.builtIn("", ANYWHERE));
    private long position;

    /**
     * What was read.
     *
     * @param definition null when the group is not defined
     * @param defined whether a definition was among it
     * @param words what the operator let pass
     */
    record Read(
            @Nullable GroupDefinition definition, boolean defined, List<ShrinkAccepted> words) {}

    Definitions(String group, Feed<GroupRecord> feed) {
        this.group = group;
        this.feed = feed;
    }

    /**
     * Reads on to a position of the group's partition.
     *
     * @param recorded finds the parts that were recorded, for where the built-in group listens
     */
    Read readTo(long end, Function<String, @Nullable Content> recorded) {
        List<ShrinkAccepted> words = new ArrayList<>();
        boolean defined = false;
        for (var entry = feed.peek(); entry != null && entry.offset() < end; entry = feed.peek()) {
            feed.advance();
            if (entry.value() instanceof Decoded.Value<GroupRecord>(GroupRecord record)) {
                catalogue.read(0, entry.offset(), record);
                if (record.group().equals(group)) {
                    if (record instanceof ShrinkAccepted word) {
                        words.add(word);
                    } else {
                        defined = true;
                    }
                }
            }
        }
        position = end;
        GroupDefinition definition = catalogue.definition(group).orElseGet(() -> builtIn(recorded));
        return new Read(definition, defined, words);
    }

    private @Nullable GroupDefinition builtIn(Function<String, @Nullable Content> recorded) {
        if (!group.equals(GroupDefinition.DEFAULT)) {
            return null;
        }
        Listen listen =
                recorded.apply(GroupRenderer.FRAME) instanceof ConfigRecord.Frame frame
                                && !frame.entryPoints().isEmpty()
                        ? frame.entryPoints().getFirst().listen()
                        : ANYWHERE;
        return GroupDefinition.builtIn(group, listen);
    }

    /** The first offset that was not read. */
    long position() {
        return position;
    }

    @Override
    public void close() {
        feed.close();
    }
}
