package io.signalbox.applier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Link;
import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an applier counts and measures of its work at HAProxy, all of it there from the start. Told
 * by the loop's thread; asked by any.
 */
final class ApplierMetrics {
    private static final List<Class<?>> ENDS =
            List.of(Ended.Serving.class, Ended.Refused.class, Ended.Failed.class);

    private final Metrics metrics;
    private final InstantSource clock;
    private final Map<String, Timer> hops = new HashMap<>();
    private final Map<How, Counter> applies = new EnumMap<>(How.class);
    private final Map<Outcome, Counter> rejects = new EnumMap<>(Outcome.class);
    private final Counter done;
    private final Counter lingering;
    private final Counter refused;
    private final Counter damped;
    private final Counter drift;
    private volatile @Nullable Instant appendedAt;
    private volatile @Nullable Instant behindSince;

    ApplierMetrics(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
        for (String hop :
                List.of("engine", "publish", "fold", "render", "receive", "apply", "total")) {
            hops.put(hop, metrics.propagation(hop));
        }
        for (How how : How.values()) {
            applies.put(how, counter("applies", "Manifests put in force.", "how", how));
        }
        for (Outcome outcome : List.of(Outcome.REJECTED, Outcome.FAILED, Outcome.INCOMPLETE)) {
            rejects.put(
                    outcome,
                    counter("rejects", "Configurations not put in force.", "outcome", outcome));
        }
        for (ReloadReason.Kind kind : ReloadReason.Kind.values()) {
            ENDS.forEach(end -> reloads(kind, end));
        }
        this.done = commands("done");
        this.lingering = commands("lingering");
        this.refused = commands("refused");
        this.damped =
                metrics.counter(
                        "damped", "Times that a server which comes and goes was held back.");
        this.drift = metrics.counter("drift", "Differences found in HAProxy and repaired.");
        metrics.gauge(
                "version.age.seconds",
                "How long ago the version in force was written to the log; 0 while none is.",
                () -> secondsSince(appendedAt));
        metrics.gauge(
                "version.behind.seconds",
                "For how long there has been a newer version than the one in force; 0 while there is none.",
                () -> secondsSince(behindSince));
    }

    private Counter counter(String name, String doc, String tag, Enum<?> value) {
        return metrics.counter(name, doc, tag, value.name().toLowerCase(Locale.ROOT));
    }

    private Counter commands(String result) {
        return metrics.counter(
                "commands", "Runtime commands, by HAProxy's answer.", "result", result);
    }

    private Counter reloads(ReloadReason.Kind reason, Class<?> end) {
        return metrics.counter(
                "reloads",
                "Starts and reloads of HAProxy, by what made them necessary.",
                "reason",
                reason.text(),
                "outcome",
                end.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private double secondsSince(@Nullable Instant then) {
        return then == null ? 0 : Math.max(0, seconds(Duration.between(then, clock.instant())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    /** Asked for at each scrape. */
    void gauge(String name, String doc, Supplier<Number> value) {
        metrics.gauge(name, doc, value);
    }

    /** A manifest is to be put in force. */
    void accepted(Accepted manifest) {
        // One that was read at a start may have been in force for months.
        behind(manifest.whole() ? manifest.receivedAt() : manifest.appendedAt());
    }

    private void behind(Instant since) {
        behindSince = behindSince == null ? since : behindSince;
    }

    /** A manifest is in force. */
    void applied(Accepted manifest, How how, Instant now) {
        count(applies.get(how));
        appendedAt = manifest.appendedAt();
        behindSince = null;
        if (!manifest.whole()) {
            manifest.manifest().causes().forEach(cause -> hops(cause, manifest, now));
        }
    }

    /** A configuration is not in force. */
    void rejected(Outcome outcome, Instant now) {
        count(rejects.get(outcome));
        if (outcome == Outcome.INCOMPLETE) {
            // All others are of a manifest that was accepted, or of the one that is in force.
            behind(now);
        }
    }

    void ended(Ended ended, ReloadReason.Kind reason) {
        reloads(reason, ended.getClass()).increment();
    }

    void commands(Link.Outcome outcome) {
        done.increment(outcome.done().size());
        lingering.increment(outcome.lingering().size());
        refused.increment(outcome.refused().size());
    }

    void damped(int servers) {
        damped.increment(servers);
    }

    void drift(int differences) {
        drift.increment(differences);
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    /** Of a manifest that was just put in force, each hop and the whole way. */
    private void hops(Cause cause, Accepted manifest, Instant appliedAt) {
        hop("engine", cause.dockerTime(), cause.observedAt());
        hop("publish", cause.observedAt(), cause.eventAppendedAt());
        hop("fold", cause.eventAppendedAt(), cause.stateAppendedAt());
        hop("render", cause.stateAppendedAt(), manifest.appendedAt());
        hop("receive", manifest.appendedAt(), manifest.receivedAt());
        hop("apply", manifest.receivedAt(), appliedAt);
        total(cause, appliedAt);
    }

    /** The whole way of a fact that is in force. */
    void total(Cause cause, Instant appliedAt) {
        hop("total", cause.dockerTime(), appliedAt);
    }

    private void hop(String name, @Nullable Instant from, @Nullable Instant to) {
        Timer timer = hops.get(name);
        if (timer != null && from != null && to != null) {
            Duration took = Duration.between(from, to);
            timer.record(took.isNegative() ? Duration.ZERO : took);
        }
    }
}
