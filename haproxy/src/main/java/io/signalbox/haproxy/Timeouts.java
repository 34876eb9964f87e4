package io.signalbox.haproxy;

import java.time.Duration;

/**
 * HAProxy's time-outs, each 1 ms to 24 days.
 *
 * @param httpRequest until a request's headers are complete
 * @param keepAlive between two requests of a connection
 */
public record Timeouts(
        Duration connect,
        Duration client,
        Duration server,
        Duration queue,
        Duration httpRequest,
        Duration keepAlive) {

    private static final long MAX_MS = Integer.MAX_VALUE;

    public Timeouts {
        text("connect time-out", connect);
        text("client time-out", client);
        text("server time-out", server);
        text("queue time-out", queue);
        text("request time-out", httpRequest);
        text("keep-alive time-out", keepAlive);
    }

    /** In HAProxy's notation, such as {@code 5s}. */
    static String text(String subject, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0
                || duration.compareTo(Duration.ofMillis(MAX_MS)) > 0) {
            throw new IllegalValue(subject, "must be 1 ms to 24 days", duration.toString());
        }
        var ms = duration.toMillis();
        if (ms % 60_000 == 0) {
            return ms / 60_000 + "m";
        }
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
