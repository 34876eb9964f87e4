package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.AddServer;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.EndSessions;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.applier.core.plan.Step.SetAddress;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.applier.core.plan.Step.SetWeight;
import io.signalbox.haproxy.Capabilities;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.RouteValue;
import io.signalbox.haproxy.Split;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one worker holds: the structure it was started with, and its servers and map entries as read
 * back or as left by the steps since. One owner thread.
 */
public final class Running {
    private final Loaded loaded;
    private final Map<String, SortedMap<String, LiveServer>> servers = new HashMap<>();
    private final Map<MapName, Map<String, String>> entries = new EnumMap<>(MapName.class);
    private final Map<String, NavigableSet<String>> routesOf = new HashMap<>();
    private final Map<String, NavigableSet<String>> tcpOf = new HashMap<>();
    private final Map<String, NavigableSet<String>> numbersOf = new HashMap<>();
    private final boolean ranked;
    private final boolean takesCookies;
    private final Map<String, String> claims = new HashMap<>();
    private final NavigableSet<String> orphans = new TreeSet<>();

    /** A worker with that structure, no server and empty maps. */
    public Running(Loaded loaded, Capabilities capabilities) {
        this.loaded = loaded;
        this.takesCookies = capabilities.dynamicCookies();
        this.ranked = loaded.ranked();
        for (MapName map : MapName.values()) {
            entries.put(map, new HashMap<>());
        }
    }

    /** The structure that the worker was started with. */
    public Loaded loaded() {
        return loaded;
    }

    /** Whether a server that is added by a command may have a cookie value of its own. */
    boolean takesCookies() {
        return takesCookies;
    }

    /** The servers of a backend by name; a view that changes. */
    public SortedMap<String, LiveServer> servers(String backend) {
        SortedMap<String, LiveServer> found = servers.get(backend);
        return found == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(found);
    }

    /** A server; null if the backend has none of that name. */
    public @Nullable LiveServer server(String backend, String name) {
        return servers(backend).get(name);
    }

    /** The entries of a map; a view that changes. */
    public Map<String, String> entries(MapName map) {
        return Collections.unmodifiableMap(entriesOf(map));
    }

    /** The backend that serves a service; null if none does. */
    public @Nullable String backendOf(String service) {
        return entriesOf(MapName.SERVICES).get(service);
    }

    /** The text of the backend that serves a service; empty if none does. */
    public Optional<List<String>> textOf(String service) {
        String backend = backendOf(service);
        return Optional.ofNullable(backend == null ? null : loaded.backends().get(backend))
                .map(Loaded.Backend::text);
    }

    /** The service that a backend serves; null if none. */
    public @Nullable String serviceOf(String backend) {
        return claims.get(backend);
    }

    /** The same; of no name where none does, as {@link Touched} has it. */
    public String serviceOrNone(String backend) {
        String service = serviceOf(backend);
        return service == null ? "" : service;
    }

    /** The keys of the routes that lead to a service, or to a split. */
    public NavigableSet<String> routesOf(String target) {
        return keys(routesOf, target);
    }

    /** The keys in the map of connections that lead to a service. */
    public NavigableSet<String> tcpOf(String service) {
        return keys(tcpOf, service);
    }

    /** The splits that the service has a share of. */
    public NavigableSet<String> splitsOf(String service) {
        NavigableSet<String> splits = new TreeSet<>();
        keys(numbersOf, service).forEach(key -> splits.add(Split.idOf(key)));
        return splits;
    }

    /** All services and splits that a route or a split leads to, and all splits that are there. */
    public NavigableSet<String> targets() {
        NavigableSet<String> targets = new TreeSet<>(routesOf.keySet());
        targets.addAll(tcpOf.keySet());
        targets.addAll(numbersOf.keySet());
        entriesOf(MapName.SPLITS).keySet().forEach(key -> targets.add(Split.idOf(key)));
        return targets;
    }

    private static NavigableSet<String> keys(
            Map<String, NavigableSet<String>> index, String target) {
        NavigableSet<String> keys = index.get(target);
        return keys == null
                ? Collections.emptyNavigableSet()
                : Collections.unmodifiableNavigableSet(keys);
    }

    /** Backends that serve nothing and still have servers. */
    public NavigableSet<String> orphans() {
        return Collections.unmodifiableNavigableSet(orphans);
    }

    /** Whether a backend could be given to a service: it serves none and has no server. */
    public boolean free(String backend) {
        return !claims.containsKey(backend) && servers(backend).isEmpty();
    }

    /** The version in force. */
    public Version version() {
        return version(MapName.EPOCH, MapName.GENERATION);
    }

    /**
     * The newest version that commands were carried out for: a later one than that in force where
     * the rest of it waits for a reload.
     */
    public Version reached() {
        Version inForce = version();
        Version begun = begun();
        return begun.compareTo(inForce) > 0 ? begun : inForce;
    }

    /** The version that was marked as begun last; lower than all if none was. */
    Version begun() {
        return version(MapName.BEGUN_EPOCH, MapName.BEGUN_GENERATION);
    }

    private Version version(String epoch, String generation) {
        Map<String, String> version = entriesOf(MapName.VERSION);
        return new Version(
                Long.parseLong(version.getOrDefault(epoch, "-1")),
                Long.parseLong(version.getOrDefault(generation, "-1")));
    }

    /** Takes over what the worker says of a backend's servers. */
    public void observe(String backend, Collection<LiveServer> found) {
        SortedMap<String, LiveServer> byName = new TreeMap<>();
        found.forEach(server -> byName.put(server.name(), server));
        if (byName.isEmpty()) {
            servers.remove(backend);
        } else {
            servers.put(backend, byName);
        }
        orphan(backend);
    }

    /** Takes over what the worker says of a map. */
    public void observe(MapName map, Map<String, String> found) {
        Map<String, String> before = Map.copyOf(entriesOf(map));
        before.keySet().stream()
                .filter(key -> !found.containsKey(key))
                .forEach(k -> put(map, k, null));
        found.forEach((key, value) -> put(map, key, value));
    }

    /** Takes over the effect of a step that the worker has carried out. */
    public void apply(Step step) {
        switch (step) {
            case AddServer(String backend, LiveServer added) -> {
                servers.computeIfAbsent(backend, name -> new TreeMap<>()).put(added.name(), added);
                orphan(backend);
            }
            case MaintainServer(String backend, String server) ->
                    change(backend, server, LiveServer::maintained);
            case EnableServer(String backend, String server, String run, boolean _) ->
                    change(backend, server, live -> live.enabledFor(run));
            case SetWeight(String backend, String server, int weight) ->
                    change(backend, server, live -> live.weighing(weight));
            case SetAddress(String backend, String server, String address, int port) ->
                    change(backend, server, live -> live.at(address, port));
            case EndSessions _ -> {}
            case DeleteServer(String backend, String server) -> delete(backend, server);
            case AddEntry(MapName map, String key, String value) -> put(map, key, value);
            case SetEntry(MapName map, String key, String value) -> put(map, key, value);
            case DeleteEntry(MapName map, String key) -> put(map, key, null);
            case ReplaceMap(MapName map, var found) -> observe(map, found);
        }
    }

    private void change(String backend, String server, UnaryOperator<LiveServer> how) {
        SortedMap<String, LiveServer> known = servers.get(backend);
        if (known != null) {
            known.computeIfPresent(server, (name, live) -> how.apply(live));
        }
    }

    private void delete(String backend, String server) {
        SortedMap<String, LiveServer> known = servers.get(backend);
        if (known != null) {
            known.remove(server);
            if (known.isEmpty()) {
                servers.remove(backend);
            }
        }
        orphan(backend);
    }

    private void put(MapName map, String key, @Nullable String value) {
        Map<String, String> known = entriesOf(map);
        String before = value == null ? known.remove(key) : known.put(key, value);
        switch (map) {
            case ROUTES -> move(routesOf, key, target(before), target(value));
            case TCP -> move(tcpOf, key, before, value);
            case SPLITS -> move(numbersOf, key, before, value);
            case SERVICES -> {
                if (before != null) {
                    claims.remove(before, key);
                    orphan(before);
                }
                if (value != null) {
                    claims.put(value, key);
                    orphan(value);
                }
            }
            case OPTIONS, VERSION -> {}
        }
    }

    private @Nullable String target(@Nullable String value) {
        return value == null ? null : RouteValue.target(value, ranked);
    }

    private static void move(
            Map<String, NavigableSet<String>> index,
            String key,
            @Nullable String from,
            @Nullable String to) {
        NavigableSet<String> keys = from == null ? null : index.get(from);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            index.remove(from);
        }
        if (to != null) {
            index.computeIfAbsent(to, _ -> new TreeSet<>()).add(key);
        }
    }

    private void orphan(String backend) {
        if (!claims.containsKey(backend) && servers.containsKey(backend)) {
            orphans.add(backend);
        } else {
            orphans.remove(backend);
        }
    }

    private Map<String, String> entriesOf(MapName map) {
        return entries.computeIfAbsent(map, name -> new HashMap<>());
    }
}
