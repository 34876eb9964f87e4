package io.signalbox.haproxy;

import java.time.Duration;
import java.util.List;

/**
 * What the frame of a configuration is made of: everything that names no service.
 *
 * @param entryPoints where HAProxy listens; at least one
 * @param retries how often a request is tried again
 * @param retryMethods methods that may be sent again after an empty answer
 * @param hardStopAfter when an old worker ends with its connections still open
 * @param maxConnections of a whole HAProxy; 0 leaves it to HAProxy
 * @param accessLog whether requests are logged as JSON lines
 */
public record FrameSettings(
        List<EntryPoint> entryPoints,
        Timeouts timeouts,
        int retries,
        List<HttpMethod> retryMethods,
        Duration hardStopAfter,
        int maxConnections,
        boolean accessLog) {

    public FrameSettings {
        entryPoints = List.copyOf(entryPoints);
        retryMethods = List.copyOf(retryMethods);
        if (entryPoints.isEmpty()) {
            throw new IllegalValue("entry points", "must be at least one", "");
        }
        checkRange("retries", retries, 0, 100);
        checkRange("connections", maxConnections, 0, 100_000_000);
        Timeouts.text("hard stop", hardStopAfter);
    }

    /** A named place where HAProxy accepts HTTP requests. */
    public record EntryPoint(Identifier name, ListenAddress listen) {

        /** The frontend's name; no backend is called so. */
        public Identifier frontend() {
            return new Identifier("in_" + name);
        }
    }

    static int checkRange(String subject, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalValue(
                    subject, "must be " + from + " to " + to, Integer.toString(value));
        }
        return value;
    }
}
