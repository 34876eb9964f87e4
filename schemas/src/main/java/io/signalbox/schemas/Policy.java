package io.signalbox.schemas;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a service is to be treated, beyond where it is and what leads to it.
 *
 * @param drain how long requests may go on at a server after its container began to stop; null when
 *     they come to their end without such a limit
 * @param balance how requests are spread over the servers; null when the group decides
 * @param timeouts how long it may keep a request waiting
 * @param retries how often a request that found no server, or a dead one, is tried again, 0 to 10;
 *     null when the group decides
 * @param sticky how clients stay with their server; null when they do not
 * @param check how HAProxy finds out whether a server works; null when the group decides
 * @param servers how HAProxy treats each server
 * @param standing what one container asks for itself as a server
 * @param http what is done to requests and responses
 */
public record Policy(
        @Nullable Duration drain,
        @Nullable Balance balance,
        Timeouts timeouts,
        @Nullable Integer retries,
        @Nullable Sticky sticky,
        @Nullable Check check,
        Servers servers,
        Standing standing,
        HttpPolicy http) {

    /** What holds where nothing is said. */
    public static final Policy NONE = new Policy(null);

    /** What {@link #isDrain} asks for, in words. */
    public static final String DRAIN_RULE =
            "a drain time is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";

    /** What {@link #isTimeout} asks for, in words. */
    public static final String TIMEOUT_RULE =
            "a time-out is a whole number of ms, s, m or h, from 1ms to 24h, such as 10s";

    /** What {@link #isRetries} asks for, in words. */
    public static final String RETRIES_RULE = "retries are a whole number from 0 to 10";

    /** What {@link Balance#of} asks for, in words. */
    public static final String BALANCE_RULE =
            "it is one of roundrobin, leastconn, first, random, source";

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST_RETRIES = 10;

    /** A policy that says no more than a drain time. */
    public Policy(@Nullable Duration drain) {
        this(drain, null, Timeouts.NONE, null);
    }

    /** A policy that says no more than how requests are spread, wait, and are tried again. */
    public Policy(
            @Nullable Duration drain,
            @Nullable Balance balance,
            Timeouts timeouts,
            @Nullable Integer retries) {
        this(
                drain,
                balance,
                timeouts,
                retries,
                null,
                null,
                Servers.NONE,
                Standing.NONE,
                HttpPolicy.NONE);
    }

    /**
     * Whether clients stay by a cookie whose value the container itself gives. Then every server of
     * the service has one of its own.
     */
    public boolean givesCookie() {
        return sticky != null && !standing.cookie().isEmpty();
    }

    /** What is said of the service, and not of one container as a server of it. */
    public Policy ofService() {
        return new Policy(
                drain, balance, timeouts, retries, sticky, check, servers, Standing.NONE, http);
    }

    /**
     * What of it holds for connections that are led as they are: nothing that HTTP is needed for.
     */
    public Policy ofConnections() {
        return new Policy(
                drain,
                balance,
                new Timeouts(null, timeouts.queue(), timeouts.tunnel()),
                retries,
                null,
                check,
                servers.ofConnections(),
                standing,
                http.ofConnections());
    }

    /** Ways to spread requests over the servers of a service. */
    public enum Balance {
        /** One after the other. */
        ROUNDROBIN,
        /** Where the fewest requests are under way. */
        LEASTCONN,
        /** All to the first. */
        FIRST,
        /** By chance. */
        RANDOM,
        /** Those of one client address to the same server. */
        SOURCE;

        /** As labels and HAProxy name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one that is named so; empty for any other word. */
        public static Optional<Balance> of(String word) {
            return Arrays.stream(values()).filter(balance -> balance.word().equals(word)).findAny();
        }
    }

    /**
     * How long a service may keep a request waiting, from 1 ms to 24 h each.
     *
     * @param server how long a server may be silent; null when the group decides
     * @param queue how long a request may wait for a server that is free; null when the group
     *     decides
     * @param tunnel how long both sides of a connection that is no longer HTTP, such as a
     *     WebSocket's, may be silent; null when the group decides
     */
    public record Timeouts(
            @Nullable Duration server, @Nullable Duration queue, @Nullable Duration tunnel) {

        /** What holds where nothing is said. */
        public static final Timeouts NONE = new Timeouts(null, null, null);
    }

    /**
     * Clients stay with their server by a cookie, whose value HAProxy makes of the server's
     * address.
     *
     * @param cookie the cookie's name; empty for the group's
     * @param secure whether browsers send it through TLS only
     */
    public record Sticky(Mode mode, String cookie, boolean secure) {

        /** Whose cookie it is. */
        public enum Mode {
            /** HAProxy's own; servers do not see it. */
            INSERT,
            /** The application's; HAProxy sets its value wherever the application sets it. */
            REWRITE,
            /** The application's; HAProxy puts the server before its value. */
            PREFIX;

            /** As labels and HAProxy name it. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            /** The one that is named so; empty for any other word. */
            public static Optional<Mode> of(String word) {
                return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findAny();
            }
        }
    }

    /**
     * HAProxy's check of each server.
     *
     * @param path what an HTTP check asks for
     * @param host the host that it names; empty for none
     * @param status what it takes for good: statuses and ranges such as {@code 200-399}; empty for
     *     200 to 399
     * @param interval between two checks; null when the group decides
     * @param fall how many failures take a server out, 1 to 100; null when the group decides
     * @param rise how many successes bring it back, 1 to 100; null when the group decides
     */
    public record Check(
            Kind kind,
            String path,
            String host,
            String status,
            @Nullable Duration interval,
            @Nullable Integer fall,
            @Nullable Integer rise) {

        /** What is tried. */
        public enum Kind {
            /** A connection. */
            TCP,
            /** A request. */
            HTTP,
            /** Nothing: a server is taken for working. */
            NONE
        }
    }

    /**
     * How HAProxy treats each server.
     *
     * @param maxConnections how many requests one server gets at a time, the others wait; null for
     *     no limit
     * @param maxQueue how many requests may wait for one server; null for no limit
     * @param slowStart how long a server that came back takes until it gets its full share; null
     *     for none
     * @param errorLimit how many errors in a row of its responses take a server out; null for none
     * @param protocol what the servers speak; null for HTTP/1.1
     * @param proxyProtocol the version of the PROXY protocol with which HAProxy tells servers the
     *     client's address, 1 or 2; null for none
     */
    public record Servers(
            @Nullable Integer maxConnections,
            @Nullable Integer maxQueue,
            @Nullable Duration slowStart,
            @Nullable Integer errorLimit,
            @Nullable Protocol protocol,
            @Nullable Integer proxyProtocol) {

        /** What holds where nothing is said. */
        public static final Servers NONE = new Servers(null, null, null, null, null, null);

        /** What of it holds for connections. */
        Servers ofConnections() {
            return new Servers(maxConnections, maxQueue, slowStart, null, null, proxyProtocol);
        }

        /** What servers speak. */
        public enum Protocol {
            /** HTTP/1.1. */
            HTTP,
            /** HTTP/2 without TLS, as gRPC servers do. */
            H2C,
            /** HTTP/1.1 over TLS, of which the certificate is not verified. */
            HTTPS,
            /** HTTP/2 over TLS, of which the certificate is not verified. */
            H2
        }
    }

    /**
     * What one container asks for itself as a server.
     *
     * @param weight its share beside the others, 0 to 256; null for 1
     * @param backup whether it gets requests only while no other server works
     * @param cookie the value of the cookie by which clients stay with it; empty where HAProxy
     *     makes one
     */
    public record Standing(@Nullable Integer weight, boolean backup, String cookie) {

        /** What leaves the value of its cookie to HAProxy. */
        public Standing(@Nullable Integer weight, boolean backup) {
            this(weight, backup, "");
        }

        /** As all others. */
        public static final Standing NONE = new Standing(null, false);
    }

    /** Whether requests may be given that time: from a millisecond to a day. */
    public static boolean isDrain(Duration time) {
        return isTime(time);
    }

    /** Whether a time-out may be that long: from a millisecond to a day. */
    public static boolean isTimeout(Duration time) {
        return isTime(time);
    }

    /** Whether a request may be tried again so often. */
    public static boolean isRetries(int retries) {
        return retries >= 0 && retries <= MOST_RETRIES;
    }

    private static boolean isTime(Duration time) {
        return time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0;
    }
}
