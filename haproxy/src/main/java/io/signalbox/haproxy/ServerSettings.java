package io.signalbox.haproxy;

import java.time.Duration;

/**
 * How HAProxy treats a server, beyond its check.
 *
 * @param maxConnections how many requests it gets at a time; 0 for no limit
 * @param maxQueue how many requests may wait for it; 0 for no limit
 * @param slowStart until it gets its full share after it came back; zero for none
 * @param errorLimit how many errors in a row of its responses take it out, until its check is good
 *     again; 0 for none
 * @param proxyProtocol the version of the PROXY protocol that it is spoken to with; 0 for none
 * @param backup whether it gets requests only while no other server works
 * @param cookie whether it has a cookie, which HAProxy makes of its address
 * @param value the value of its cookie where that is its own; empty for none
 */
public record ServerSettings(
        int maxConnections,
        int maxQueue,
        Duration slowStart,
        int errorLimit,
        Protocol protocol,
        int proxyProtocol,
        boolean backup,
        boolean cookie,
        String value) {

    /** Nothing of it. */
    public static final ServerSettings NONE =
            new ServerSettings(0, 0, Duration.ZERO, 0, Protocol.HTTP, 0, false, false, "");

    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int MOST_ERRORS = 1_000;

    public ServerSettings {
        FrameSettings.checkRange("maxconn", maxConnections, 0, MOST_CONNECTIONS);
        FrameSettings.checkRange("maxqueue", maxQueue, 0, MOST_CONNECTIONS);
        FrameSettings.checkRange("error-limit", errorLimit, 0, MOST_ERRORS);
        FrameSettings.checkRange("version of the PROXY protocol", proxyProtocol, 0, 2);
        if (!slowStart.isZero()) {
            Timeouts.text("slowstart", slowStart);
        }
        if (!value.isEmpty()) {
            value = new Identifier(value).value();
        }
    }

    /** One whose cookie, if it has one, has no value of its own. */
    public ServerSettings(
            int maxConnections,
            int maxQueue,
            Duration slowStart,
            int errorLimit,
            Protocol protocol,
            int proxyProtocol,
            boolean backup,
            boolean cookie) {
        this(
                maxConnections,
                maxQueue,
                slowStart,
                errorLimit,
                protocol,
                proxyProtocol,
                backup,
                cookie,
                "");
    }

    /** What a server speaks. */
    public enum Protocol {
        /** HTTP/1.1. */
        HTTP(""),
        /** HTTP/2 without TLS. */
        H2C(" proto h2"),
        /** HTTP/1.1 over TLS. */
        HTTPS(" ssl verify none"),
        /** HTTP/2 over TLS. */
        H2(" ssl verify none alpn h2 check-alpn h2");

        private final String words;

        Protocol(String words) {
            this.words = words;
        }
    }

    /** What is said of a server, each word after a space. */
    String words() {
        var text = new StringBuilder();
        append(text, "maxconn", maxConnections);
        append(text, "maxqueue", maxQueue);
        if (!slowStart.isZero()) {
            text.append(" slowstart ").append(Timeouts.text("slowstart", slowStart));
        }
        if (errorLimit > 0) {
            text.append(" observe layer7 on-error mark-down");
            append(text, "error-limit", errorLimit);
        }
        text.append(protocol.words);
        text.append(
                switch (proxyProtocol) {
                    case 1 -> " send-proxy";
                    case 2 -> " send-proxy-v2";
                    default -> "";
                });
        text.append(backup ? " backup" : "");
        return text.append(value.isEmpty() ? "" : " cookie " + value).toString();
    }

    private static void append(StringBuilder text, String keyword, int value) {
        if (value > 0) {
            text.append(' ').append(keyword).append(' ').append(value);
        }
    }
}
