package io.signalbox.bench.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One partition of a topic. One thread. */
final class Log<V> {
    final String name;
    private List<Entry<V>> entries = new ArrayList<>();
    private long end;
    private int number;

    Log(String name) {
        this.name = name;
    }

    /**
     * One record.
     *
     * @param value null for a tombstone
     * @param readable whether anybody can read it
     */
    record Entry<V>(long offset, String key, @Nullable V value, Instant at, boolean readable) {}

    long append(String key, @Nullable V value, Instant at, boolean readable) {
        entries.add(new Entry<>(end, key, value, at, readable));
        return end++;
    }

    /** The offset after the last record. */
    long end() {
        return end;
    }

    /** What the topic is called that this partition belongs to now. */
    String topicId() {
        return name + "#" + number;
    }

    /** The next records from that offset on. */
    List<Entry<V>> read(long from, int most) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).offset() < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return List.copyOf(entries.subList(low, Math.min(entries.size(), low + most)));
    }

    /** Keeps of the older records the last of each key, and of the oldest no tombstones. */
    void compact(Instant old, Instant oldest) {
        Map<String, Long> last = new HashMap<>();
        for (Entry<V> entry : entries) {
            if (entry.at().isBefore(old)) {
                last.put(entry.key(), entry.offset());
            }
        }
        List<Entry<V>> kept = new ArrayList<>();
        for (Entry<V> entry : entries) {
            boolean young = !entry.at().isBefore(old);
            boolean buried = entry.value() == null && entry.at().isBefore(oldest);
            if (young || (last.getOrDefault(entry.key(), -1L) == entry.offset() && !buried)) {
                kept.add(entry);
            }
        }
        entries = kept;
    }

    /** Deletes the oldest records. */
    void keep(int most) {
        if (entries.size() > most) {
            entries = new ArrayList<>(entries.subList(entries.size() - most, entries.size()));
        }
    }

    /** The topic is created again, empty. */
    void recreate() {
        entries = new ArrayList<>();
        end = 0;
        number++;
    }
}
