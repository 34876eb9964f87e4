package io.signalbox.schemas;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a service is to be treated, beyond where it is and what leads to it.
 *
 * @param drain how long requests may go on at a server after its container began to stop; null when
 *     they come to their end without such a limit
 * @param balance how requests are spread over the servers; null when the group decides
 * @param timeouts how long it may keep a request waiting
 * @param retries how often a request that found no server, or a dead one, is tried again, 0 to 10;
 *     null when the group decides
 */
public record Policy(
        @Nullable Duration drain,
        @Nullable Balance balance,
        Timeouts timeouts,
        @Nullable Integer retries) {

    /** What holds where nothing is said. */
    public static final Policy NONE = new Policy(null);

    /** What {@link #isDrain} asks for, in words. */
    public static final String DRAIN_RULE =
            "a drain time is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";

    /** What {@link #isTimeout} asks for, in words. */
    public static final String TIMEOUT_RULE =
            "a time-out is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";

    /** What {@link #isRetries} asks for, in words. */
    public static final String RETRIES_RULE = "retries are a whole number from 0 to 10";

    /** What {@link Balance#of} asks for, in words. */
    public static final String BALANCE_RULE =
            "it is one of roundrobin, leastconn, first, random, source";

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_RETRIES = 10;

    /** A policy that says no more than a drain time. */
    public Policy(@Nullable Duration drain) {
        this(drain, null, Timeouts.NONE, null);
    }

    /** Ways to spread requests over the servers of a service. */
    public enum Balance {
        /** One after the other. */
        ROUNDROBIN,
        /** Where the fewest requests are under way. */
        LEASTCONN,
        /** All to the first. */
        FIRST,
        /** By chance. */
        RANDOM,
        /** Those of one client address to the same server. */
        SOURCE;

        /** As labels and HAProxy name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one that is named so; empty for any other word. */
        public static Optional<Balance> of(String word) {
            return Arrays.stream(values()).filter(balance -> balance.word().equals(word)).findAny();
        }
    }

    /**
     * How long a service may keep a request waiting, from 1 ms to 24 h each.
     *
     * @param server how long a server may be silent; null when the group decides
     * @param queue how long a request may wait for a server that is free; null when the group
     *     decides
     * @param tunnel how long both sides of a connection that is no longer HTTP, such as a
     *     WebSocket's, may be silent; null when the group decides
     */
    public record Timeouts(
            @Nullable Duration server, @Nullable Duration queue, @Nullable Duration tunnel) {

        /** What holds where nothing is said. */
        public static final Timeouts NONE = new Timeouts(null, null, null);
    }

    /** Whether requests may be given that time: from a millisecond to a day. */
    public static boolean isDrain(Duration time) {
        return isTime(time);
    }

    /** Whether a time-out may be that long: from a millisecond to a day. */
    public static boolean isTimeout(Duration time) {
        return isTime(time);
    }

    /** Whether a request may be tried again so often. */
    public static boolean isRetries(int retries) {
        return retries >= 0 && retries <= MOST_RETRIES;
    }

    private static boolean isTime(Duration time) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0;
    }
}
