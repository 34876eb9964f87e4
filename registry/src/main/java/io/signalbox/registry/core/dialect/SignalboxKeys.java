package io.signalbox.registry.core.dialect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The native labels, as documented: key, type, default and meaning side by side. */
public final class SignalboxKeys {
    /** What every native label begins with. */
    public static final String PREFIX = "signalbox.";

    /** What the labels of a named route begin with. */
    public static final String ROUTES = "signalbox.routes.";

    static final String ENABLE = "enable";
    static final String SERVICE = "service";
    static final String PORT = "port";
    static final String HOST = "host";
    static final String PATH = "path";
    static final String NETWORK = "network";
    static final String GROUP = "group";
    static final String DRAIN = "drain";
    static final String BALANCE = "balance";
    static final String TIMEOUT_SERVER = "timeout.server";
    static final String TIMEOUT_QUEUE = "timeout.queue";
    static final String TIMEOUT_TUNNEL = "timeout.tunnel";
    static final String RETRIES = "retries";
    static final String STICKY = "sticky";
    static final String STICKY_COOKIE = "sticky.cookie";
    static final String STICKY_SECURE = "sticky.secure";
    static final String CHECK = "check";
    static final String CHECK_PATH = "check.path";
    static final String CHECK_HOST = "check.host";
    static final String CHECK_STATUS = "check.status";
    static final String CHECK_INTERVAL = "check.interval";
    static final String CHECK_FALL = "check.fall";
    static final String CHECK_RISE = "check.rise";
    static final String SERVER_MAXCONN = "server.maxconn";
    static final String SERVER_MAXQUEUE = "server.maxqueue";
    static final String SERVER_SLOWSTART = "server.slowstart";
    static final String SERVER_ERROR_LIMIT = "server.error-limit";
    static final String SERVER_PROTOCOL = "server.protocol";
    static final String SERVER_PROXY_PROTOCOL = "server.proxy-protocol";
    static final String SERVER_WEIGHT = "server.weight";
    static final String SERVER_BACKUP = "server.backup";

    /** What may follow {@code signalbox.routes.<name>.}. */
    static final List<String> OF_ROUTE = List.of(SERVICE, PORT, HOST, PATH, NETWORK, GROUP);

    /** What holds for every service of the container and cannot be said of a route. */
    static final List<String> OF_SERVICE =
            List.of(
                    DRAIN,
                    BALANCE,
                    TIMEOUT_SERVER,
                    TIMEOUT_QUEUE,
                    TIMEOUT_TUNNEL,
                    RETRIES,
                    STICKY,
                    STICKY_COOKIE,
                    STICKY_SECURE,
                    CHECK,
                    CHECK_PATH,
                    CHECK_HOST,
                    CHECK_STATUS,
                    CHECK_INTERVAL,
                    CHECK_FALL,
                    CHECK_RISE,
                    SERVER_MAXCONN,
                    SERVER_MAXQUEUE,
                    SERVER_SLOWSTART,
                    SERVER_ERROR_LIMIT,
                    SERVER_PROTOCOL,
                    SERVER_PROXY_PROTOCOL,
                    SERVER_WEIGHT,
                    SERVER_BACKUP);

    /** What may follow {@code signalbox.} directly. */
    static final List<String> OF_CONTAINER =
            Stream.of(List.of(ENABLE, SERVICE, PORT, HOST, PATH, NETWORK, GROUP), OF_SERVICE)
                    .flatMap(List::stream)
                    .toList();

    /** What a change of a label takes. */
    public enum Change {
        /** Commands of HAProxy's runtime API. */
        RUNTIME("at run time"),
        /** A hitless reload. */
        RELOAD("needs a reload");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        /** As the documentation says it. */
        public String text() {
            return text;
        }
    }

    /**
     * One documented label.
     *
     * @param key as it is written; {@code <name>} stands for what the user chooses
     * @param type what its value is
     * @param standard what holds without it
     * @param example a value that is accepted
     * @param change what a change of it takes
     * @param doc one or two sentences
     */
    public record Key(
            String key, String type, String standard, String example, Change change, String doc) {}

    private static final String TIME = "duration from 1ms to 24h: a whole number of ms, s, m or h";
    private static final String GROUPS = "the group's";

    /** All native labels in the order in which they are documented. */
    public static final List<Key> ALL =
            List.of(
                    new Key(
                            "signalbox.enable",
                            "true or false",
                            "true where a host or path is given, else false",
                            "true",
                            Change.RUNTIME,
                            "Makes the container a service. `false` wins over every other label."),
                    new Key(
                            "signalbox.host",
                            "comma-separated host names",
                            "any host, where a path is given",
                            "shop.example.com, www.example.com",
                            Change.RUNTIME,
                            "Exact names or IP addresses whose requests come here; no wildcards."),
                    new Key(
                            "signalbox.path",
                            "path prefix",
                            "/",
                            "/api",
                            Change.RUNTIME,
                            "Matches whole segments: `/api` matches `/api` and `/api/x`, not `/apix`."),
                    new Key(
                            "signalbox.port",
                            "TCP port",
                            "the only exposed TCP port, else the lowest",
                            "8080",
                            Change.RUNTIME,
                            "The port the application listens on; it need not be exposed. Required"
                                    + " with the host's network and where no TCP port is exposed."),
                    new Key(
                            "signalbox.service",
                            "name",
                            "Compose `project.service`, Swarm service, else the container's name",
                            "shop",
                            Change.RUNTIME,
                            "The service that the container is a server of."),
                    new Key(
                            "signalbox.network",
                            "network name",
                            "the group's, else the first by name",
                            "front",
                            Change.RUNTIME,
                            "The network whose address is used."),
                    new Key(
                            "signalbox.group",
                            "comma-separated group names",
                            "default",
                            "default, internal",
                            Change.RUNTIME,
                            "The proxy groups that serve it."),
                    new Key(
                            "signalbox.drain",
                            TIME,
                            "until they end",
                            "10s",
                            Change.RUNTIME,
                            "How long the requests of a stopping container may still take. Holds"
                                    + " for every service of the container."),
                    new Key(
                            "signalbox.balance",
                            "roundrobin, leastconn, first, random or source",
                            GROUPS,
                            "leastconn",
                            Change.RELOAD,
                            "How requests are spread over the servers of the service."),
                    new Key(
                            "signalbox.timeout.server",
                            TIME,
                            GROUPS,
                            "5m",
                            Change.RELOAD,
                            "How long a server may be silent."),
                    new Key(
                            "signalbox.timeout.queue",
                            TIME,
                            GROUPS,
                            "10s",
                            Change.RELOAD,
                            "How long a request may wait for a server that is free."),
                    new Key(
                            "signalbox.timeout.tunnel",
                            TIME,
                            GROUPS,
                            "2h",
                            Change.RELOAD,
                            "How long both sides of a WebSocket may be silent."),
                    new Key(
                            "signalbox.retries",
                            "0 to 10",
                            GROUPS,
                            "2",
                            Change.RELOAD,
                            "How often a request that found no server, or a dead one, is tried"
                                    + " again."),
                    new Key(
                            "signalbox.sticky",
                            "true, false, insert, rewrite or prefix",
                            "false",
                            "true",
                            Change.RELOAD,
                            "Clients stay with their server: by a cookie of HAProxy's own"
                                    + " (true or insert), or by one of the application's that HAProxy"
                                    + " rewrites or puts its value before. A service that says no more"
                                    + " than `signalbox.sticky=true` needs no reload to come or go."),
                    new Key(
                            "signalbox.sticky.cookie",
                            "cookie name",
                            "SIGNALBOX",
                            "SESSION",
                            Change.RELOAD,
                            "The cookie's name. Required with rewrite and prefix."),
                    new Key(
                            "signalbox.sticky.secure",
                            "true or false",
                            "false",
                            "true",
                            Change.RELOAD,
                            "Browsers send the cookie through TLS only."),
                    new Key(
                            "signalbox.check",
                            "tcp, http or none",
                            "http where a path, host or status is given, else the group's",
                            "http",
                            Change.RELOAD,
                            "How HAProxy finds out whether a server works."),
                    new Key(
                            "signalbox.check.path",
                            "path",
                            "/",
                            "/health",
                            Change.RELOAD,
                            "What a check by HTTP asks for, with GET."),
                    new Key(
                            "signalbox.check.host",
                            "host, with or without port",
                            "localhost",
                            "shop.example.com",
                            Change.RELOAD,
                            "The host that a check by HTTP names."),
                    new Key(
                            "signalbox.check.status",
                            "statuses and ranges, separated by commas",
                            "200-399",
                            "200-299,301",
                            Change.RELOAD,
                            "What a check by HTTP takes for good."),
                    new Key(
                            "signalbox.check.interval",
                            TIME,
                            GROUPS,
                            "5s",
                            Change.RELOAD,
                            "The time between two checks."),
                    new Key(
                            "signalbox.check.fall",
                            "1 to 100",
                            GROUPS,
                            "3",
                            Change.RELOAD,
                            "How many failed checks take a server out."),
                    new Key(
                            "signalbox.check.rise",
                            "1 to 100",
                            GROUPS,
                            "2",
                            Change.RELOAD,
                            "How many good checks bring it back."),
                    new Key(
                            "signalbox.server.maxconn",
                            "1 to 1000000",
                            "no limit",
                            "100",
                            Change.RELOAD,
                            "How many requests one server gets at a time; the others wait"
                                    + " as signalbox.timeout.queue says."),
                    new Key(
                            "signalbox.server.maxqueue",
                            "1 to 1000000",
                            "no limit",
                            "50",
                            Change.RELOAD,
                            "How many requests may wait for one server before they go to"
                                    + " another."),
                    new Key(
                            "signalbox.server.slowstart",
                            TIME,
                            "none",
                            "30s",
                            Change.RELOAD,
                            "How long a server that comes back takes until it gets its full"
                                    + " share."),
                    new Key(
                            "signalbox.server.error-limit",
                            "1 to 1000",
                            "none",
                            "10",
                            Change.RELOAD,
                            "How many errors in a row (500 to 504, or no answer) take a"
                                    + " server out until its check is good again."),
                    new Key(
                            "signalbox.server.protocol",
                            "http, h2c, https or h2",
                            "http",
                            "h2c",
                            Change.RELOAD,
                            "What the servers speak: HTTP/1.1 or, as gRPC does, HTTP/2;"
                                    + " https and h2 through TLS, of which the certificate is not"
                                    + " verified."),
                    new Key(
                            "signalbox.server.proxy-protocol",
                            "v1 or v2",
                            "none",
                            "v2",
                            Change.RELOAD,
                            "Servers are told the client's address by the PROXY protocol."),
                    new Key(
                            "signalbox.server.weight",
                            "0 to 256",
                            "1",
                            "10",
                            Change.RUNTIME,
                            "The share of this container beside the others; 0 gets none but"
                                    + " that of its sticky clients."),
                    new Key(
                            "signalbox.server.backup",
                            "true or false",
                            "false",
                            "true",
                            Change.RELOAD,
                            "This container gets requests only while no other one of the"
                                    + " service works. A container that comes needs no reload; one"
                                    + " that changes does."),
                    new Key(
                            "signalbox.routes.<name>.host",
                            "as signalbox.host",
                            "the container's own",
                            "api.example.com",
                            Change.RUNTIME,
                            "The hosts of a further route."),
                    new Key(
                            "signalbox.routes.<name>.path",
                            "as signalbox.path",
                            "/",
                            "/v2",
                            Change.RUNTIME,
                            "The path prefix of a further route."),
                    new Key(
                            "signalbox.routes.<name>.port",
                            "as signalbox.port",
                            "the container's own",
                            "9090",
                            Change.RUNTIME,
                            "The port of a further route. With a port of its own and no service"
                                    + " name its service is `<service>.<name>`."),
                    new Key(
                            "signalbox.routes.<name>.service",
                            "as signalbox.service",
                            "the container's own",
                            "admin",
                            Change.RUNTIME,
                            "The service of a further route."),
                    new Key(
                            "signalbox.routes.<name>.network",
                            "as signalbox.network",
                            "the container's own",
                            "back",
                            Change.RUNTIME,
                            "The network of a further route's service."),
                    new Key(
                            "signalbox.routes.<name>.group",
                            "as signalbox.group",
                            "the container's own",
                            "internal",
                            Change.RUNTIME,
                            "The groups that serve a further route's service."));

    private SignalboxKeys() {}

    /** The documented label that is probably meant; empty when none is near. */
    public static Optional<String> likely(String written) {
        String word = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
        return Optional.ofNullable(Spelling.nearest(word, OF_CONTAINER)).map(PREFIX::concat);
    }
}
