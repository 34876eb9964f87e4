package io.signalbox.schemas;

import io.signalbox.schemas.GroupDefinition.Listen;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One value of {@code proxy-configs.<group>} (and of {@code config-history}): parts, and manifests
 * that stand for them.
 */
public sealed interface ConfigRecord {

    /**
     * A renderer takes the group over; the offset of this record is its epoch. Key {@code claim}.
     */
    record Claim(String renderer) implements ConfigRecord {}

    /**
     * One piece of the configuration. Key {@code part/<name>}.
     *
     * @param name {@code frame} or {@code service/<name>}
     * @param generation the manifest generation that this content belongs to
     */
    record Part(String name, long epoch, long generation, Content content)
            implements ConfigRecord {}

    /**
     * All parts as they stand in the log before this record. Key {@code manifest/<epoch>}.
     *
     * @param hash over the sorted names and hashes of the parts
     * @param eventsTopicId the {@code container-events} topic that the positions count in
     * @param eventsPositions for each partition the first offset that is not in this configuration
     * @param groupsPosition likewise in the group's partition of {@code proxy-groups}
     * @param causes the facts that led from the last manifest to this one, oldest first
     */
    record Manifest(
            String group,
            long epoch,
            long generation,
            String hash,
            String rendererVersion,
            String eventsTopicId,
            List<Long> eventsPositions,
            long groupsPosition,
            List<Cause> causes)
            implements ConfigRecord {

        public Manifest {
            eventsPositions = List.copyOf(eventsPositions);
            causes = List.copyOf(causes);
        }

        /** The same for these facts too, which led to manifests before it. */
        public Manifest after(List<Cause> earlier) {
            return new Manifest(
                    group,
                    epoch,
                    generation,
                    hash,
                    rendererVersion,
                    eventsTopicId,
                    eventsPositions,
                    groupsPosition,
                    Cause.newest(Stream.concat(earlier.stream(), causes.stream()).toList()));
        }
    }

    /**
     * The shrink guard holds a change back, or no longer does. Key {@code held}.
     *
     * @param dropping how many of the {@code living} servers the change would drop; 0 when nothing
     *     is held any more
     */
    record Held(long epoch, long generation, int dropping, int living, String reason)
            implements ConfigRecord {}

    /** What a part says. */
    sealed interface Content {}

    /** The part existed and does no longer. */
    record Removed() implements Content {}

    /**
     * The part {@code frame}: everything that names no service. Text lines are complete but for the
     * placeholders that the module {@code haproxy} defines.
     *
     * @param snippets lines of the operator's own, but for those of single services
     */
    record Frame(
            List<String> global,
            List<String> defaults,
            List<String> sections,
            List<SpareProfile> spares,
            List<GroupDefinition.EntryPoint> entryPoints,
            @Nullable Listen statistics,
            String oldestHaproxy,
            boolean accessLog,
            Snippets snippets)
            implements Content {

        /** A frame without lines of the operator's own. */
        public Frame(
                List<String> global,
                List<String> defaults,
                List<String> sections,
                List<SpareProfile> spares,
                List<GroupDefinition.EntryPoint> entryPoints,
                @Nullable Listen statistics,
                String oldestHaproxy,
                boolean accessLog) {
            this(
                    global,
                    defaults,
                    sections,
                    spares,
                    entryPoints,
                    statistics,
                    oldestHaproxy,
                    accessLog,
                    Snippets.NONE);
        }

        public Frame {
            global = List.copyOf(global);
            defaults = List.copyOf(defaults);
            sections = List.copyOf(sections);
            spares = List.copyOf(spares);
            entryPoints = List.copyOf(entryPoints);
        }

        /** The same with those texts. */
        public Frame with(
                List<String> otherGlobal, List<String> otherDefaults, List<String> otherSections) {
            return new Frame(
                    otherGlobal,
                    otherDefaults,
                    otherSections,
                    spares,
                    entryPoints,
                    statistics,
                    oldestHaproxy,
                    accessLog,
                    snippets);
        }

        /** The same with those lines of the operator's own. */
        public Frame with(Snippets lines) {
            return new Frame(
                    global,
                    defaults,
                    sections,
                    spares,
                    entryPoints,
                    statistics,
                    oldestHaproxy,
                    accessLog,
                    lines);
        }
    }

    /** Empty backends kept ready for new services whose text equals {@code backend}. */
    record SpareProfile(String name, int count, List<String> backend) {
        public SpareProfile {
            backend = List.copyOf(backend);
        }
    }

    /**
     * A part {@code service/<name>}.
     *
     * @param backend the backend's text without its header and servers
     * @param serverOptions what every server line of it says after the address
     * @param servers in stable order
     * @param routes what leads here; those lost in a conflict are left out and named in {@code
     *     notes}
     * @param notes what is left out or disputed, and why
     * @param policy how it is to be treated; how long requests may go on at a stopping server is
     *     said only here, the rest is in {@code backend} or {@code live} too
     * @param snippet lines of the operator's own for its backend
     * @param live what HAProxy looks up for each request
     */
    record Service(
            String service,
            List<String> backend,
            ServerOptions serverOptions,
            List<Server> servers,
            List<HeldRoute> routes,
            List<Note> notes,
            Policy policy,
            List<String> snippet,
            LiveOptions live)
            implements Content {

        /** A service of which all is said by its text. */
        public Service(
                String service,
                List<String> backend,
                ServerOptions serverOptions,
                List<Server> servers,
                List<HeldRoute> routes,
                List<Note> notes,
                Policy policy) {
            this(
                    service,
                    backend,
                    serverOptions,
                    servers,
                    routes,
                    notes,
                    policy,
                    List.of(),
                    LiveOptions.NONE);
        }

        public Service {
            snippet = List.copyOf(snippet);
            backend = List.copyOf(backend);
            servers = List.copyOf(servers);
            routes = List.copyOf(routes);
            notes = List.copyOf(notes);
        }

        /** The same with those servers, routes and notes. */
        public Service with(
                List<Server> otherServers, List<HeldRoute> otherRoutes, List<Note> otherNotes) {
            return new Service(
                    service,
                    backend,
                    serverOptions,
                    otherServers,
                    otherRoutes,
                    otherNotes,
                    policy,
                    snippet,
                    live);
        }
    }

    /**
     * What is said of each server of a service behind its address.
     *
     * @param checkIntervalMs between two checks of HAProxy's; zero for no check
     */
    record ServerOptions(long checkIntervalMs, int fall, int rise, FurtherOptions further) {

        /** Options that say nothing but how a server is checked. */
        public ServerOptions(long checkIntervalMs, int fall, int rise) {
            this(checkIntervalMs, fall, rise, FurtherOptions.NONE);
        }
    }

    /**
     * What is said of a server beyond its check.
     *
     * @param cookie whether it has a cookie, which HAProxy makes of its address
     * @param servers how HAProxy treats it
     */
    record FurtherOptions(boolean cookie, Policy.Servers servers) {

        /** Nothing. */
        public static final FurtherOptions NONE = new FurtherOptions(false, Policy.Servers.NONE);
    }

    /**
     * One server of a service.
     *
     * @param name {@code <service>.<first 12 characters of the container id>}
     * @param startedAt the run; null for endpoints
     * @param stopping a stop signal was sent: no new requests
     * @param candidates every address it may be reached by, in order of preference
     * @param backup whether it gets requests only while no other server works
     * @param cookie the value of the cookie by which clients stay with it; empty where HAProxy
     *     makes one
     */
    record Server(
            String name,
            String host,
            String container,
            @Nullable Instant startedAt,
            int weight,
            boolean stopping,
            List<Candidate> candidates,
            Cause cause,
            boolean backup,
            String cookie) {

        /** A server that is no backup. */
        public Server(
                String name,
                String host,
                String container,
                @Nullable Instant startedAt,
                int weight,
                boolean stopping,
                List<Candidate> candidates,
                Cause cause) {
            this(name, host, container, startedAt, weight, stopping, candidates, cause, false, "");
        }

        /** The same with that value of its cookie. */
        public Server withCookie(String value) {
            return new Server(
                    name,
                    host,
                    container,
                    startedAt,
                    weight,
                    stopping,
                    candidates,
                    cause,
                    backup,
                    value);
        }

        /** The same for that reason. */
        public Server withCause(Cause other) {
            return new Server(
                    name,
                    host,
                    container,
                    startedAt,
                    weight,
                    stopping,
                    candidates,
                    other,
                    backup,
                    cookie);
        }

        public Server {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * One address of a server, and from where it can be reached.
     *
     * @param scope for {@code CONTAINER} and {@code OVERLAY} the network's id, else empty
     * @param host the server's host id
     */
    record Candidate(Kind kind, String host, String scope, String address, int port) {

        /**
         * From where the address can be reached: a container's address on its own host only, an
         * overlay's from every host attached to it, a published port or the host's own address from
         * everywhere, a loopback one from the host itself.
         */
        public enum Kind {
            CONTAINER,
            OVERLAY,
            PUBLISHED,
            LOOPBACK
        }
    }

    /**
     * A route that this service holds.
     *
     * @param since LogAppendTime of the claim that it is held by
     * @param match what it asks of a request beyond host and path; null for nothing
     */
    record HeldRoute(String host, String path, Instant since, @Nullable RouteMatch match) {

        /** A route that asks for nothing but host and path. */
        public HeldRoute(String host, String path, Instant since) {
            this(host, path, since, null);
        }
    }

    /**
     * Why something is left out, for {@code signalbox why}.
     *
     * @param subject a container ({@code <host>/<id>}) or a route ({@code <host><path>})
     */
    record Note(String code, String subject, String message) {}
}
