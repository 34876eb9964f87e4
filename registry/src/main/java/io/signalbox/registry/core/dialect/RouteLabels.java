package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what routes ask of a request. What a named route does not say of it the container's own
 * labels say, its path aside. A bad name of a list of hosts takes that name alone; any other
 * mistake takes its route.
 */
final class RouteLabels {
    private final SortedMap<String, String> own;
    private final Rejections rejections;

    /**
     * @param own what is said of the container as a whole, by the key behind the prefix
     */
    RouteLabels(SortedMap<String, String> own, Rejections rejections) {
        this.own = own;
        this.rejections = rejections;
    }

    /**
     * The routes of one name, one for each host.
     *
     * @param words what is said of them, by the key behind the prefix
     */
    List<Route> routes(String name, Map<String, String> words, String prefix) {
        SortedMap<String, MatchLabels.Said> said = said(words, prefix);
        MatchLabels.Said host = said.get(SignalboxKeys.HOST);
        List<HostPattern> hosts =
                host == null
                        ? List.of(HostPattern.ANY)
                        : HostPattern.list(host.key(), host.value(), rejections);
        Optional<RoutePath> path = path(words.get(SignalboxKeys.PATH), prefix);
        Optional<RouteMatch> match = new MatchLabels(said, rejections).match();
        if (path.isEmpty() || match.isEmpty()) {
            return List.of();
        }
        RoutePath prefixed = path.get();
        RouteMatch rest = match.get();
        return hosts.stream()
                .map(one -> route(name, one, prefixed, rest, prefix + SignalboxKeys.HOST))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The route of all that no other route takes, where the container declares itself so. */
    List<Route> fallback() {
        String value = own.get(RouteKeys.DEFAULT);
        String key = SignalboxKeys.PREFIX + RouteKeys.DEFAULT;
        if (value == null || !kept(Values.truth(key, value)).orElse(false)) {
            return List.of();
        }
        SortedMap<String, MatchLabels.Said> said = said(own, SignalboxKeys.PREFIX);
        said.remove(RouteKeys.PRIORITY);
        return new MatchLabels(said, rejections)
                        .match()
                        .flatMap(
                                match ->
                                        route(
                                                Names.UNNAMED,
                                                HostPattern.ANY,
                                                RoutePath.ANY,
                                                match,
                                                key))
                        .stream()
                        .toList();
    }

    /** Reports what asks something of requests that nothing leads here. */
    void reportUnused() {
        own.keySet().stream()
                .filter(RouteKeys::isOfMatch)
                .findFirst()
                .ifPresent(
                        word ->
                                rejections.add(
                                        Rejections.of(
                                                "no-route",
                                                SignalboxKeys.PREFIX + word,
                                                own.getOrDefault(word, ""),
                                                "it leads nothing here without a host or a path",
                                                SignalboxKeys.PREFIX + SignalboxKeys.HOST)));
    }

    private Optional<RoutePath> path(@Nullable String written, String prefix) {
        return written == null
                ? Optional.of(RoutePath.ANY)
                : kept(RoutePath.parse(prefix + SignalboxKeys.PATH, written));
    }

    private Optional<Route> route(
            String name, HostPattern host, RoutePath path, RouteMatch match, String key) {
        RouteMatch whole = MatchLabels.ofKinds(match, host.kind(), path.kind());
        try {
            RoutePattern unused = RoutePattern.of(host.text(), path.text(), whole);
            return Optional.of(new Route(name, unused.host(), path.text(), whole.orNull()));
        } catch (IllegalValue e) {
            rejections.add(
                    Rejections.of("bad-route", key, e.shownValue(), e.subject() + " " + e.rule()));
            return Optional.empty();
        }
    }

    /** What the route says, else what the container says, each under its whole key. */
    private SortedMap<String, MatchLabels.Said> said(Map<String, String> words, String prefix) {
        SortedMap<String, MatchLabels.Said> said = new TreeMap<>();
        own.forEach(
                (word, value) ->
                        said.put(word, new MatchLabels.Said(SignalboxKeys.PREFIX + word, value)));
        words.forEach((word, value) -> said.put(word, new MatchLabels.Said(prefix + word, value)));
        return said;
    }

    private <T> Optional<T> kept(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T value) -> Optional.of(value);
            case Parsed.Bad<T>(Rejection rejection) -> {
                rejections.add(rejection);
                yield Optional.empty();
            }
        };
    }
}
