package io.signalbox.process;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells once that something outside is away and once that it is back, in the log and as a condition
 * of being ready. Safe for all threads.
 */
public final class Outage {
    private final Logger log;
    private final Readiness.Condition condition;
    private final InstantSource clock;
    private @Nullable Instant since;

    /** Reports about the thing that the condition is named after. */
    public Outage(Logger log, Readiness.Condition condition, InstantSource clock) {
        this.log = log;
        this.condition = condition;
        this.clock = clock;
    }

    /** It is away: the log says so the first time, the condition always names the newest cause. */
    public synchronized void away(String cause) {
        condition.fails(cause);
        if (since == null) {
            since = clock.instant();
            log.atWarn().addKeyValue("error", cause).log("{} is away", condition.name());
        }
    }

    /** It is there: the log says so if it was away. */
    public synchronized void back() {
        if (since != null) {
            Duration away = Duration.between(since, clock.instant());
            since = null;
            log.atInfo().addKeyValue("awayMs", away.toMillis()).log("{} is back", condition.name());
        }
        condition.holds();
    }

    /** Whether it is away. */
    public synchronized boolean isAway() {
        return since != null;
    }
}
