package io.signalbox.applier.core;

import java.time.Duration;
import java.time.Instant;

/**
 * How often HAProxy may be reloaded: urgent reloads by a bucket of tokens, those that only refill
 * spares at long intervals, and after a failed one ever later. One thread.
 */
public final class ReloadLimit {
    private static final int BURST = 3;
    private static final Duration REFILL = Duration.ofSeconds(2);
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final Duration FIRST_PENALTY = Duration.ofSeconds(1);
    private static final Duration LONGEST_PENALTY = Duration.ofSeconds(30);

    private int tokens = BURST;
    private Instant refilled = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private Duration penalty = FIRST_PENALTY;

    /** When the next reload may happen; not after {@code now} if it may happen at once. */
    public Instant next(Instant now, boolean urgent) {
        refill(now);
        Instant byRate = urgent ? (tokens > 0 ? now : refilled.plus(REFILL)) : last.plus(CALM);
        return byRate.isAfter(notBefore) ? byRate : notBefore;
    }

    /** A reload happens. */
    public void taken(Instant now) {
        refill(now);
        tokens = Math.max(0, tokens - 1);
        last = now;
    }

    /** The last reload succeeded. */
    public void succeeded() {
        forgive();
    }

    /** What failed is no longer what is wanted: only the rate counts for the next one. */
    public void forgive() {
        penalty = FIRST_PENALTY;
        notBefore = Instant.EPOCH;
    }

    /** The last reload failed, or its configuration was refused. */
    public void failed(Instant now) {
        notBefore = now.plus(penalty);
        Duration doubled = penalty.multipliedBy(2);
        penalty = doubled.compareTo(LONGEST_PENALTY) > 0 ? LONGEST_PENALTY : doubled;
    }

    private void refill(Instant now) {
        if (tokens >= BURST || refilled.equals(Instant.EPOCH)) {
            refilled = now;
            return;
        }
        while (tokens < BURST && !refilled.plus(REFILL).isAfter(now)) {
            tokens++;
            refilled = refilled.plus(REFILL);
        }
    }
}
