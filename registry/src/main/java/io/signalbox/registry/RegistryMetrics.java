package io.signalbox.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.signalbox.process.Metrics;
import io.signalbox.registry.core.Signal;
import io.signalbox.schemas.ServiceState.Host;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What the registry counts. Safe for all threads. */
final class RegistryMetrics {
    final Counter facts;
    final Counter outputs;
    final Counter checkpoints;
    final Counter rebuilt;
    final Counter repaired;
    final Counter unreadable;
    private final Timer fold;
    private final Counter zombies;
    private final Counter repeats;
    private final Counter gaps;
    private final Counter drifts;
    private final Counter unknown;
    private final Counter resyncs;
    private final Counter refused;
    private final Counter rejections;

    RegistryMetrics(Metrics metrics) {
        facts = metrics.counter("facts.folded", "Facts folded.");
        outputs = metrics.counter("state.written", "Records of service-state written.");
        checkpoints = metrics.counter("checkpoints", "Checkpoints written.");
        rebuilt = metrics.counter("partitions.rebuilt", "Partitions taken over or rebuilt.");
        repaired =
                metrics.counter("state.repaired", "Records written again over those of a zombie.");
        unreadable = metrics.counter("unreadable", "Records that could not be read.");
        fold = metrics.propagation("fold");
        zombies = metrics.counter("zombies", "Facts of older sessions, ignored.");
        repeats = metrics.counter("repeats", "Facts that had been folded, ignored.");
        gaps = metrics.counter("gaps", "Gaps that watchers reported.");
        drifts = metrics.counter("drift", "Differences that watchers found by listing.");
        unknown = metrics.counter("unknown.facts", "Facts that this version does not know.");
        resyncs = metrics.counter("resyncs", "Sessions that were asked for a new snapshot.");
        refused = metrics.counter("sessions.refused", "Sessions of another engine, refused.");
        rejections = metrics.counter("rejects", "Labels that are not followed, each once.");
    }

    /** What is asked at each scrape. */
    static void gauges(Metrics metrics, Supplier<RegistryStatus> status) {
        metrics.gauge(
                "partitions.folding",
                "Partitions folded here.",
                () -> status.get().folding().size());
        metrics.gauge(
                "partitions.refused",
                "Partitions that must not be folded.",
                () -> status.get().refused().size());
        metrics.gauge(
                "mass.loss",
                "1 while too many hosts are silent at once.",
                () -> status.get().massLoss().isPresent() ? 1 : 0);
        for (Host.Status one : Host.Status.values()) {
            metrics.gauge(
                    "hosts",
                    "Hosts by status.",
                    () -> status.get().hosts().getOrDefault(one, 0),
                    "status",
                    one.name().toLowerCase(Locale.ROOT));
        }
    }

    void count(Signal signal) {
        switch (signal) {
            case Signal.ZombieFact _ -> zombies.increment();
            case Signal.RepeatedFact _ -> repeats.increment();
            case Signal.GapNoted _ -> gaps.increment();
            case Signal.DriftNoted _ -> drifts.increment();
            case Signal.UnknownFact _ -> unknown.increment();
            case Signal.ResyncWanted _ -> resyncs.increment();
            case Signal.SessionRefused _ -> refused.increment();
            case Signal.RejectionShown _ -> rejections.increment();
            case Signal.SessionCurrent _, Signal.StatusChanged _ -> {}
        }
    }

    void written(Duration sinceFact) {
        outputs.increment();
        if (!sinceFact.isNegative()) {
            fold.record(sinceFact);
        }
    }
}
