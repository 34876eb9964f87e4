package io.signalbox.renderer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.signalbox.process.Metrics;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** The renderer's meters. Safe for all threads. */
final class RendererMetrics {
    private final Counter parts;
    private final Counter manifests;
    private final Counter takeOvers;
    private final Counter poison;
    private final Timer propagation;
    private final AtomicInteger owned = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger unrendered = new AtomicInteger();

    RendererMetrics(Metrics metrics) {
        parts = metrics.counter("parts", "Parts written.");
        manifests = metrics.counter("manifests", "Manifests written.");
        takeOvers = metrics.counter("take.overs", "Times a group was taken over.");
        poison = metrics.counter("unreadable", "Records that could not be read.");
        propagation = metrics.propagation("render");
        metrics.gauge("groups.owned", "Groups that this renderer writes.", owned::get);
        metrics.gauge("servers.held", "Servers the shrink guard keeps in place.", held::get);
        metrics.gauge("parts.unrendered", "Parts that could not be rendered.", unrendered::get);
    }

    void wrote(ConfigRecord record, Instant now) {
        switch (record) {
            case ConfigRecord.Part _ -> parts.increment();
            case ConfigRecord.Manifest manifest -> {
                manifests.increment();
                manifest.causes().forEach(cause -> took(cause, now));
            }
            case ConfigRecord.Claim _ -> takeOvers.increment();
            case ConfigRecord.Held _ -> {
                // Counted as the gauge of held servers.
            }
        }
    }

    private void took(Cause cause, Instant now) {
        Instant since = cause.stateAppendedAt();
        if (since != null) {
            Duration took = Duration.between(since, now);
            propagation.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    void unreadable() {
        poison.increment();
    }

    void status(int ownedGroups, int heldServers, int unrenderedParts) {
        owned.set(ownedGroups);
        held.set(heldServers);
        unrendered.set(unrenderedParts);
    }
}
