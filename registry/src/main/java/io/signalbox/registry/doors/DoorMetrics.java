package io.signalbox.registry.doors;

import io.micrometer.core.instrument.Counter;
import io.signalbox.process.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one door counts. Safe for all threads. */
final class DoorMetrics {
    private final Metrics metrics;
    private final String door;
    private final Map<String, Counter> answered = new ConcurrentHashMap<>();
    private final Map<String, Counter> refused = new ConcurrentHashMap<>();

    DoorMetrics(Metrics metrics, String door) {
        this.metrics = metrics;
        this.door = door;
    }

    void answered(int status) {
        answered.computeIfAbsent(
                        Integer.toString(status),
                        text ->
                                metrics.counter(
                                        "door.requests",
                                        "Requests that came to a door, by its answer.",
                                        "door",
                                        door,
                                        "status",
                                        text))
                .increment();
    }

    void refused(String reason) {
        refused.computeIfAbsent(
                        reason,
                        text ->
                                metrics.counter(
                                        "door.refused",
                                        "Requests that a door did not follow, by the reason.",
                                        "door",
                                        door,
                                        "reason",
                                        text))
                .increment();
    }
}
