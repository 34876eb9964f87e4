package io.signalbox.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a replay has counted so far. One thread. */
public final class Tally {
    /** Facts that were folded. */
    long facts;

    /** Records of {@code container-events} that nobody can read; they change nothing. */
    long unreadableFacts;

    /** All records read. */
    long records;

    /** Entries and hosts of {@code service-state} that are as they follow from the facts. */
    long entries;

    /** Entries of {@code service-state} written after their partition's last checkpoint. */
    long aheadOfCheckpoint;

    /** Manifests that were rendered again with the same hash. */
    long manifests;

    /** Of these, manifests in which a race over a disputed route was taken from the record. */
    long races;

    /** Parts that their manifest has, but of which history has no copy. */
    long gaps;

    /** Manifests that were not compared, by the reason. */
    private final SortedMap<String, Passed> passed = new TreeMap<>();

    private record Passed(long count, Difference first) {}

    /** The manifest at this place cannot be compared, for a reason that is no difference. */
    void pass(String reason, Difference place) {
        passed.merge(
                reason,
                new Passed(1, place),
                (before, _) -> new Passed(before.count() + 1, before.first()));
    }

    /** How many facts were folded. */
    public long facts() {
        return facts;
    }

    /** How many manifests were rendered again with the same hash. */
    public long manifests() {
        return manifests;
    }

    /** How many entries of {@code service-state} are as they follow from the facts. */
    public long entries() {
        return entries;
    }

    /** How many records were read. */
    public long records() {
        return records;
    }

    /** In how many manifests a race over a disputed route was taken from the record. */
    public long races() {
        return races;
    }

    /** How many parts have no copy in history. */
    public long gaps() {
        return gaps;
    }

    /** For people: what was compared. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%,d facts, %,d entries of service-state, %,d manifests",
                facts,
                entries,
                manifests);
    }

    /** How many manifests were not compared. */
    public long notCompared() {
        return passed.values().stream().mapToLong(Passed::count).sum();
    }

    /** For people: one line for each kind of thing that was not compared, or is worth a look. */
    public List<String> remarks() {
        List<String> lines = new ArrayList<>();
        passed.forEach(
                (reason, manifests) ->
                        lines.add(
                                "not compared: %d manifests %s, the first at %s"
                                        .formatted(
                                                manifests.count(),
                                                reason,
                                                manifests.first().line())));
        if (aheadOfCheckpoint > 0) {
            lines.add(
                    "not compared: %d entries of service-state written after the last checkpoint"
                            .formatted(aheadOfCheckpoint));
        }
        if (unreadableFacts > 0) {
            lines.add(
                    "%d records of container-events cannot be read and change nothing"
                            .formatted(unreadableFacts));
        }
        if (gaps > 0) {
            lines.add("%d parts have no copy in config-history".formatted(gaps));
        }
        if (races > 0) {
            lines.add(
                    "%d manifests settled a disputed route by the order in which partitions were read; that was taken from them"
                            .formatted(races));
        }
        return lines;
    }
}
