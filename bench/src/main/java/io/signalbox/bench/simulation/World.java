package io.signalbox.bench.simulation;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.WatcherControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the processes share: time, chance, the log, and the faults of this run. One thread. */
final class World {
    static final String GROUP = "default";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final Random random;
    final EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    final Trace trace;
    final Ledger ledger = new Ledger();
    final List<Producer> producers = new ArrayList<>();
    final SortedMap<Integer, Log<Event>> events = new TreeMap<>();
    final SortedMap<Integer, Log<ServiceState>> state = new TreeMap<>();
    final SortedMap<Integer, Log<Liveness>> liveness = new TreeMap<>();
    final Log<WatcherControl> control = new Log<>("control");
    final Log<ConfigRecord> group = new Log<>("group");
    Instant now = START;
    boolean healed;

    /** Whether state was lost and positions in it began anew. */
    boolean rebuilt;

    long injected;
    private Instant pausedUntil = Instant.MIN;
    private boolean poisonNext;

    World(long seed, boolean traced) {
        this.random = new Random(seed);
        this.trace = new Trace(traced);
    }

    void note(Supplier<String> line) {
        trace.note(() -> Duration.between(START, now).toMillis() + " " + line.get());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean in(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Whether this run has that fault, and it is not over. */
    boolean has(Fault fault) {
        return !healed && faults.contains(fault);
    }

    /** Whether it happens now. */
    boolean strikes(Fault fault, double probability) {
        boolean struck = has(fault) && in(probability);
        injected += struck ? 1 : 0;
        return struck;
    }

    /** A fault of that kind was brought about. */
    void struck() {
        injected++;
    }

    void pauseBroker(Duration time) {
        pausedUntil = now.plus(time);
        note(() -> "the broker pauses for " + time);
    }

    void endPause() {
        pausedUntil = Instant.MIN;
    }

    boolean paused() {
        return now.isBefore(pausedUntil);
    }

    /** The next records of a partition; none while the broker pauses. */
    <V> List<Log.Entry<V>> read(Log<V> log, long from, int most) {
        return paused() ? List.of() : log.read(from, most);
    }

    /** Nobody can read the next fact. */
    void poisonNext() {
        poisonNext = true;
    }

    /** A record reaches a partition. */
    <V> long append(Log<V> log, String key, @Nullable V value, String who) {
        boolean fact = value instanceof Event;
        boolean poisoned = fact && (poisonNext || strikes(Fault.POISON, 0.008));
        poisonNext &= !poisoned;
        boolean readable = !poisoned;
        long offset = land(log, key, value, who, readable);
        if ((fact || value instanceof ServiceState) && strikes(Fault.REPEATED_RECORD, 0.01)) {
            land(log, key, value, who + " (again)", readable);
        }
        return offset;
    }

    private <V> long land(Log<V> log, String key, @Nullable V value, String who, boolean readable) {
        long offset = log.append(key, value, now, readable);
        if (!(value instanceof Liveness)) {
            note(
                    () ->
                            log.name
                                    + " @"
                                    + offset
                                    + " <- "
                                    + who
                                    + ": "
                                    + key
                                    + " "
                                    + (readable ? value : "unreadable"));
        }
        if (value == null) {
            Keys.parseInstance(key).ifPresent(ledger::forgotten);
        }
        if (value instanceof Event event) {
            events.forEach(
                    (partition, known) -> {
                        if (known.equals(log)) {
                            ledger.take(partition, offset, readable ? event : null);
                        }
                    });
        }
        return offset;
    }
}
