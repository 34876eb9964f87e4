package io.signalbox.haproxy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a service's backend is made of. What it leaves open holds as the frame's
 * defaults say.
 *
 * @param balance how requests are spread
 * @param serverTimeout how long a server may be silent, 1 ms to 24 h; null as in the frame
 * @param queueTimeout how long a request may wait for a free server, 1 ms to 24 h; null as in the
 *     frame
 * @param tunnelTimeout how long both sides of a connection that is no longer HTTP may be silent, 1
 *     ms to 24 h; null as in the frame
 * @param retries how often a request is tried again, 0 to 10; null as in the frame
 * @param sticky how clients stay with their server; null when they do not
 * @param check what servers are asked for when they are checked; null for no more than a connection
 */
public record BackendSettings(
        Balance balance,
        @Nullable Duration serverTimeout,
        @Nullable Duration queueTimeout,
        @Nullable Duration tunnelTimeout,
        @Nullable Integer retries,
        @Nullable Sticky sticky,
        @Nullable HttpCheck check) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_RETRIES = 10;

    public BackendSettings {
        check("server time-out", serverTimeout);
        check("queue time-out", queueTimeout);
        check("tunnel time-out", tunnelTimeout);
        if (retries != null) {
            FrameSettings.checkRange("retries", retries, 0, MOST_RETRIES);
        }
    }

    /** A backend that leaves all but this to the frame. */
    public static BackendSettings of(Balance balance) {
        return new BackendSettings(balance, null, null, null, null, null, null);
    }

    /** One whose clients stay with their server, and that leaves all else to the frame. */
    public static BackendSettings of(Balance balance, Sticky sticky) {
        return new BackendSettings(balance, null, null, null, null, sticky, null);
    }

    /** The lines of the backend behind its header, without servers. */
    public List<String> lines() {
        var text = new ConfigWriter().line("balance " + balance.keyword());
        if (balance.hashes()) {
            text.line("hash-type consistent");
        }
        if (serverTimeout != null) {
            FrameText.timeout(text, "server", serverTimeout);
        }
        if (queueTimeout != null) {
            FrameText.timeout(text, "queue", queueTimeout);
        }
        if (tunnelTimeout != null) {
            FrameText.timeout(text, "tunnel", tunnelTimeout);
        }
        if (retries != null) {
            text.line("retries").value(retries);
        }
        if (sticky != null) {
            sticky.write(text);
        }
        if (check != null) {
            check.write(text);
        }
        return text.toLines();
    }

    private static void check(String subject, @Nullable Duration duration) {
        if (duration != null
                && (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0)) {
            throw new IllegalValue(subject, "must be 1 ms to 24 h", duration.toString());
        }
    }
}
