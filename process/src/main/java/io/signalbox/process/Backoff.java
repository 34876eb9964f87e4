package io.signalbox.process;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time, from one second to thirty, less up
 * to a fifth by chance. One thread.
 */
public final class Backoff {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double SPREAD = 0.2;

    private final DoubleSupplier jitter;
    private Duration wait = SHORTEST;

    /** A back-off whose chance comes from a supplier of numbers in [0, 1). */
    public Backoff(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    /** A back-off with chance of its own. */
    public static Backoff random() {
        return new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    }

    /** The wait before the next try. */
    public Duration next() {
        Duration full = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return full.minusNanos((long) (full.toNanos() * SPREAD * jitter.getAsDouble()));
    }

    /** After a success: begins again with the shortest wait. */
    public void reset() {
        wait = SHORTEST;
    }
}
