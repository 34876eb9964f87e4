package io.signalbox.watcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.watcher.core.Output.Matter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A watcher's meters. Safe for all threads. */
final class WatcherMetrics {
    private final Map<Class<?>, Counter> facts = new HashMap<>();
    private final Map<Matter, Counter> matters = new EnumMap<>(Matter.class);
    private final Timer engine;
    private final Timer publish;

    WatcherMetrics(Metrics metrics) {
        this.engine = metrics.propagation("engine");
        this.publish = metrics.propagation("publish");
        for (Class<?> kind : Fact.Watched.class.getPermittedSubclasses()) {
            facts.put(
                    kind,
                    metrics.counter(
                            "facts.published",
                            "Facts handed to the producer.",
                            "kind",
                            kind.getSimpleName()));
        }
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

    /** A fact was handed to the producer. */
    void published(Fact.Watched fact, @Nullable Instant dockerTime, Instant now) {
        Counter counter = facts.get(fact.getClass());
        if (counter != null) {
            counter.increment();
        }
        record(engine, dockerTime, now);
    }

    /** The broker has a fact that an event of the engine's led to. */
    void acknowledged(Event event, Instant now) {
        if (event.dockerTime() != null) {
            record(publish, event.observedAt(), now);
        }
    }

    private static void record(Timer timer, @Nullable Instant from, Instant to) {
        if (from != null && !to.isBefore(from)) {
            timer.record(Duration.between(from, to));
        }
    }
}
