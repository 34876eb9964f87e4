package io.signalbox.cli.replay;

import io.signalbox.cli.replay.History.Recorded;
import io.signalbox.cli.replay.History.Standing;
import io.signalbox.renderer.core.GroupRenderer;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Removed;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one manifest as history has them, beside those that were rendered again. One thread.
 */
final class Comparison {
    private final History history;
    private final GroupRenderer rendering;
    private Set<String> rendered = Set.of();
    private boolean isRaced;

    Comparison(History history, GroupRenderer rendering) {
        this.history = history;
        this.rendering = rendering;
    }

    /** What renders again. */
    GroupRenderer rendering() {
        return rendering;
    }

    /**
     * Takes the step that is to be compared.
     *
     * @param raced whether who holds a disputed route may be taken from the record, should it be
     *     another one
     */
    void step(boolean raced) {
        GroupRenderer.Step step = rendering.plan();
        if (raced && !agrees(step)) {
            rendering.settleAsRecorded(history.written().keySet(), history::recorded);
            step = rendering.plan();
            isRaced = true;
        }
        rendering.commit(step);
        rendered = step.changed().keySet();
    }

    /** Whether the record had to be asked. */
    boolean isRaced() {
        return isRaced;
    }

    /** Whether the step would come to the parts that history has. */
    private boolean agrees(GroupRenderer.Step step) {
        return step.changed().entrySet().stream()
                        .allMatch(part -> part.getValue().equals(recorded(part.getKey())))
                && history.written().entrySet().stream()
                        .filter(part -> !step.changed().containsKey(part.getKey()))
                        .allMatch(part -> isSame(part.getKey(), part.getValue()));
    }

    /**
     * Gives history the parts that the manifest has and history does not.
     *
     * @return how many there were
     */
    int fillGaps(Standing standing) {
        int gaps = 0;
        for (String name : rendered) {
            if (!recorded(name).equals(replayed(name))) {
                history.fill(name, standing, replayed(name));
                gaps++;
            }
        }
        return gaps;
    }

    /** The first difference, the records of parts before their manifest; null for none. */
    @Nullable Difference difference(Standing standing) {
        Manifest manifest = standing.manifest();
        String name = history.name(manifest);
        for (Map.Entry<String, Recorded> part : history.unproved()) {
            if (!isSame(part.getKey(), part.getValue())) {
                return history.at(
                        part.getValue().offset(),
                        "part %s of %s: %s".formatted(part.getKey(), name, first(part.getKey())));
            }
        }
        if (rendering.hash().equals(manifest.hash())) {
            return null;
        }
        String hashes =
                "%s: hash recorded %s, replayed %s; "
                        .formatted(name, manifest.hash(), rendering.hash());
        String part = differentPart();
        return history.at(
                standing.offset(),
                hashes
                        + (part == null
                                ? "all parts that history has are as replayed"
                                : "part " + part + ": " + first(part)));
    }

    private @Nullable String differentPart() {
        Set<String> names = new TreeSet<>(history.names());
        names.addAll(rendering.contents().keySet());
        return names.stream()
                .filter(name -> !recorded(name).equals(replayed(name)))
                .findFirst()
                .orElse(null);
    }

    private boolean isSame(String name, Recorded part) {
        return part.content().equals(replayed(name));
    }

    private Content replayed(String name) {
        return rendering.contents().getOrDefault(name, new Removed());
    }

    private Content recorded(String name) {
        Content recorded = history.recorded(name);
        return recorded == null ? new Removed() : recorded;
    }

    private String first(String name) {
        return Fields.firstDifference(recorded(name), replayed(name)).orElse("equal");
    }
}
