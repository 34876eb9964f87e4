package io.signalbox.haproxy;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Tcp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Whether servers are told the names in certificates of clients, somewhere in the group. */
    boolean clientNames() {
        return entryPoints.stream()
                .filter(EntryPoint::speaksHttp)
                .anyMatch(entry -> entry.tls().flatMap(TlsSettings::clientCa).isPresent());
    }

    /**
     * Whether TLS asks clients for different things at different entry points. A session that one
     * of them began must then not be resumed at another: HAProxy would not ask again.
     */
    boolean askDifferently() {
        return entryPoints.stream()
                        .flatMap(entry -> entry.tls().stream())
                        .map(tls -> tls.clientCa() + (tls.clientOptional() ? " optional" : ""))
                        .distinct()
                        .count()
                > 1;
    }

    /**
     * A named place where HAProxy accepts HTTP requests, or connections.
     *
     * @param tls how TLS is spoken; empty for not
     * @param redirect where all requests but those of ACME are sent to; empty for nowhere
     * @param acceptProxy whether connections begin with a header of the PROXY protocol: those from
     *     {@code trustedProxies} alone, or all if there are none
     * @param trustedProxies whose X-Forwarded headers are believed
     * @param tcp which connections are led as they are; empty for none
     */
    public record EntryPoint(
            Identifier name,
            ListenAddress listen,
            Optional<TlsSettings> tls,
            Optional<HttpsRedirect> redirect,
            boolean acceptProxy,
            List<Network> trustedProxies,
            Optional<Tcp> tcp) {

        /** One that speaks HTTP alone. */
        public EntryPoint(
                Identifier name,
                ListenAddress listen,
                Optional<TlsSettings> tls,
                Optional<HttpsRedirect> redirect,
                boolean acceptProxy,
                List<Network> trustedProxies) {
            this(name, listen, tls, redirect, acceptProxy, trustedProxies, Optional.empty());
        }

        /** One that speaks plain HTTP and trusts nobody. */
        public EntryPoint(Identifier name, ListenAddress listen) {
            this(name, listen, Optional.empty(), Optional.empty(), false, List.of());
        }

        public EntryPoint {
            trustedProxies = List.copyOf(trustedProxies);
            checkRange("networks of trusted proxies", trustedProxies.size(), 0, 50);
            if (tls.isPresent() && redirect.isPresent()) {
                throw new IllegalValue(
                        "entry point", "must not have TLS and send to TLS", name.value());
            }
            if (tcp.isPresent() && redirect.isPresent()) {
                throw new IllegalValue(
                        "entry point",
                        "must not lead connections and send requests to TLS",
                        name.value());
            }
        }

        /** One of a definition. */
        public static EntryPoint of(GroupDefinition.EntryPoint point) {
            return new EntryPoint(
                    new Identifier(point.name()),
                    new ListenAddress(point.listen().address(), point.listen().port()),
                    Optional.ofNullable(point.tls())
                            .map(
                                    tls ->
                                            TlsSettings.of(
                                                    tls.profile().name(),
                                                    tls.clientCa(),
                                                    tls.clientOptional())),
                    Optional.ofNullable(point.redirect())
                            .map(to -> new HttpsRedirect(to.status(), to.port())),
                    point.acceptProxy(),
                    point.trustedProxies().stream().map(Network::new).toList(),
                    Optional.ofNullable(point.tcp()));
        }

        /** Whether it accepts requests. */
        public boolean speaksHttp() {
            return tcp.isEmpty();
        }

        /** The frontend's name; no backend is called so. */
        public Identifier frontend() {
            return new Identifier("in_" + name);
        }
    }

    /**
     * The same host, path and query by TLS.
     *
     * @param port of TLS as clients see it
     */
    public record HttpsRedirect(int status, int port) {

        private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);
        private static final int HTTPS = 443;

        public HttpsRedirect {
            if (!STATUS.contains(status)) {
                throw new IllegalValue(
                        "status of a redirect",
                        "must be 301, 302, 303, 307 or 308",
                        Integer.toString(status));
            }
            IpAddress.checkedPort("port of a redirect", port);
        }

        String location() {
            return "https://%[req.fhdr(host),host_only]"
                    + (port == HTTPS ? "" : ":" + port)
                    + "%[pathq]";
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
