package io.signalbox.registry.doors;

import io.micrometer.core.instrument.Counter;
import io.signalbox.process.Metrics;
import io.signalbox.registry.core.doors.Problem;

/** What one door counts. Safe for all threads. */
final class DoorMetrics {
    private final Metrics metrics;
    private final String door;

    DoorMetrics(Metrics metrics, String door) {
        this.metrics = metrics;
        this.door = door;
        requests(200);
        refusals(Problem.BAD_REQUEST);
    }

    void answered(int status) {
        requests(status).increment();
    }

    void refused(String reason) {
        refusals(reason).increment();
    }

    private Counter requests(int status) {
        return metrics.counter(
                "door.requests",
                "Requests that came to a door, by its answer.",
                "door",
                door,
                "status",
                Integer.toString(status));
    }

    private Counter refusals(String reason) {
        return metrics.counter(
                "door.refused",
                "Requests that a door did not follow, by the reason.",
                "door",
                door,
                "reason",
                reason);
    }
}
