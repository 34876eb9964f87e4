package io.signalbox.watcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.Fact;
import io.signalbox.watcher.core.Output.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A watcher's meters. Safe for all threads. */
final class WatcherMetrics {
    private final Metrics metrics;
    private final Map<Class<?>, Counter> facts = new ConcurrentHashMap<>();
    private final Map<Matter, Counter> matters = new EnumMap<>(Matter.class);
    private final Timer eventToFact;
    private final Timer eventToAck;

    WatcherMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.eventToFact =
                metrics.timer("event.to.fact", "From the engine's event to the fact being sent.");
        this.eventToAck =
                metrics.timer("event.to.ack", "From the engine's event to the broker's answer.");
        for (Matter matter : Matter.values()) {
            name(matter).ifPresent(name -> matters.put(matter, metrics.counter(name[0], name[1])));
        }
    }

    private static Optional<String[]> name(Matter matter) {
        return switch (matter) {
            case SESSION_OPENED -> of("sessions", "Sessions opened.");
            case SNAPSHOT_ENDED -> of("snapshots", "Snapshots said in full.");
            case GAP -> of("gaps", "Times the engine's event stream was lost.");
            case DRIFT -> of("drift", "Differences that no event explained.");
            case INSPECTION_FAILED -> of("inspections.failed", "Inspections without an answer.");
            case SESSION_ENDED, STANDBY, ACTIVE_AGAIN -> Optional.empty();
        };
    }

    private static Optional<String[]> of(String name, String doc) {
        return Optional.of(new String[] {name, doc});
    }

    void matter(Matter matter) {
        Counter counter = matters.get(matter);
        if (counter != null) {
            counter.increment();
        }
    }

    void published(Fact fact, @Nullable Instant dockerTime, Instant now) {
        facts.computeIfAbsent(
                        fact.getClass(),
                        kind ->
                                metrics.counter(
                                        "facts.published",
                                        "Facts handed to the producer.",
                                        "kind",
                                        kind.getSimpleName()))
                .increment();
        record(eventToFact, dockerTime, now);
    }

    void acknowledged(@Nullable Instant dockerTime, Instant now) {
        record(eventToAck, dockerTime, now);
    }

    private static void record(Timer timer, @Nullable Instant from, Instant to) {
        if (from != null && !to.isBefore(from)) {
            timer.record(Duration.between(from, to));
        }
    }
}
