package io.signalbox.cli.doctor;

import java.time.Duration;

/**
 * How far another clock may be from this machine's. Nothing is decided by a machine's own clock;
 * but times that are shown, and propagation that is measured, mix those of engines, brokers and
 * readers.
 */
final class Clocks {
    private static final Duration NOTABLE = Duration.ofSeconds(1);
    private static final Duration WRONG = Duration.ofSeconds(30);
    private static final String RULE = "should be within " + NOTABLE.toSeconds() + " s";
    private static final String REMEDY = "run an NTP client (chrony, systemd-timesyncd) on both";

    private Clocks() {}

    /**
     * Judges it.
     *
     * @param ahead of this machine's clock; negative if behind
     */
    static Finding judge(String subject, Duration ahead) {
        String value =
                "%.3f s %s this machine's"
                        .formatted(
                                Math.abs(ahead.toMillis()) / 1000.0,
                                ahead.isNegative() ? "behind" : "ahead of");
        Duration away = ahead.abs();
        if (away.compareTo(WRONG) > 0) {
            return Finding.fail(subject, value, RULE, REMEDY);
        }
        return away.compareTo(NOTABLE) > 0
                ? Finding.warn(subject, value, RULE, REMEDY)
                : Finding.ok(subject, value);
    }
}
