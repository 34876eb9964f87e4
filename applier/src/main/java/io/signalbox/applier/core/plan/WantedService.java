package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.OptionsMap;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.Routes;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.LiveOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * @param live what HAProxy looks up for each request
 */
public record WantedService(
        String name,
        List<String> backend,
        ServerOptions options,
        Optional<Duration> drain,
        List<WantedServer> servers,
        List<Route> routes,
        List<Note> leftOut,
        LiveOptions live) {

    private static final Comparator<Route> PLAIN_FIRST =
            Comparator.comparing((Route route) -> !route.isPlain());

    /** A service of which all is said by its text. */
    public WantedService(
            String name,
            List<String> backend,
            ServerOptions options,
            Optional<Duration> drain,
            List<WantedServer> servers,
            List<Route> routes,
            List<Note> leftOut) {
        this(name, backend, options, drain, servers, routes, leftOut, LiveOptions.NONE);
    }

    public WantedService {
        backend = List.copyOf(backend);
        servers = List.copyOf(servers);
        // In the order in which they lie on the disk.
        routes = routes.stream().sorted(PLAIN_FIRST).toList();
        leftOut = List.copyOf(leftOut);
    }

    /** The same with that drain time. */
    public WantedService draining(Duration time) {
        return new WantedService(
                name, backend, options, Optional.of(time), servers, routes, leftOut, live);
    }

    /** The same with these values of its servers' cookies, by the server's name. */
    public WantedService withCookies(Map<String, String> cookies) {
        List<WantedServer> all =
                servers.stream()
                        .map(server -> server.withCookie(cookies.getOrDefault(server.name(), "")))
                        .toList();
        return new WantedService(name, backend, options, drain, all, routes, leftOut, live);
    }

    /** The same with a further route. */
    public WantedService with(Route route) {
        List<Route> all = new ArrayList<>(routes);
        all.add(route);
        return new WantedService(name, backend, options, drain, servers, all, leftOut, live);
    }

    /** The same for a frame that does not read options: its text says them, before all else. */
    public WantedService withOptionsInText() {
        List<String> text = new ArrayList<>(OptionsMap.lines(live));
        text.addAll(backend);
        return new WantedService(
                name, text, options, drain, servers, routes, leftOut, LiveOptions.NONE);
    }

    /** The same with those options. */
    public WantedService with(LiveOptions other) {
        return new WantedService(name, backend, options, drain, servers, routes, leftOut, other);
    }

    /**
     * The same with the text that another version of it has, and what goes with that. Rules are
     * text too, and options belong to the text that leaves them out.
     */
    public WantedService withTextOf(WantedService other) {
        return new WantedService(
                name,
                other.backend(),
                other.options(),
                drain,
                servers,
                withRules(other.rules()),
                leftOut,
                other.live());
    }

    /** The same with that text and without rules. */
    public WantedService withText(List<String> text) {
        return new WantedService(
                name, text, options, drain, servers, withRules(List.of()), leftOut, live);
    }

    private List<Route> withRules(List<Route> rules) {
        List<Route> all = new ArrayList<>(routes);
        all.removeIf(Route::isRule);
        all.addAll(rules);
        return all;
    }

    /** Whether another version of it has the same text, and what goes with that. */
    public boolean hasTextOf(WantedService other) {
        return backend.equals(other.backend())
                && options.equals(other.options())
                && rules().equals(other.rules());
    }

    /** The routes that no map can say, so that they take a reload. */
    public List<Route> rules() {
        return routes.stream().filter(Route::isRule).toList();
    }

    /** The routes of services, sorted by how HAProxy has them. */
    public static Routes routes(Map<String, WantedService> services) {
        SortedMap<String, List<Route>> routes = new TreeMap<>();
        services.forEach((name, service) -> routes.put(name, service.routes()));
        return Routes.of(routes);
    }

    /** The shares that services have of each split. */
    static SortedMap<String, SortedMap<String, Integer>> shares(
            Map<String, WantedService> services) {
        SortedMap<String, List<Route>> shared = new TreeMap<>();
        services.forEach(
                (name, service) -> {
                    List<Route> some =
                            service.routes().stream()
                                    .filter(route -> route.share().isPresent())
                                    .toList();
                    if (!some.isEmpty()) {
                        shared.put(name, some);
                    }
                });
        return Routes.of(shared).splits();
    }

    /** The servers by name. */
    public SortedMap<String, WantedServer> serversByName() {
        SortedMap<String, WantedServer> byName = new TreeMap<>();
        servers.forEach(server -> byName.put(server.name(), server));
        return Collections.unmodifiableSortedMap(byName);
    }
}
