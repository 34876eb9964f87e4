package io.signalbox.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of HAProxy instances with the same configuration.
 *
 * @param entryPoints where HAProxy listens; at least one
 * @param oldestHaproxy the oldest HAProxy version to write for, such as {@code 2.6}
 * @param network the network whose address is preferred, by name; null for the first by name
 * @param statistics where the statistics page listens; null for none
 * @param spares how many empty spare backends of each profile the frame holds
 * @param accessLog whether requests are logged as JSON lines
 * @param snippets lines of the operator's own
 */
public record GroupDefinition(
        String name,
        Selector selector,
        List<EntryPoint> entryPoints,
        String oldestHaproxy,
        AddressMode addressMode,
        @Nullable String network,
        Defaults defaults,
        @Nullable Listen statistics,
        int spares,
        boolean accessLog,
        Snippets snippets) {

    /** A group without lines of the operator's own. */
    public GroupDefinition(
            String name,
            Selector selector,
            List<EntryPoint> entryPoints,
            String oldestHaproxy,
            AddressMode addressMode,
            @Nullable String network,
            Defaults defaults,
            @Nullable Listen statistics,
            int spares,
            boolean accessLog) {
        this(
                name,
                selector,
                entryPoints,
                oldestHaproxy,
                addressMode,
                network,
                defaults,
                statistics,
                spares,
                accessLog,
                Snippets.NONE);
    }

    /** The built-in group's name. */
    public static final String DEFAULT = "default";

    /** What a group's name must be, for messages. */
    public static final String NAME_RULE =
            "a group name has 1 to 63 lower-case letters, digits or '-' and begins with a letter or"
                    + " digit";

    private static final List<String> STANDARD_DIALECTS =
            Dialect.STANDARD.stream().map(Dialect::word).toList();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public GroupDefinition {
        entryPoints = List.copyOf(entryPoints);
    }

    /** Whether a group may have this name, which becomes part of a topic's name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Which instances the group serves, of those that name it. Empty parts select everything.
     *
     * @param labels all of these must match
     * @param networks one of these must be attached
     * @param hosts the instance's host must be one of these
     * @param dialects which ways of saying what a container wants are followed; of those that say
     *     anything of one container, the first of this list counts; empty for the standard ones
     */
    public record Selector(
            Map<String, String> labels,
            List<String> networks,
            List<String> hosts,
            List<String> dialects) {

        /** Selects everything. */
        public static final Selector EVERYTHING =
                new Selector(Map.of(), List.of(), List.of(), List.of());

        public Selector {
            labels = Container.sorted(labels);
            networks = List.copyOf(networks);
            hosts = List.copyOf(hosts);
            dialects = List.copyOf(dialects);
        }

        /** The dialects that are followed, the first that says anything of a container first. */
        public List<String> followed() {
            return dialects.isEmpty() ? STANDARD_DIALECTS : dialects;
        }
    }

    /** An address and port; an empty address means all. */
    public record Listen(String address, int port) {}

    /**
     * A named place where HAProxy accepts HTTP requests, or connections of any kind.
     *
     * @param tls how TLS is spoken; null for not
     * @param redirect sends every request to TLS, but those of ACME; null for not
     * @param acceptProxy whether connections begin with a header of the PROXY protocol: those from
     *     {@code trustedProxies} alone, or all if there are none
     * @param trustedProxies networks in CIDR notation whose X-Forwarded headers are believed
     * @param tcp which connections are led as they are; null for none, only requests
     */
    public record EntryPoint(
            String name,
            Listen listen,
            @Nullable Tls tls,
            @Nullable HttpsRedirect redirect,
            boolean acceptProxy,
            List<String> trustedProxies,
            @Nullable Tcp tcp) {

        /** One that speaks plain HTTP and trusts nobody. */
        public EntryPoint(String name, Listen listen) {
            this(name, listen, null, null, false, List.of());
        }

        /** One that speaks HTTP alone. */
        public EntryPoint(
                String name,
                Listen listen,
                @Nullable Tls tls,
                @Nullable HttpsRedirect redirect,
                boolean acceptProxy,
                List<String> trustedProxies) {
            this(name, listen, tls, redirect, acceptProxy, trustedProxies, null);
        }

        public EntryPoint {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** How an entry point chooses where connections go. */
    public enum Tcp {
        /** All of them go to one service; nothing of them is looked at. */
        ALL,
        /** By the name that clients ask for by TLS, or those without one to one service. */
        BY_NAME
    }

    /**
     * TLS with the certificates that lie at each proxy.
     *
     * @param clientCa the name of a file at the proxy with those who sign certificates of clients;
     *     empty if clients need none
     * @param clientOptional whether a client without certificate comes in too
     */
    public record Tls(TlsProfile profile, String clientCa, boolean clientOptional) {}

    /** Which versions and ciphers of TLS are spoken. */
    public enum TlsProfile {
        /** TLS 1.2 and 1.3 with forward secrecy. */
        INTERMEDIATE,
        /** TLS 1.3 alone. */
        MODERN
    }

    /**
     * Requests are sent to the same host, path and query by TLS.
     *
     * @param status the answer's status
     * @param port the port of TLS as clients see it
     */
    public record HttpsRedirect(int status, int port) {}

    /** Which of a server's candidate addresses are considered. */
    public enum AddressMode {
        AUTO,
        CONTAINER,
        PUBLISHED,
        OVERLAY,
        /** All, and a Swarm service is one server with its virtual address, if it has one. */
        VIP
    }

    /**
     * What holds for every service of the group unless it says otherwise.
     *
     * @param retryMethods methods that may be sent again after a failed try
     */
    public record Defaults(
            String balance,
            Duration connectTimeout,
            Duration clientTimeout,
            Duration serverTimeout,
            Duration queueTimeout,
            Duration httpRequestTimeout,
            Duration keepAliveTimeout,
            int retries,
            List<String> retryMethods,
            Check check,
            Duration hardStopAfter,
            int maxConnections) {

        public Defaults {
            retryMethods = List.copyOf(retryMethods);
        }
    }

    /** HAProxy's own check of each server. */
    public record Check(Duration interval, int fall, int rise) {}

    /**
     * A container that went unnoticed leaves an address where nobody answers, and each request that
     * is sent there waits that long before another server is tried. HAProxy's own retries stand in
     * for the kernel's, which start after one second.
     */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** What holds for a group without a definition: everything, on the given address. */
    public static GroupDefinition builtIn(String name, Listen listen) {
        return new GroupDefinition(
                name,
                Selector.EVERYTHING,
                List.of(new EntryPoint("http", listen)),
                "2.6",
                AddressMode.AUTO,
                null,
                new Defaults(
                        "roundrobin",
                        CONNECT_TIMEOUT,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        3,
                        List.of("GET", "HEAD", "OPTIONS"),
                        new Check(Duration.ofSeconds(2), 3, 1),
                        Duration.ofMinutes(30),
                        0),
                new Listen("127.0.0.1", 8404),
                32,
                true);
    }
}
