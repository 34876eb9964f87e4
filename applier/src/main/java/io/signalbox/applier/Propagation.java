package io.signalbox.applier;

import io.micrometer.core.instrument.Timer;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Measures how long facts took from the engine's event to HAProxy. Owned by the loop. */
record Propagation(Metrics metrics) {
    /** Of a manifest that was just put in force, each hop and the whole way. */
    void hops(Cause cause, Accepted manifest, Instant appliedAt) {
        hop("engine", cause.dockerTime(), cause.observedAt());
        hop("publish", cause.observedAt(), cause.eventAppendedAt());
        hop("fold", cause.eventAppendedAt(), cause.stateAppendedAt());
        hop("render", cause.stateAppendedAt(), manifest.appendedAt());
        hop("receive", manifest.appendedAt(), manifest.receivedAt());
        hop("apply", manifest.receivedAt(), appliedAt);
        total(cause, appliedAt);
    }

    /** The whole way only. */
    void total(Cause cause, Instant appliedAt) {
        hop("total", cause.dockerTime(), appliedAt);
    }

    private void hop(String name, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && to != null) {
            Duration took = Duration.between(from, to);
            Timer timer =
                    metrics.timer(
                            "propagation", "From the engine's event to HAProxy.", "hop", name);
            timer.record(took.isNegative() ? Duration.ZERO : took);
        }
    }
}
