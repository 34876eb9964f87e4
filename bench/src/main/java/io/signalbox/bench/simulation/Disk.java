package io.signalbox.bench.simulation;

import io.signalbox.applier.core.disk.LastKnownGood;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.disk.SavedText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The configurations beside one HAProxy; what was written last may be torn. One thread. */
final class Disk {
    private final TreeMap<Long, byte[]> files = new TreeMap<>();
    private long number;
    private Optional<Long> current = Optional.empty();

    /** Writes one; nothing refers to it yet. */
    long write(Saved saved) {
        number++;
        files.put(number, SavedText.encode(saved));
        return number;
    }

    /** HAProxy is started with that one from here on; only those in use and the last one stay. */
    void turn(long file, Set<Long> inUse) {
        long before = current.orElse(file);
        current = Optional.of(file);
        files.keySet()
                .removeIf(known -> known != file && known != before && !inUse.contains(known));
    }

    void discard(long file) {
        files.remove(file);
    }

    /** What lies there; empty if it is not whole. */
    Optional<Saved> read(long file) {
        byte[] bytes = files.get(file);
        return bytes == null ? Optional.empty() : SavedText.decode(bytes);
    }

    Optional<Long> current() {
        return current;
    }

    Optional<Long> lastKnownGood() {
        return LastKnownGood.choose(
                current, List.copyOf(files.descendingKeySet()), file -> read(file).isPresent());
    }

    /** Whether one lies there that is whole, by its own look. */
    boolean holdsAny() {
        return files.values().stream().anyMatch(bytes -> SavedText.decode(bytes).isPresent());
    }

    /** The one written last is cut short, if there is another one. */
    boolean tear() {
        if (files.size() < 2) {
            return false;
        }
        byte[] bytes = files.lastEntry().getValue();
        files.put(files.lastKey(), Arrays.copyOf(bytes, bytes.length / 2));
        return true;
    }
}
