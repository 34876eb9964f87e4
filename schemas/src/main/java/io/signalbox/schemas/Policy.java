package io.signalbox.schemas;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a service is to be treated, beyond where it is and what leads to it.
 *
 * @param drain how long requests may go on at a server after its container began to stop; null when
 *     they come to their end without such a limit
 */
public record Policy(@Nullable Duration drain) {

    /** What holds where nothing is said. */
    public static final Policy NONE = new Policy(null);

    /** What {@link #isDrain} asks for, in words. */
    public static final String DRAIN_RULE =
            "a drain time is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";

    private static final Duration SHORTEST_DRAIN = Duration.ofMillis(1);
    private static final Duration LONGEST_DRAIN = Duration.ofHours(24);

    /** Whether requests may be given that time: from a millisecond to a day. */
    public static boolean isDrain(Duration time) {
        return time.compareTo(SHORTEST_DRAIN) >= 0 && time.compareTo(LONGEST_DRAIN) <= 0;
    }
}
