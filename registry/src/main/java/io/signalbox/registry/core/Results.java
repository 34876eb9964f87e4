package io.signalbox.registry.core;

import io.signalbox.schemas.ApplyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The newest result of each applier. That of an applier which fell silent is kept for long, as its
 * HAProxy serves on with what the result says; but not for ever, nor without number: where appliers
 * are named after their containers, new names come without end. One thread.
 *
 * <p>Silence is counted in minutes in which the log went on, so that neither a clock that jumped
 * nor a broker that was away makes anybody silent. Only what a registry reads back at its start has
 * no such count: there silence is counted from the result. An applier that would be forgotten for
 * that is hidden at first, and shown once it beats.
 */
final class Results {
    /** So many minutes an applier may be silent: a week. */
    static final int KEPT_MINUTES = Math.toIntExact(Duration.ofDays(7).toMinutes());

    /** So many appliers of a group are known that were silent for an hour or more. */
    static final int MOST_SILENT = 1_000;

    /** So many minutes more a hidden applier has time to beat. */
    private static final int HIDDEN_MINUTES = Math.toIntExact(Duration.ofHours(1).toMinutes());

    private static final int SILENT_MINUTES = Math.toIntExact(Duration.ofHours(1).toMinutes());
    private static final Comparator<Known> LONGEST_SILENT_FIRST =
            Comparator.comparingInt(Known::silentMinutes)
                    .reversed()
                    .thenComparing(known -> known.result().appliedAt());

    private final Map<String, TreeMap<String, Known>> groups = new TreeMap<>();
    private Instant countAt = Instant.MIN;
    private int sinceForgotten;

    /**
     * What is known of one applier.
     *
     * @param silentMinutes since its result or its last beat
     */
    private record Known(ApplyResult result, int silentMinutes) {
        private Known aMinuteLater(boolean beats) {
            return new Known(result, beats ? 0 : silentMinutes + 1);
        }

        private boolean shown() {
            return silentMinutes <= KEPT_MINUTES;
        }

        private boolean kept() {
            return silentMinutes <= KEPT_MINUTES + HIDDEN_MINUTES;
        }
    }

    /**
     * The next result.
     *
     * @param silence how long its applier may have been silent since
     */
    void read(ApplyResult result, Duration silence) {
        int minutes = Math.clamp(silence.toMinutes(), 0, KEPT_MINUTES + 1);
        groups.computeIfAbsent(result.group(), _ -> new TreeMap<>())
                .put(result.applier(), new Known(result, minutes));
        if (++sinceForgotten >= MOST_SILENT) {
            forgetTooMany();
        }
    }

    /** The newest result of each applier of a group, sorted by applier. */
    List<ApplyResult> of(String group) {
        TreeMap<String, Known> appliers = groups.get(group);
        return appliers == null
                ? List.of()
                : appliers.values().stream().filter(Known::shown).map(Known::result).toList();
    }

    /**
     * Counts silence, and forgets those that are silent for too long or too many.
     *
     * @param now in the time of the log
     * @param beats whether the applier was heard of lately
     */
    void forgetSilent(Instant now, Predicate<ApplyResult> beats) {
        if (now.isBefore(countAt)) {
            return;
        }
        countAt = now.plus(Duration.ofMinutes(1));
        for (TreeMap<String, Known> appliers : groups.values()) {
            appliers.replaceAll((_, known) -> known.aMinuteLater(beats.test(known.result())));
            appliers.values().removeIf(known -> !known.kept());
        }
        forgetTooMany();
        groups.values().removeIf(Map::isEmpty);
    }

    private void forgetTooMany() {
        sinceForgotten = 0;
        for (TreeMap<String, Known> appliers : groups.values()) {
            tooMany(appliers.values()).forEach(known -> appliers.remove(known.result().applier()));
        }
    }

    private static List<Known> tooMany(Collection<Known> appliers) {
        List<Known> silent = new ArrayList<>(appliers);
        silent.removeIf(known -> known.silentMinutes() < SILENT_MINUTES);
        silent.sort(LONGEST_SILENT_FIRST);
        return silent.subList(0, Math.max(0, silent.size() - MOST_SILENT));
    }
}
