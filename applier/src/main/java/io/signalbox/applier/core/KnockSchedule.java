package io.signalbox.applier.core;

import java.time.Duration;

/**
 * When to knock again at an application that did not answer: dense at first, because that is when
 * most of them come up, then ever rarer. With many at once the pace is shared.
 */
public final class KnockSchedule {
    private static final Duration FIRST = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int SHARE = 50;
    private static final double MOST_PER_MS = 4;

    private KnockSchedule() {}

    /**
     * The pause before the next try.
     *
     * @param waited since the first try
     * @param pending how many are being knocked at
     */
    public static Duration pause(Duration waited, int pending) {
        long byAge = Math.max(FIRST.toMillis(), waited.toMillis() / SHARE);
        long byCrowd = (long) Math.ceil(pending / MOST_PER_MS);
        long ms = Math.min(Math.max(byAge, byCrowd), LONGEST.toMillis());
        return Duration.ofMillis(ms);
    }
}
