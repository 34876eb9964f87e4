package io.signalbox.haproxy;

import java.time.Duration;

/**
 * HAProxy's own check of a server.
 *
 * @param interval between two checks; zero for no check
 * @param fall how many failed checks in a row take the server out
 * @param rise how many good ones bring it back
 */
public record CheckSettings(Duration interval, int fall, int rise) {

    /** No check at all. */
    public static final CheckSettings NONE = new CheckSettings(Duration.ZERO, 1, 1);

    public CheckSettings {
        if (!interval.isZero()) {
            Timeouts.text("check interval", interval);
        }
        FrameSettings.checkRange("fall", fall, 1, 1000);
        FrameSettings.checkRange("rise", rise, 1, 1000);
    }

    /** Whether servers are checked. */
    public boolean enabled() {
        return !interval.isZero();
    }
}
