package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service as this applier's HAProxy shall have it.
 *
 * @param backend the backend's text without its header and servers
 * @param drain how long requests may go on at a server after its container began to stop, from 1 ms
 *     to 24 h; empty when they come to their end without such a limit
 * @param servers those that can be reached from here, in stable order
 * @param routes what leads to it
 * @param leftOut what the configuration has and HAProxy here does not, and why
 */
public record WantedService(
        String name,
        List<String> backend,
        ServerOptions options,
        Optional<Duration> drain,
        List<WantedServer> servers,
        List<RouteKey> routes,
        List<Note> leftOut) {

    public WantedService {
        backend = List.copyOf(backend);
        servers = List.copyOf(servers);
        routes = List.copyOf(routes);
        leftOut = List.copyOf(leftOut);
    }

    /** The same with that drain time. */
    public WantedService draining(Duration time) {
        return new WantedService(
                name, backend, options, Optional.of(time), servers, routes, leftOut);
    }

    /** The same with the text that another version of it has, and what goes with that. */
    public WantedService withTextOf(WantedService other) {
        return new WantedService(
                name, other.backend(), other.options(), drain, servers, routes, leftOut);
    }

    /** The same with that text. */
    public WantedService withText(List<String> text) {
        return new WantedService(name, text, options, drain, servers, routes, leftOut);
    }

    /** Whether another version of it has the same text, and what goes with that. */
    public boolean hasTextOf(WantedService other) {
        return backend.equals(other.backend()) && options.equals(other.options());
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
