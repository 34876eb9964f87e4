package io.signalbox.renderer.core;

import java.time.Duration;
import java.time.Instant;

/** Lets so many things pass a second, and a few at once after a calm. One owner thread. */
public final class TokenBucket {
    private final long nanosPerToken;
    private final int burst;
    private Instant fullAt = Instant.MIN;

    /** A full bucket. */
    public TokenBucket(int perSecond, int burst) {
        this.nanosPerToken = Duration.ofSeconds(1).toNanos() / perSecond;
        this.burst = burst;
    }

    /** Takes a token if there is one. */
    public boolean take(Instant now) {
        if (readyAt().isAfter(now)) {
            return false;
        }
        spend(now);
        return true;
    }

    /** Takes a token whether there is one or not; what is owed at most is one burst. */
    public void spend(Instant now) {
        Instant from = fullAt.isBefore(now) ? now : fullAt;
        Instant limit = now.plusNanos(2L * burst * nanosPerToken);
        Instant next = from.plusNanos(nanosPerToken);
        fullAt = next.isAfter(limit) ? limit : next;
    }

    /** From when on there is a token. */
    public Instant readyAt() {
        return fullAt.equals(Instant.MIN)
                ? Instant.MIN
                : fullAt.minusNanos((burst - 1) * nanosPerToken);
    }
}
