package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.Version;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.GroupView.ManifestRead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the group's topic and says when there is something to act on: never before the end that was
 * found at the (re-)start of reading, never a manifest lower than the one applied, and never one
 * that a newer one follows, whether its parts are there or not. When the parts read do not match,
 * the topic is read once more from its beginning, and if that does not help, it is called
 * incomplete. One owner thread.
 */
public final class ConfigReading {
    /** How long a manifest may stand unmatched: its owner repairs most of it within that time. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private GroupView view = new GroupView();
    private final Map<String, Part> changed = new TreeMap<>();
    private List<Cause> sinceTaken = List.of();
    private @Nullable Candidate candidate;
    private @Nullable Manifest unmatched;
    private Instant unmatchedSince = Instant.EPOCH;
    private boolean fresh = true;
    private boolean atEnd;
    private boolean readAgain;
    private boolean saidIncomplete;

    /**
     * A manifest to act on.
     *
     * @param parts those accepted since the last one acted on, or all if {@code whole}
     * @param whole whether everything known from the log before is superseded
     */
    public record Accepted(
            Manifest manifest,
            Instant appendedAt,
            Instant receivedAt,
            Map<String, Part> parts,
            boolean whole) {
        public Accepted {
            parts = Map.copyOf(parts);
        }

        /** Its version. */
        public Version version() {
            return new Version(manifest.epoch(), manifest.generation());
        }
    }

    /** What to do about parts that match no manifest. */
    public enum Remedy {
        /** Nothing is wrong, or it may pass. */
        NONE,
        /** Read the topic once more from its beginning. */
        READ_AGAIN,
        /** Reading again did not help: say so, once, and keep serving. */
        SAY_INCOMPLETE
    }

    private record Candidate(Manifest manifest, Instant appendedAt, Instant receivedAt) {}

    /** Reading begins from the topic's first record, with nothing known. */
    public void begin() {
        view = new GroupView();
        changed.clear();
        sinceTaken = List.of();
        candidate = null;
        unmatched = null;
        fresh = true;
        atEnd = false;
    }

    /** The end that was found when reading began is reached. */
    public void reachedEnd() {
        atEnd = true;
    }

    /** Whether that end is reached. */
    public boolean atEnd() {
        return atEnd;
    }

    /**
     * Takes the next record.
     *
     * @param value null for a tombstone
     */
    public void read(
            long offset,
            String key,
            @Nullable ConfigRecord value,
            Instant appendedAt,
            Instant receivedAt) {
        if (view.read(offset, key, value)
                instanceof
                ManifestRead(Manifest manifest, boolean matches, Map<String, Part> parts)) {
            if (!fresh) {
                sinceTaken = manifest.after(sinceTaken).causes();
            }
            if (matches) {
                changed.putAll(parts);
                candidate = new Candidate(manifest, appendedAt, receivedAt);
                unmatched = null;
                readAgain = false;
                saidIncomplete = false;
            } else {
                // Whatever stands before it is older, and may be by months after compaction.
                candidate = null;
                unmatchedSince = unmatched == null ? receivedAt : unmatchedSince;
                unmatched = manifest;
            }
        }
    }

    /**
     * The newest manifest to act on, once; what led to those that it supersedes is among its
     * causes.
     *
     * @param applied the version in force; a lower one is passed over
     */
    public Optional<Accepted> take(Version applied) {
        Candidate newest = candidate;
        if (newest == null || !atEnd) {
            return Optional.empty();
        }
        candidate = null;
        Accepted accepted =
                new Accepted(
                        newest.manifest().after(sinceTaken),
                        newest.appendedAt(),
                        newest.receivedAt(),
                        changed,
                        fresh);
        if (accepted.version().compareTo(applied) < 0) {
            return Optional.empty();
        }
        changed.clear();
        sinceTaken = List.of();
        fresh = false;
        return Optional.of(accepted);
    }

    /** What to do now about parts that match no manifest. */
    public Remedy remedy(Instant now) {
        if (!atEnd || unmatched == null || now.isBefore(unmatchedSince.plus(PATIENCE))) {
            return Remedy.NONE;
        }
        if (!readAgain) {
            readAgain = true;
            return Remedy.READ_AGAIN;
        }
        if (!saidIncomplete) {
            saidIncomplete = true;
            return Remedy.SAY_INCOMPLETE;
        }
        return Remedy.NONE;
    }

    /** The manifest that the parts do not match; null if they match. */
    public @Nullable Manifest unmatched() {
        return unmatched;
    }
}
