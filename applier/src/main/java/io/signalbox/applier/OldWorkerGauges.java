package io.signalbox.applier;

import io.signalbox.applier.Haproxy.OldWorkers;
import io.signalbox.process.Metrics;
import java.time.Duration;

/**
 * Counts the workers that reloads replaced and that still finish their connections. The thread in
 * {@link #run} asks, so that no scrape ever waits for HAProxy.
 */
final class OldWorkerGauges {
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final Haproxy haproxy;
    private volatile OldWorkers last = OldWorkers.NONE;

    OldWorkerGauges(Haproxy haproxy, Metrics metrics) {
        this.haproxy = haproxy;
        metrics.gauge("old.workers", "Old workers that finish their requests.", () -> last.count());
        metrics.gauge(
                "old.workers.age.seconds",
                "How long the first started of the old workers has run.",
                () -> last.oldest().toSeconds());
    }

    /** Asks every other second until the thread is interrupted. */
    void run() throws InterruptedException {
        while (true) {
            last = haproxy.oldWorkers().orElse(OldWorkers.NONE);
            Thread.sleep(PERIOD);
        }
    }
}
