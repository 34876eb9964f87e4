package io.signalbox.haproxy;

import java.util.List;
import java.util.Locale;

/** Kinds of backends; spares of each kind are kept ready. */
public enum Profile {
    /** HTTP, spread over all servers. */
    PLAIN,
    /** HTTP, each client's requests to the same server. */
    STICKY,
    /** Connections; only where an entry point leads them. */
    TCP;

    /** Its name in the frame. */
    public String profileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The text of such a backend, without header and servers; it leaves all else to the frame.
     *
     * @param key what cookies are made with
     */
    public List<String> backend(Balance balance, Identifier key) {
        return switch (this) {
            case PLAIN -> BackendSettings.of(balance).lines();
            case STICKY -> BackendSettings.of(balance, Sticky.inserted(key)).lines();
            case TCP -> TcpRules.NONE.lines(BackendSettings.of(balance));
        };
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
