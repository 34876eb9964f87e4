package io.signalbox.applier;

import io.signalbox.haproxy.BackendSettings;
import io.signalbox.haproxy.Balance;
import io.signalbox.haproxy.FrameSettings;
import io.signalbox.haproxy.HttpMethod;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.Profile;
import io.signalbox.haproxy.Timeouts;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Candidate;
import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.ConfigRecord.Removed;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.ManifestHash;
import io.signalbox.schemas.PartHash;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Snippets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A group's topic, written by hand: hands each change to an applier as the log would. */
final class GroupTopic {
    static final String HOST = "host-a";
    static final List<String> STICKY =
            Profile.STICKY.backend(Balance.ROUNDROBIN, new Identifier("signalbox-default"));
    static final List<String> TCP =
            Profile.TCP.backend(Balance.ROUNDROBIN, new Identifier("signalbox-default"));
    static final List<String> PLAIN = BackendSettings.of(Balance.of("roundrobin")).lines();

    private @org.jspecify.annotations.Nullable Frame lastFrame;
    private final Consumer<Input> applier;
    private final String topicId;
    private final ManifestHash hash = new ManifestHash();
    private final List<Input.Entry> history = new ArrayList<>();
    private List<Input.Entry> open = new ArrayList<>();
    private long offset;
    private long epoch;
    private long generation;

    GroupTopic(Consumer<Input> applier) {
        this(applier, "topic");
    }

    GroupTopic(Consumer<Input> applier, String topicId) {
        this.applier = applier;
        this.topicId = topicId;
        add("claim", new Claim("renderer"));
        applier.accept(new Input.Begun(topicId));
        applier.accept(new Input.ReachedEnd());
    }

    /** Everything written so far, as another applier reads it from the beginning. */
    void replay(Consumer<Input> reader) {
        reader.accept(new Input.Begun(topicId));
        reader.accept(new Input.Batch(history, Instant.now()));
        reader.accept(new Input.ReachedEnd());
    }

    GroupTopic frame(int port, int spares, boolean accessLog) {
        return frame(port, spares, accessLog, null, List.of());
    }

    GroupTopic frame(
            int port,
            int spares,
            boolean accessLog,
            @org.jspecify.annotations.Nullable Listen statistics,
            List<String> moreGlobal) {
        return frame(at("127.0.0.1", port), spares, accessLog, statistics, moreGlobal);
    }

    /** The same, listening elsewhere. */
    GroupTopic frameAt(String address, int port, int spares) {
        return frame(at(address, port), spares, true, null, List.of());
    }

    /** The same, with these entry points. */
    GroupTopic frame(EntryPoint... entries) {
        return frame(List.of(entries), 4, true, null, List.of());
    }

    private static List<EntryPoint> at(String address, int port) {
        return List.of(new EntryPoint("http", new Listen(address, port)));
    }

    /** A group that waits no longer, and has no more connections at once. */
    GroupTopic limits(int port, Timeouts timeouts, int maxConnections) {
        List<EntryPoint> entries = at("127.0.0.1", port);
        return frame(entries, text(entries, timeouts, maxConnections, true), 2, null);
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private GroupTopic frame(
            List<EntryPoint> entries,
            int spares,
            boolean accessLog,
            @org.jspecify.annotations.Nullable Listen statistics,
            List<String> moreGlobal) {
        Timeouts timeouts =
                new Timeouts(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10));
        io.signalbox.haproxy.Frame text = text(entries, timeouts, 0, accessLog);
        List<String> global = new ArrayList<>(text.global());
        global.addAll(moreGlobal);
        return frame(
                entries,
                new io.signalbox.haproxy.Frame(global, text.defaults(), text.sections()),
                spares,
                statistics);
    }

    private static io.signalbox.haproxy.Frame text(
            List<EntryPoint> entries, Timeouts timeouts, int maxConnections, boolean accessLog) {
        return io.signalbox.haproxy.Frame.of(
                new FrameSettings(
                        entries.stream().map(FrameSettings.EntryPoint::of).toList(),
                        timeouts,
                        3,
                        List.of(new HttpMethod("GET")),
                        Duration.ofSeconds(20),
                        maxConnections,
                        accessLog));
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private GroupTopic frame(
            List<EntryPoint> entries,
            io.signalbox.haproxy.Frame text,
            int spares,
            @org.jspecify.annotations.Nullable Listen statistics) {
        return part(
                "frame",
                new Frame(
                        text.global(),
                        text.defaults(),
                        text.sections(),
                        List.of(
                                new SpareProfile("plain", spares, PLAIN),
                                new SpareProfile("sticky", spares, STICKY),
                                new SpareProfile("tcp", spares, TCP)),
                        entries,
                        statistics,
                        "2.6",
                        text.sections().contains("    log global")));
    }

    /** The last frame again, with these lines of the operator's own. */
    GroupTopic snippets(Snippets lines) {
        return part("frame", java.util.Objects.requireNonNull(lastFrame).with(lines));
    }

    /** A service with a line of the operator's own. */
    GroupTopic withSnippet(String name, String host, String line, Server... servers) {
        return part(
                "service/" + name,
                new Service(
                        name,
                        PLAIN,
                        new ServerOptions(2_000, 3, 1),
                        List.of(servers),
                        List.of(new HeldRoute(host, "/", Instant.EPOCH)),
                        List.of(),
                        Policy.NONE,
                        List.of(line),
                        LiveOptions.NONE));
    }

    /**
     * A frame that reads neither ranks nor rules nor splits nor options, as earlier releases had
     * it.
     */
    GroupTopic earlierFrame(int port, int spares) {
        frame(port, spares, true);
        Frame now = java.util.Objects.requireNonNull(lastFrame);
        List<String> sections = new ArrayList<>();
        for (String line : now.sections()) {
            if (line.startsWith("defaults ")) {
                break;
            }
            if (line.contains("set-var(txn.path)")) {
                sections.add(line);
                sections.add(
                        "    http-request set-var(txn.service) var(txn.host),concat(,txn.path,/),"
                                + "map_beg(@maps@/routes) unless { var(txn.host) -m sub / }");
                sections.add(
                        "    http-request set-var(txn.service) str(*),concat(,txn.path,/),"
                                + "map_beg(@maps@/routes) unless { var(txn.service) -m found }");
            } else if (!line.matches(".*(txn\\.(route|split|number|drawn)|@rules@).*")) {
                sections.add(line);
            }
        }
        return part(
                "frame",
                new Frame(
                        now.global(),
                        now.defaults(),
                        sections,
                        now.spares(),
                        now.entryPoints(),
                        now.statistics(),
                        now.oldestHaproxy(),
                        now.accessLog()));
    }

    /** A service with these routes. */
    GroupTopic routed(String name, List<HeldRoute> routes, Server... servers) {
        return routed(name, PLAIN, routes, servers);
    }

    /** The same with that text. */
    GroupTopic routed(
            String name, List<String> backend, List<HeldRoute> routes, Server... servers) {
        return routed(name, backend, new ServerOptions(2_000, 3, 1), routes, servers);
    }

    /** The same with these options of its servers. */
    GroupTopic routed(
            String name,
            List<String> backend,
            ServerOptions options,
            List<HeldRoute> routes,
            Server... servers) {
        return part(
                "service/" + name,
                new Service(
                        name, backend, options, List.of(servers), routes, List.of(), Policy.NONE));
    }

    GroupTopic service(String name, String host, Server... servers) {
        return service(name, host, PLAIN, servers);
    }

    GroupTopic service(String name, String host, List<String> backend, Server... servers) {
        return service(name, List.of(host), backend, servers);
    }

    GroupTopic service(String name, String host, Policy policy, Server... servers) {
        return service(name, List.of(host), PLAIN, policy, servers);
    }

    GroupTopic service(
            String name,
            String host,
            List<String> backend,
            ServerOptions options,
            Server... servers) {
        return service(name, List.of(host), backend, Policy.NONE, options, servers);
    }

    GroupTopic service(String name, List<String> hosts, List<String> backend, Server... servers) {
        return service(name, hosts, backend, Policy.NONE, servers);
    }

    private GroupTopic service(
            String name,
            List<String> hosts,
            List<String> backend,
            Policy policy,
            Server... servers) {
        return service(name, hosts, backend, policy, new ServerOptions(2_000, 3, 1), servers);
    }

    private GroupTopic service(
            String name,
            List<String> hosts,
            List<String> backend,
            Policy policy,
            ServerOptions options,
            Server... servers) {
        List<HeldRoute> routes =
                hosts.stream().map(host -> new HeldRoute(host, "/", Instant.EPOCH)).toList();
        return part(
                "service/" + name,
                new Service(name, backend, options, List.of(servers), routes, List.of(), policy));
    }

    /** A service with options that HAProxy looks up. */
    GroupTopic service(
            String name, String host, List<String> backend, LiveOptions live, Server... servers) {
        return part(
                "service/" + name,
                new Service(
                        name,
                        backend,
                        new ServerOptions(2_000, 3, 1),
                        List.of(servers),
                        List.of(new HeldRoute(host, "/", Instant.EPOCH)),
                        List.of(),
                        Policy.NONE,
                        List.of(),
                        live));
    }

    GroupTopic remove(String name) {
        return part("service/" + name, new Removed());
    }

    private GroupTopic part(String name, Content content) {
        lastFrame = content instanceof Frame frame ? frame : lastFrame;
        if (content instanceof Removed) {
            hash.remove(name);
        } else {
            hash.put(name, PartHash.of(content));
        }
        add("part/" + name, new Part(name, epoch, generation + 1, content));
        return this;
    }

    /** Writes a manifest of all changes so far and hands them over. */
    long manifest() {
        generation++;
        add(
                "manifest/" + epoch,
                new Manifest(
                        "default",
                        epoch,
                        generation,
                        hash.value(),
                        "test",
                        "events",
                        List.of(0L),
                        0,
                        List.of(cause())));
        flush();
        return generation;
    }

    private void add(String key, ConfigRecord value) {
        Input.Entry entry = new Input.Entry(offset++, key, value, Instant.now());
        history.add(entry);
        open.add(entry);
    }

    private void flush() {
        applier.accept(new Input.Batch(open, Instant.now()));
        open = new ArrayList<>();
    }

    static Server server(String service, App app) {
        return server(service, app, false);
    }

    static Server server(String service, App app, boolean stopping) {
        return server(service + "." + app.id(), app.startedAt(), app.port(), stopping);
    }

    static Server server(String name, Instant startedAt, int port, boolean stopping) {
        return new Server(
                name,
                HOST,
                name,
                startedAt,
                100,
                stopping,
                List.of(
                        new Candidate(
                                Candidate.Kind.CONTAINER, HOST, "network", "127.0.0.1", port)),
                cause());
    }

    /** The same container, started again at another application's address. */
    static Server moved(Server server, App to) {
        return server(server.name(), to.startedAt(), to.port(), false);
    }

    static Cause cause() {
        Instant now = Instant.now();
        return new Cause(0, 1, HOST + "/c", now, now, now, now);
    }
}
