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

    /** What may follow {@code signalbox.routes.<name>.}. */
    static final List<String> OF_ROUTE =
            Stream.of(List.of(SERVICE, PORT, HOST, PATH, NETWORK, GROUP), RouteKeys.WORDS)
                    .flatMap(List::stream)
                    .toList();

    /** What holds for every service of the container and cannot be said of a route. */
    static final List<String> OF_SERVICE =
            Stream.of(
                            List.of(
                                    DRAIN,
                                    BALANCE,
                                    TIMEOUT_SERVER,
                                    TIMEOUT_QUEUE,
                                    TIMEOUT_TUNNEL,
                                    RETRIES),
                            ServerKeys.WORDS,
                            HttpKeys.WORDS)
                    .flatMap(List::stream)
                    .toList();

    /** What may follow {@code signalbox.} directly. */
    static final List<String> OF_CONTAINER =
            Stream.of(
                            List.of(ENABLE, SERVICE, PORT, HOST, PATH, NETWORK, GROUP),
                            List.of(RouteKeys.DEFAULT),
                            RouteKeys.WORDS,
                            OF_SERVICE)
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

    static final String TIME = "duration from 1ms to 24h: a whole number of ms, s, m or h";
    static final String GROUPS = "the group's";

    private static final List<Key> CONTAINER =
            List.of(
                    new Key(
                            "signalbox.enable",
                            "true or false",
                            "true where a host, a path or an entry point of connections is given, else false",
                            "true",
                            Change.RUNTIME,
                            "Makes the container a service. `false` wins over every other label."),
                    new Key(
                            "signalbox.host",
                            "comma-separated host names",
                            "any host, where a path is given",
                            "shop.example.com, www.example.com",
                            Change.RUNTIME,
                            "Names or IP addresses whose requests come here. `*.example.com` stands"
                                    + " for all hosts up to six labels below it; `api.*` for all"
                                    + " that begin so, and `~` before a regular expression for all"
                                    + " that it fits as a whole (it ends the list): a change of"
                                    + " these two needs a reload."),
                    new Key(
                            "signalbox.path",
                            "path prefix",
                            "/",
                            "/api",
                            Change.RUNTIME,
                            "Matches whole segments: `/api` matches `/api` and `/api/x`, not `/apix`."
                                    + " `=/api` is that path alone, `^/api` all that begin with these"
                                    + " characters, in `/img/*.png` the `*` stands for any characters,"
                                    + " and `~` before a regular expression for all paths that it"
                                    + " fits as a whole: a change of these needs a reload."),
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
                            Change.RUNTIME,
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
                            Change.RUNTIME,
                            "How long both sides of a WebSocket may be silent."),
                    new Key(
                            "signalbox.retries",
                            "0 to 10",
                            GROUPS,
                            "2",
                            Change.RELOAD,
                            "How often a request that found no server, or a dead one, is tried"
                                    + " again."));

    private static final List<Key> NAMED_ROUTES =
            List.of(
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

    /** All native labels in the order in which they are documented. */
    public static final List<Key> ALL =
            Stream.of(
                            CONTAINER,
                            RouteKeys.ALL,
                            ServerKeys.ALL,
                            HttpKeys.ALL,
                            NAMED_ROUTES,
                            RouteKeys.NAMED,
                            TcpKeys.ALL)
                    .flatMap(List::stream)
                    .toList();

    private SignalboxKeys() {}

    /** The documented label that is probably meant; empty when none is near. */
    public static Optional<String> likely(String written) {
        String word = written.startsWith(PREFIX) ? written.substring(PREFIX.length()) : written;
        return Optional.ofNullable(Spelling.nearest(word, OF_CONTAINER)).map(PREFIX::concat);
    }
}
