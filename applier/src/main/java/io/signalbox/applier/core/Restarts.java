package io.signalbox.applier.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an HAProxy that ended may be started again: at once, also where it had only just begun to
 * serve; but ever later where that happens several times in a row. One owner thread.
 */
final class Restarts {
    /** One that has served for so long is not waited for when it ends. */
    private static final Duration STEADY = Duration.ofSeconds(2);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final RetryDelay delay = new RetryDelay(FIRST_WAIT, LONGEST_WAIT);
    private Instant next = Instant.EPOCH;
    private @Nullable Instant runsSince;
    private boolean started;
    private boolean endedEarly;

    /** It runs. */
    void runs(Instant now) {
        started = true;
        Instant since = runsSince;
        if (since == null) {
            runsSince = now;
        } else if (!now.isBefore(since.plus(STEADY))) {
            forgive();
        }
    }

    /** It was started; whether it goes on running is seen later. */
    void started() {
        started = true;
    }

    /** It does not run: when it may be started again. */
    Instant next(Instant now) {
        if (started) {
            started = false;
            ended(now);
        }
        return next;
    }

    private void ended(Instant now) {
        Instant since = runsSince;
        runsSince = null;
        if (since != null && !now.isBefore(since.plus(STEADY))) {
            forgive();
            return;
        }
        next = endedEarly ? now.plus(delay.next()) : Instant.EPOCH;
        endedEarly = true;
    }

    /** What ended early counts no more. */
    void forgive() {
        delay.reset();
        endedEarly = false;
        next = Instant.EPOCH;
    }
}
