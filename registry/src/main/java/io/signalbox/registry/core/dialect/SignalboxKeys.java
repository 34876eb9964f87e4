package io.signalbox.registry.core.dialect;

import java.util.List;
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
    static final List<String> OF_ROUTE = List.of(SERVICE, PORT, HOST, PATH, NETWORK, GROUP);

    /** What holds for every service of the container and cannot be said of a route. */
    static final List<String> OF_SERVICE =
            List.of(DRAIN, BALANCE, TIMEOUT_SERVER, TIMEOUT_QUEUE, TIMEOUT_TUNNEL, RETRIES);

    /** What may follow {@code signalbox.} directly. */
    static final List<String> OF_CONTAINER =
            Stream.of(List.of(ENABLE, SERVICE, PORT, HOST, PATH, NETWORK, GROUP), OF_SERVICE)
                    .flatMap(List::stream)
                    .toList();

    /**
     * One documented label.
     *
     * @param key as it is written
     * @param type what its value is
     * @param standard what holds without it
     * @param doc one or two sentences
     */
    public record Key(String key, String type, String standard, String doc) {}

    /** All native labels in the order in which they are documented. */
    public static final List<Key> ALL =
            List.of(
                    new Key(
                            "signalbox.enable",
                            "true or false",
                            "true where a host or path is given, else false",
                            "Makes the container a service. `false` wins over every other label."),
                    new Key(
                            "signalbox.host",
                            "comma-separated host names",
                            "any host, where a path is given",
                            "Exact names or IP addresses whose requests come here; no wildcards."),
                    new Key(
                            "signalbox.path",
                            "path prefix",
                            "/",
                            "Matches whole segments: `/api` matches `/api` and `/api/x`, not `/apix`."),
                    new Key(
                            "signalbox.port",
                            "TCP port",
                            "the only exposed TCP port, else the lowest",
                            "The port the application listens on; it need not be exposed. Required"
                                    + " with the host's network and where no TCP port is exposed."),
                    new Key(
                            "signalbox.service",
                            "name",
                            "Compose `project.service`, Swarm service, else the container's name",
                            "The service that the container is a server of."),
                    new Key(
                            "signalbox.network",
                            "network name",
                            "the group's, else the first by name",
                            "The network whose address is used."),
                    new Key(
                            "signalbox.group",
                            "comma-separated group names",
                            "default",
                            "The proxy groups that serve it."),
                    new Key(
                            "signalbox.drain",
                            "duration from 1ms to 24h: a whole number of ms, s, m or h",
                            "until they end",
                            "How long the requests of a stopping container may still take. Holds"
                                    + " for every service of the container."),
                    new Key(
                            "signalbox.balance",
                            "roundrobin, leastconn, first, random or source",
                            "the group's",
                            "How requests are spread over the servers of the service. A change"
                                    + " needs a reload."),
                    new Key(
                            "signalbox.timeout.server, .queue, .tunnel",
                            "duration from 1ms to 24h, as drain",
                            "the group's",
                            "How long a server, a queue for servers or a WebSocket may keep a"
                                    + " request waiting. A change needs a reload."),
                    new Key(
                            "signalbox.retries",
                            "0 to 10",
                            "the group's",
                            "How often a request that found no server, or a dead one, is tried"
                                    + " again. A change needs a reload."),
                    new Key(
                            "signalbox.routes.<name>.host, .path, .port, .service, .network, .group",
                            "as above",
                            "as above; but for the path from the container's own labels first",
                            "A further route. With a port of its own and no service name its"
                                    + " service is `<service>.<name>`."));

    private SignalboxKeys() {}
}
