package io.signalbox.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.bench.faults.LogReader.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Records that an owner sent before it died, and that arrive when another one speaks. */
final class LateRecord {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LateRecord() {}

    /**
     * Appends records of before once more, waits until the first one's key says again what it said,
     * and notes how long it did not, by the broker's time.
     *
     * @param records the first one is not the last of its key
     * @param right whether a value says what the last one of that key said
     */
    static <T> void append(
            Rig rig, RawLog raw, LogReader<T> log, List<Entry<T>> records, Predicate<T> right)
            throws IOException, InterruptedException {
        Entry<T> old = records.getFirst();
        long late = append(rig, raw, log, old);
        for (Entry<T> record : records.subList(1, records.size())) {
            append(rig, raw, log, record);
        }
        boolean mended =
                rig.await(
                        old.key() + " says again what it said",
                        PATIENCE,
                        () -> after(log, old, late).map(Entry::value).filter(right).isPresent());
        if (mended) {
            Entry<T> mending = after(log, old, late).orElseThrow();
            long appendedMs = at(log, old.partition(), late).appendedMs();
            rig.took(Duration.ofMillis(mending.appendedMs() - appendedMs));
        }
    }

    private static <T> long append(Rig rig, RawLog raw, LogReader<T> log, Entry<T> record)
            throws IOException {
        byte[] key = record.key().getBytes(UTF_8);
        rig.injected("late " + record.key().replaceFirst("/.*", ""));
        return raw.write(log.topic(), record.partition(), key, log.encode(record.value()));
    }

    /** The key's last record, if it is a later one than the late one. */
    private static <T> Optional<Entry<T>> after(LogReader<T> log, Entry<T> old, long late) {
        log.read();
        return log.last(old.partition(), old.key()).filter(last -> last.offset() > late);
    }

    private static <T> Entry<T> at(LogReader<T> log, int partition, long offset) {
        return log.last(entry -> entry.partition() == partition && entry.offset() == offset)
                .orElseThrow();
    }
}
