package io.signalbox.applier.core;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, within bounds. One owner. */
final class RetryDelay {
    private final Duration shortest;
    private final Duration longest;
    private Duration next;

    RetryDelay(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        this.next = shortest;
    }

    /** The wait before the next try. */
    Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return wait;
    }

    /** After a success: begins again with the shortest wait. */
    void reset() {
        next = shortest;
    }
}
