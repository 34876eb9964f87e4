package io.signalbox.registry.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.RouteMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which routes a request's host and path fit, and which of them goes first. */
final class Routing {
    private Routing() {}

    /** A route that a service holds, or has a share of. */
    record Way(String service, HeldRoute route, RoutePattern pattern) {
        private static final Comparator<Way> FIRST =
                Comparator.comparingLong((Way way) -> -way.pattern.rank())
                        .thenComparing(Way::service)
                        .thenComparing(Way::pattern);
    }

    /** Those that go first come first; the request's host is normalised. */
    static List<Way> ways(Collection<ConfigRecord.Service> parts, String host, String path) {
        List<Way> found = new ArrayList<>();
        for (ConfigRecord.Service part : parts) {
            for (HeldRoute route : part.routes()) {
                pattern(route.host(), route.path(), route.match())
                        .filter(pattern -> fits(pattern, host, path))
                        .ifPresent(pattern -> found.add(new Way(part.service(), route, pattern)));
            }
        }
        found.sort(Way.FIRST);
        return found;
    }

    /** Those that go before all that need no more than host and path. */
    static List<Way> conditional(List<Way> ways) {
        return ways.stream().takeWhile(way -> way.pattern().dependsOnMore()).toList();
    }

    /** Where a request goes that meets no further conditions: several services may share it. */
    static List<Way> certain(List<Way> ways) {
        Optional<RoutePattern> first =
                ways.stream()
                        .map(Way::pattern)
                        .filter(pattern -> !pattern.dependsOnMore())
                        .findFirst();
        return ways.stream()
                .filter(way -> first.filter(way.pattern()::equals).isPresent())
                .toList();
    }

    /**
     * Where connections go that ask for the name by TLS: at each entry point that knows the name,
     * the route that goes first.
     *
     * @param name normalised
     */
    static List<Way> connections(Collection<ConfigRecord.Service> parts, String name) {
        SortedMap<String, Way> byEntryPoint = new TreeMap<>();
        for (ConfigRecord.Service part : parts) {
            for (HeldRoute route : part.routes()) {
                pattern(route.host(), route.path(), route.match())
                        .filter(pattern -> isNamed(pattern, name))
                        .ifPresent(
                                pattern ->
                                        byEntryPoint.merge(
                                                pattern.match().entryPoints().getFirst(),
                                                new Way(part.service(), route, pattern),
                                                Routing::first));
            }
        }
        return List.copyOf(byEntryPoint.values());
    }

    /** Whether a route of connections says that name; one for all names does not. */
    static boolean isNamed(RoutePattern pattern, String name) {
        return !pattern.host().isEmpty() && pattern.fitsName(name);
    }

    private static Way first(Way one, Way other) {
        return Way.FIRST.compare(one, other) <= 0 ? one : other;
    }

    /** Whether host and path of a request fit; the host is normalised. */
    static boolean fits(RoutePattern pattern, String host, String path) {
        int query = path.indexOf('?');
        return pattern.fits(host, query < 0 ? path : path.substring(0, query));
    }

    /** What a route asks of a request; empty for what no HAProxy can have. */
    static Optional<RoutePattern> pattern(String host, String path, @Nullable RouteMatch match) {
        try {
            return Optional.of(RoutePattern.of(host, path, match));
        } catch (IllegalValue e) {
            return Optional.empty();
        }
    }

    /** Whether connections lead to a service, and not requests. */
    static boolean isOfConnections(ConfigRecord.Service part) {
        return part.routes().stream()
                .map(HeldRoute::match)
                .anyMatch(match -> match != null && match.tcp());
    }

    /** A held route as people write it. */
    static String text(HeldRoute route) {
        RouteMatch match = route.match();
        String text =
                pattern(route.host(), route.path(), match)
                        .map(RoutePattern::text)
                        .orElse(route.host() + route.path());
        Integer percent = match == null ? null : match.percent();
        return percent == null ? text : text + " (" + percent + " percent of its requests)";
    }
}
