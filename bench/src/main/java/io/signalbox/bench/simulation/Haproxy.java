package io.signalbox.bench.simulation;

import io.signalbox.applier.core.disk.FileServers;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MapName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A HAProxy: a worker that holds what its file said and what it was told since, a reload that takes
 * its time and forgets what the worker before it was told, and refusals. One thread.
 */
final class Haproxy {
    /** For how long a request that failed to connect may remember the server. */
    private static final Duration RETRIED = Duration.ofSeconds(2);

    /** A server at which nobody listens, which no fact justifies. */
    private static final String HOLD = "_hold";

    private final World world;
    private final String name;
    private @Nullable Worker worker;
    private @Nullable Coming coming;
    private long pids;

    /** When servers that had been given requests were taken out last. */
    private final Map<String, Instant> takenOut = new TreeMap<>();

    /** What became of a step. */
    enum Reply {
        DONE,
        STILL_IN_USE,
        REFUSED
    }

    Haproxy(World world, String name) {
        this.world = world;
        this.name = name;
    }

    /** A worker that will serve, or not come up. */
    private record Coming(Instant at, long file, Saved saved, boolean fails) {}

    /** One worker. */
    private static final class Worker {
        private final long pid;
        private final long file;
        private final SortedMap<String, SortedMap<String, LiveServer>> servers = new TreeMap<>();
        private final Map<MapName, SortedMap<String, String>> maps = new EnumMap<>(MapName.class);

        Worker(long pid, long file, Saved saved) {
            this.pid = pid;
            this.file = file;
            for (MapName map : MapName.values()) {
                maps.put(map, new TreeMap<>());
            }
            for (WantedService service : saved.wanted().services().values()) {
                String backend = BackendNames.own(service.name());
                for (LiveServer server : FileServers.of(service, saved.quiet())) {
                    backend(backend).put(server.name(), server);
                }
                map(MapName.SERVICES).put(service.name(), backend);
            }
            Running started = saved.started(HaproxyVersion.OLDEST.capabilities());
            map(MapName.ROUTES).putAll(started.entries(MapName.ROUTES));
            map(MapName.OPTIONS).putAll(started.entries(MapName.OPTIONS));
            map(MapName.SPLITS).putAll(started.entries(MapName.SPLITS));
            SortedMap<String, String> version = map(MapName.VERSION);
            version.put(MapName.EPOCH, Long.toString(saved.wanted().version().epoch()));
            version.put(MapName.GENERATION, Long.toString(saved.wanted().version().generation()));
        }

        private SortedMap<String, LiveServer> backend(String backend) {
            return servers.computeIfAbsent(backend, _ -> new TreeMap<>());
        }

        private SortedMap<String, String> map(MapName map) {
            return maps.getOrDefault(map, new TreeMap<>());
        }
    }

    // ---------------------------------------------------------------- its life

    boolean alive() {
        come();
        return worker != null;
    }

    long pid() {
        return present().pid;
    }

    /** The file that its worker was started with. */
    long file() {
        return present().file;
    }

    void start(long file, Saved saved) {
        coming = null;
        takenOut.clear();
        worker = new Worker(++pids, file, saved);
        world.note(() -> name + " is started with file " + file + ", worker " + pids);
    }

    /** It begins to take over another file. */
    void reload(long file, Saved saved) {
        Duration time = Duration.ofMillis(50 + world.below(world.healed ? 200 : 3_000));
        coming =
                new Coming(
                        world.now.plus(time), file, saved, world.strikes(Fault.RELOAD_FAILS, 0.3));
        world.note(() -> name + " reloads file " + file + " for " + time);
    }

    /** Whether a reload is under way. */
    boolean reloading() {
        come();
        return coming != null;
    }

    void crash() {
        if (worker != null) {
            world.note(() -> name + " dies");
            worker = null;
            coming = null;
        }
    }

    private void come() {
        Coming next = coming;
        if (next == null || world.now.isBefore(next.at())) {
            return;
        }
        coming = null;
        if (next.fails()) {
            world.note(() -> name + ": file " + next.file() + " does not come up");
        } else {
            takenOut.clear();
            worker = new Worker(++pids, next.file(), next.saved());
            world.note(() -> name + ": worker " + pids + " serves file " + next.file());
        }
    }

    private Worker present() {
        come();
        Worker now = worker;
        if (now == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return now;
    }

    // ---------------------------------------------------------------- its command socket

    Reply execute(Step step) {
        if (world.strikes(Fault.REFUSED_COMMAND, 0.01)) {
            world.note(() -> name + " refuses " + step);
            return Reply.REFUSED;
        }
        Reply reply = carryOut(step);
        world.note(() -> name + " " + step + " " + reply);
        return reply;
    }

    private Reply carryOut(Step step) {
        return switch (step) {
            case Step.AddServer(String backend, LiveServer added) ->
                    reply(
                            present().backend(backend).putIfAbsent(added.name(), added.maintained())
                                    == null);
            case Step.MaintainServer(String backend, String server) -> {
                LiveServer live = present().backend(backend).get(server);
                if (live != null && live.enabled()) {
                    takenOut.put(backend + "/" + server, world.now);
                }
                yield change(backend, server, LiveServer::maintained);
            }
            case Step.EndSessions(String backend, String server) ->
                    reply(present().backend(backend).containsKey(server));
            case Step.EnableServer(String backend, String server, String run, boolean _) ->
                    change(backend, server, live -> live.enabledFor(run));
            case Step.SetWeight(String backend, String server, int weight) ->
                    change(backend, server, live -> live.weighing(weight));
            case Step.SetAddress(String backend, String server, String address, int port) ->
                    change(backend, server, live -> live.at(address, port));
            case Step.DeleteServer(String backend, String server) -> delete(backend, server);
            case Step.AddEntry(MapName map, String key, String value) ->
                    reply(present().map(map).putIfAbsent(key, value) == null);
            case Step.SetEntry(MapName map, String key, String value) ->
                    reply(present().map(map).replace(key, value) != null);
            case Step.DeleteEntry(MapName map, String key) -> {
                present().map(map).remove(key);
                yield Reply.DONE;
            }
            case Step.ReplaceMap(MapName map, SortedMap<String, String> entries) -> {
                present().map(map).clear();
                present().map(map).putAll(entries);
                yield Reply.DONE;
            }
        };
    }

    private Reply change(String backend, String server, UnaryOperator<LiveServer> how) {
        return reply(
                present().backend(backend).computeIfPresent(server, (_, live) -> how.apply(live))
                        != null);
    }

    private Reply delete(String backend, String server) {
        LiveServer live = present().backend(backend).get(server);
        if (live != null && live.enabled()) {
            return Reply.REFUSED;
        }
        Instant left = takenOut.remove(backend + "/" + server);
        if (left != null && world.now.isBefore(left.plus(RETRIED))) {
            throw new Violation(
                    "deleted-early",
                    "%s: %s/%s may still be tried again".formatted(name, backend, server));
        }
        if (live != null && world.in(world.healed ? 0.05 : 0.3)) {
            return Reply.STILL_IN_USE;
        }
        present().backend(backend).remove(server);
        return Reply.DONE;
    }

    private static Reply reply(boolean good) {
        return good ? Reply.DONE : Reply.REFUSED;
    }

    Collection<LiveServer> servers(String backend) {
        return List.copyOf(present().backend(backend).values());
    }

    SortedMap<String, List<LiveServer>> allServers() {
        SortedMap<String, List<LiveServer>> all = new TreeMap<>();
        present().servers.forEach((name, found) -> all.put(name, List.copyOf(found.values())));
        return all;
    }

    Map<String, String> entries(MapName map) {
        return Map.copyOf(present().map(map));
    }

    /** The version that its worker was told it has. */
    Version version() {
        SortedMap<String, String> version = present().map(MapName.VERSION);
        return new Version(
                Long.parseLong(version.getOrDefault(MapName.EPOCH, "-1")),
                Long.parseLong(version.getOrDefault(MapName.GENERATION, "-1")));
    }

    /** All containers that get requests: enabled ones in a backend that a service leads to. */
    List<LiveServer> serving() {
        Worker now = present();
        return now.map(MapName.SERVICES).values().stream()
                .flatMap(backend -> now.backend(backend).values().stream())
                .filter(live -> live.enabled() && !live.name().equals(HOLD))
                .toList();
    }
}
