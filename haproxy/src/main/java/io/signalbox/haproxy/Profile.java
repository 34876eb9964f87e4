package io.signalbox.haproxy;

import java.util.List;
import java.util.Locale;

/** Kinds of backends; spares of each kind are kept ready. */
public enum Profile {
    /** HTTP, spread over all servers. */
    PLAIN;

    /** Its name in the frame. */
    public String profileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The text of such a backend, without header and servers. */
    public List<String> backend(BackendSettings settings) {
        return settings.lines();
    }

    /** The text of one that leaves all but this to the frame, as spare backends do. */
    public List<String> backend(Balance balance) {
        return backend(BackendSettings.of(balance));
    }

    /**
     * The name of a spare backend.
     *
     * @param number counted from 1
     */
    public static Identifier spare(String profileName, int number) {
        FrameSettings.checkRange("spare", number, 1, 999_999);
        return new Identifier(
                "spare_" + profileName + "_" + String.format(Locale.ROOT, "%03d", number));
    }
}
