package io.signalbox.applier.core;

import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service as this applier's HAProxy shall have it.
 *
 * @param backend the backend's text without its header and servers
 * @param servers those that can be reached from here, in stable order
 * @param routes what leads to it
 * @param leftOut what the configuration has and HAProxy here does not, and why
 */
public record WantedService(
        String name,
        List<String> backend,
        ServerOptions options,
        List<WantedServer> servers,
        List<RouteKey> routes,
        List<Note> leftOut) {

    public WantedService {
        backend = List.copyOf(backend);
        servers = List.copyOf(servers);
        routes = List.copyOf(routes);
        leftOut = List.copyOf(leftOut);
    }

    /** The keys of the map of routes that lead to it. */
    public List<String> routeKeys() {
        return routes.stream().map(RouteKey::text).toList();
    }

    /** The servers by name. */
    public SortedMap<String, WantedServer> serversByName() {
        SortedMap<String, WantedServer> byName = new TreeMap<>();
        servers.forEach(server -> byName.put(server.name(), server));
        return Collections.unmodifiableSortedMap(byName);
    }
}
