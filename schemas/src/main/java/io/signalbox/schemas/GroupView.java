package io.signalbox.schemas;

import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Held;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of {@code proxy-configs.<group>}, the same for renderers and appliers. The rule
 * of acceptance: a record is fenced only if a claim of a higher epoch precedes it; a manifest
 * stands for the newest accepted part of each name before it; parts and manifest are in force
 * together when their hashes match. A tombstone counts only after {@code Removed}. One owner
 * thread; records are given in the order of their offsets, those of a fresh view from the topic's
 * beginning.
 */
public final class GroupView {
    /** No claim was read yet. */
    public static final long NO_EPOCH = -1;

    private static final String PART = "part/";
    private static final String MANIFEST = "manifest/";

    private final SortedMap<String, Part> parts = new TreeMap<>();
    private final ManifestHash hash = new ManifestHash();
    private final SortedSet<String> overwritten = new TreeSet<>();
    private final SortedSet<Long> manifestEpochs = new TreeSet<>();
    private final SortedMap<String, Part> changed = new TreeMap<>();
    private long claim = NO_EPOCH;
    private long nextOffset;
    private @Nullable Manifest manifest;
    private @Nullable Held held;

    /** What a record meant. */
    public sealed interface Read {}

    /** A renderer took the group over; what is of a lower epoch and follows is fenced. */
    public record ClaimRead(long epoch, String renderer) implements Read {}

    /** The part is the newest of its name, to be acted on only with a manifest. */
    public record PartRead(Part part) implements Read {}

    /**
     * A manifest that is not fenced.
     *
     * @param matches whether the accepted parts, as they stand now, are the ones it speaks of; if
     *     not, something was missed and nothing must be done
     * @param changed the parts accepted since the last manifest that matched, by name, removed ones
     *     as {@code Removed}; empty unless {@code matches}
     */
    public record ManifestRead(Manifest manifest, boolean matches, Map<String, Part> changed)
            implements Read {}

    /** The shrink guard's word that is not fenced. */
    public record HeldRead(Held held) implements Read {}

    /** A record of an older owner that came late; it changes nothing. */
    public record FencedRead(String key, long epoch, long claim) implements Read {}

    /** A tombstone; only one that follows {@code Removed} counts. */
    public record TombstoneRead(String key, boolean accepted) implements Read {}

    /**
     * Takes the next record.
     *
     * @param value null for a tombstone
     */
    public Read read(long offset, String key, @Nullable ConfigRecord value) {
        nextOffset = offset + 1;
        return switch (value) {
            case null -> tombstone(key);
            case Claim taken -> {
                claim = Math.max(claim, offset);
                yield new ClaimRead(offset, taken.renderer());
            }
            case Part part -> part.epoch() < claim ? fenced(key, part.epoch()) : part(key, part);
            case Manifest read -> {
                manifestEpochs.add(read.epoch());
                yield read.epoch() < claim ? fenced(key, read.epoch()) : manifest(key, read);
            }
            case Held read -> {
                if (read.epoch() < claim) {
                    yield fenced(key, read.epoch());
                }
                held = read;
                overwritten.remove(key);
                yield new HeldRead(read);
            }
        };
    }

    private Read part(String key, Part part) {
        parts.put(part.name(), part);
        changed.put(part.name(), part);
        overwritten.remove(key);
        if (part.content() instanceof Removed) {
            hash.remove(part.name());
        } else {
            hash.put(part.name(), PartHash.of(part.content()));
        }
        return new PartRead(part);
    }

    private Read manifest(String key, Manifest read) {
        manifest = read;
        overwritten.remove(key);
        boolean matches = hash.value().equals(read.hash());
        if (!matches) {
            return new ManifestRead(read, false, Map.of());
        }
        Map<String, Part> since = Collections.unmodifiableMap(new TreeMap<>(changed));
        changed.clear();
        return new ManifestRead(read, true, since);
    }

    private Read fenced(String key, long epoch) {
        overwritten.add(key);
        return new FencedRead(key, epoch, claim);
    }

    private Read tombstone(String key) {
        if (key.startsWith(MANIFEST)) {
            manifestEpochs.removeIf(epoch -> key.equals(MANIFEST + epoch));
            overwritten.remove(key);
            return new TombstoneRead(key, true);
        }
        if (!key.startsWith(PART)) {
            return new TombstoneRead(key, false);
        }
        String name = key.substring(PART.length());
        Part known = parts.get(name);
        boolean accepted = known == null || known.content() instanceof Removed;
        if (accepted) {
            parts.remove(name);
            overwritten.remove(key);
        } else {
            overwritten.add(key);
        }
        return new TombstoneRead(key, accepted);
    }

    /** The highest epoch claimed so far; {@link #NO_EPOCH} before the first claim. */
    public long claim() {
        return claim;
    }

    /** The offset after the last record read; 0 before the first. */
    public long nextOffset() {
        return nextOffset;
    }

    /** The accepted parts by name, removed ones as {@code Removed}; a view that changes. */
    public SortedMap<String, Part> parts() {
        return Collections.unmodifiableSortedMap(parts);
    }

    /** The hash over the accepted parts as they are now. */
    public String hash() {
        return hash.value();
    }

    /** The last accepted manifest, whether it matched or not; null before the first. */
    public @Nullable Manifest manifest() {
        return manifest;
    }

    /** The shrink guard's last accepted word; null before the first. */
    public @Nullable Held held() {
        return held;
    }

    /**
     * Keys whose last record in the log is not the accepted one: compaction would keep the wrong
     * one, so an owner writes them again.
     */
    public Set<String> overwritten() {
        return Collections.unmodifiableSortedSet(overwritten);
    }

    /** Epochs of which a manifest record stands in the topic, fenced ones included. */
    public SortedSet<Long> manifestEpochs() {
        return Collections.unmodifiableSortedSet(manifestEpochs);
    }
}
