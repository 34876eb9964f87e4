package io.signalbox.registry.core;

import java.util.OptionalInt;

/**
 * After how many silent ticks (a tick is about a second) what is said of a host.
 *
 * @param expiredAfterTicks counted from {@code HostLost}; empty for never
 */
public record LivenessRules(
        int suspectedAfterTicks, int lostAfterTicks, OptionalInt expiredAfterTicks) {
    /** Hosts lost within this many ticks of each other count as lost together. */
    static final int MASS_LOSS_TICKS = 60;

    /** Fewer hosts than this are never a mass loss. */
    static final int MASS_LOSS_HOSTS = 3;

    /** More than one of this many hosts is a mass loss. */
    static final int MASS_LOSS_SHARE = 3;

    public LivenessRules {
        if (suspectedAfterTicks < 1 || lostAfterTicks <= suspectedAfterTicks) {
            throw new IllegalArgumentException(
                    "a host is suspected after at least one tick and lost later: %d, %d"
                            .formatted(suspectedAfterTicks, lostAfterTicks));
        }
    }
}
