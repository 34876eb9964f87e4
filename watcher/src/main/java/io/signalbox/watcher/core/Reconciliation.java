package io.signalbox.watcher.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The periodic look at everything: when it is due and how far it got. Its pauses differ from host
 * to host and from time to time by a hash, so that fleets do not march in step. Owned by {@link
 * WatcherCore}.
 */
final class Reconciliation {
    private static final int STEPS = 1_000;
    private static final int MIX = 0x9E3779B9;

    private final WatcherLimits limits;
    private int chance;
    private Instant dueAt = Instant.MAX;
    private boolean listing;
    private @Nullable Queue<String> left;
    private @Nullable String underWay;

    Reconciliation(String host, WatcherLimits limits) {
        this.limits = limits;
        this.chance = host.hashCode();
    }

    void stop() {
        dueAt = Instant.MAX;
        listing = false;
        left = null;
        underWay = null;
    }

    boolean due(Instant now) {
        return !now.isBefore(dueAt);
    }

    Instant dueAt() {
        return dueAt;
    }

    void begin() {
        stop();
        listing = true;
    }

    boolean listing() {
        return listing;
    }

    void listed(Collection<String> containers) {
        listing = false;
        left = new ArrayDeque<>(containers);
    }

    /** The next container to look at; null when there is none left. */
    @Nullable String next() {
        underWay = left == null ? null : left.poll();
        return underWay;
    }

    /** Whether this was the answer that it waited for. */
    boolean answered(String container) {
        return container.equals(underWay);
    }

    /** It is over, however it went: the next one is due after a pause. */
    void ended(Instant now) {
        stop();
        chance = (chance + 1) * MIX;
        Duration spread =
                limits.reconcileSpread()
                        .multipliedBy(Math.floorMod(chance >>> 8, STEPS))
                        .dividedBy(STEPS);
        dueAt = now.plus(limits.reconcileEvery()).plus(spread);
    }
}
