package io.signalbox.cli.replay;

import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.GroupRecord.ShrinkAccepted;
import io.signalbox.schemas.GroupView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code config-history} says of one group, manifest by manifest: what stood before one, and
 * what was written with it. It holds the group's parts as they are, and for the last steps what
 * they changed.
 *
 * <p>An owner writes its copies in order, but two owners' copies may be mixed: what comes of an
 * epoch below one that was already seen is late, and nothing is concluded from it. One thread.
 */
final class History {
    private static final int MOST_UNDOES = 64;

    private final String group;
    private final int partition;
    private final Feed<ConfigRecord> feed;
    private final Tally tally;
    private final SortedMap<String, Recorded> before = new TreeMap<>();
    private final SortedMap<String, Recorded> with = new TreeMap<>();
    private final Deque<Map<String, Optional<Recorded>>> undoes = new ArrayDeque<>();
    private final List<Held> said = new ArrayList<>();
    private final SortedSet<String> unproved = new TreeSet<>();
    private boolean proved;
    private long epoch = GroupView.NO_EPOCH;
    private @Nullable Held held;

    /** A part as history has it. */
    record Recorded(long offset, long epoch, long generation, Content content) {}

    /** A manifest and its offset. */
    record Standing(long offset, Manifest manifest, Instant appendedAt) {}

    History(String group, int partition, Feed<ConfigRecord> feed, Tally tally) {
        this.group = group;
        this.partition = partition;
        this.feed = feed;
        this.tally = tally;
    }

    /**
     * The next manifest that is not late; null at the end.
     *
     * @throws Difference.Found when a record cannot be read
     */
    @Nullable Standing next() throws Difference.Found {
        settle();
        for (var entry = feed.next(); entry != null; entry = feed.next()) {
            tally.records++;
            ConfigRecord record = read(entry);
            if (record instanceof Manifest manifest) {
                if (manifest.epoch() >= epoch) {
                    enter(manifest.epoch());
                    return new Standing(entry.offset(), manifest, entry.appendedAt());
                }
                tally.pass("of owners that had been overtaken", at(entry.offset(), name(manifest)));
            } else if (record instanceof Part part && part.epoch() >= epoch) {
                enter(part.epoch());
                with.put(
                        part.name(),
                        new Recorded(
                                entry.offset(), part.epoch(), part.generation(), part.content()));
            } else if (record instanceof Held word && word.epoch() >= epoch) {
                said.add(word);
            }
        }
        return null;
    }

    private ConfigRecord read(Feed.Entry<ConfigRecord> entry) throws Difference.Found {
        return switch (entry.value()) {
            case Decoded.Value<ConfigRecord>(ConfigRecord record) -> record;
            case Decoded.Tombstone<ConfigRecord> _ ->
                    throw new Difference.Found(at(entry.offset(), "it has no value"));
            case Decoded.Poison<ConfigRecord>(String reason) ->
                    throw new Difference.Found(at(entry.offset(), "it cannot be read: " + reason));
        };
    }

    /** Parts that an owner wrote and never made a manifest of stand before the next owner. */
    private void enter(long next) {
        if (next > epoch) {
            settle();
            epoch = next;
        }
    }

    private void settle() {
        if (!with.isEmpty()) {
            Map<String, Optional<Recorded>> undo = new TreeMap<>();
            with.keySet().forEach(name -> undo.put(name, Optional.ofNullable(before.get(name))));
            undoes.addFirst(undo);
            if (undoes.size() > MOST_UNDOES) {
                undoes.removeLast();
            }
        }
        with.forEach(
                (name, part) -> {
                    if (part.content() instanceof Removed) {
                        before.remove(name);
                    } else {
                        before.put(name, part);
                    }
                    if (!proved) {
                        unproved.add(name);
                    }
                });
        with.clear();
        proved = false;
        if (!said.isEmpty()) {
            held = said.getLast();
            said.clear();
        }
    }

    /** What was written since the manifest before, by part name. */
    Map<String, Recorded> written() {
        return with;
    }

    /** Parts that no manifest has proved yet, those just written included, in order of offsets. */
    List<Map.Entry<String, Recorded>> unproved() {
        List<Map.Entry<String, Recorded>> parts = new ArrayList<>(with.entrySet());
        for (String name : unproved) {
            Recorded part = with.containsKey(name) ? null : before.get(name);
            if (part != null) {
                parts.add(Map.entry(name, part));
            }
        }
        parts.sort(Comparator.comparingLong(part -> part.getValue().offset()));
        return parts;
    }

    /** For how many steps of the owner before it is still known what they changed. */
    int undoable() {
        return undoes.size();
    }

    /**
     * The parts as they stood before the manifest, as a new owner would have found them.
     *
     * @param fenced how many of the last steps before it came too late, so that they do not count
     */
    Map<String, Part> published(int fenced) {
        Map<String, Recorded> accepted = new TreeMap<>(before);
        undoes.stream()
                .limit(fenced)
                .forEach(
                        undo ->
                                undo.forEach(
                                        (name, part) ->
                                                part.ifPresentOrElse(
                                                        one -> accepted.put(name, one),
                                                        () -> accepted.remove(name))));
        Map<String, Part> parts = new TreeMap<>();
        accepted.forEach(
                (name, part) ->
                        parts.put(
                                name,
                                new Part(name, part.epoch(), part.generation(), part.content())));
        return parts;
    }

    /** A part as it stands with the manifest; null where history knows nothing of it. */
    @Nullable Content recorded(String part) {
        Recorded now = with.getOrDefault(part, before.get(part));
        return now == null ? null : now.content();
    }

    /** The names of all parts that history knows with the manifest. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(with.keySet());
        return names;
    }

    /** The manifest was rendered again: what stands with it is proved. */
    void prove() {
        unproved.clear();
        proved = true;
    }

    /** A part that the manifest has and history does not, as it was rendered again. */
    void fill(String name, Standing standing, Content content) {
        Manifest manifest = standing.manifest();
        with.put(
                name,
                new Recorded(standing.offset(), manifest.epoch(), manifest.generation(), content));
    }

    /** Whether the operator's word lets pass what was held back before this manifest. */
    boolean answers(ShrinkAccepted word, Manifest manifest) {
        Held last = held;
        for (Held one : said) {
            if (one.epoch() < manifest.epoch() || one.generation() < manifest.generation()) {
                last = one;
            }
        }
        return GroupOwner.answers(word, last);
    }

    /** Ends the reading. */
    void close() {
        feed.close();
    }

    /** A place in the group's history. */
    Difference at(long offset, String what) {
        return new Difference("config-history", partition, offset, what);
    }

    /** How a manifest is called. */
    String name(Manifest manifest) {
        return "manifest %d/%d of group %s"
                .formatted(manifest.epoch(), manifest.generation(), group);
    }
}
