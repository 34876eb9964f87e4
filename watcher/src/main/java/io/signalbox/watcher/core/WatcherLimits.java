package io.signalbox.watcher.core;

import java.time.Duration;

/**
 * The numbers a watcher is run with.
 *
 * @param backlogFacts most facts that may wait for their acknowledgement
 * @param backlogBytes most bytes that may wait, by estimate
 * @param beatEvery time between beats
 * @param sessionPatience without an acknowledged beat for this long a session ends
 * @param stopGrace how long after its stop time-out a container must still run to count as staying
 * @param reconcileEvery shortest time between two full comparisons
 * @param reconcileSpread longest time that is added to it
 * @param doubtFor how long a difference without an event is looked at before it counts as drift
 * @param retryAfter wait before the engine is asked again after a failed call
 * @param parallelInspections most inspections of a snapshot under way
 */
public record WatcherLimits(
        int backlogFacts,
        long backlogBytes,
        Duration beatEvery,
        Duration sessionPatience,
        Duration stopGrace,
        Duration reconcileEvery,
        Duration reconcileSpread,
        Duration doubtFor,
        Duration retryAfter,
        int parallelInspections) {

    private static final int BACKLOG_FACTS = 10_000;
    private static final long BACKLOG_BYTES = 16L * 1024 * 1024;

    /** What holds where nothing else is set. */
    public static final WatcherLimits DEFAULT =
            new WatcherLimits(
                    BACKLOG_FACTS,
                    BACKLOG_BYTES,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    4);
}
