package io.signalbox.haproxy;

import io.signalbox.haproxy.RuleText.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The routes of all services, sorted by how HAProxy has them: entries of the map of routes, rules,
 * and splits. Of several services that claim one whole, the first by name has it; so of two rules
 * of the same rank the one of the first service by name goes before the other, since when either is
 * claimed changes with each container.
 *
 * @param keys where each key of the map leads
 * @param tcp where each key of the map of connections leads
 * @param rules in the order in which they stand in each frontend, the highest last
 * @param splits the shares of each by service
 */
public record Routes(
        SortedMap<RouteKey, RouteValue> keys,
        SortedMap<String, String> tcp,
        List<Rule> rules,
        SortedMap<String, SortedMap<String, Integer>> splits) {

    private static final Comparator<Claim> LOWEST_FIRST =
            Comparator.comparingLong((Claim claim) -> claim.route.pattern().rank())
                    .thenComparing(Claim::service, Comparator.reverseOrder())
                    .thenComparing(claim -> claim.route.pattern(), Comparator.reverseOrder());

    public Routes {
        keys = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        tcp = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(tcp));
        rules = List.copyOf(rules);
        splits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    }

    private record Claim(String service, Route route) {}

    /** Sorts the routes of services by name. */
    public static Routes of(SortedMap<String, ? extends Collection<Route>> services) {
        var keys = new TreeMap<RouteKey, RouteValue>();
        var tcp = new TreeMap<String, String>();
        var rules = new TreeMap<RoutePattern, Claim>();
        var splits = new TreeMap<String, SortedMap<String, Integer>>();
        services.forEach(
                (service, routes) -> {
                    for (var route : routes) {
                        route.tcpKey().ifPresent(key -> tcp.putIfAbsent(key.text(), service));
                        var value = route.value(service);
                        route.key().ifPresent(key -> keys.putIfAbsent(key, value));
                        if (route.isRule()) {
                            rules.putIfAbsent(route.pattern(), new Claim(service, route));
                        }
                        route.share()
                                .ifPresent(share -> share(splits, value.target(), service, share));
                    }
                });
        return new Routes(keys, tcp, ordered(rules.values()), splits);
    }

    /**
     * The entries of the map of routes.
     *
     * @param ranked whether the frame reads ranks and splits; others get what they can read
     */
    public SortedMap<String, String> entries(boolean ranked) {
        var entries = new TreeMap<String, String>();
        keys.forEach(
                (key, value) -> {
                    if (ranked || !(key.isBelow() || Split.isId(value.target()))) {
                        entries.put(key.text(), value.text(ranked));
                    }
                });
        return entries;
    }

    /** The entries of the map of splits. */
    public SortedMap<String, String> splitEntries() {
        var entries = new TreeMap<String, String>();
        splits.forEach((id, shares) -> entries.putAll(Split.entries(id, shares)));
        return entries;
    }

    /** Routes that ask for nothing but host and path. */
    static Routes plain(Map<RouteKey, ServiceName> routes) {
        var services = new TreeMap<String, List<Route>>();
        routes.forEach(
                (key, service) ->
                        services.computeIfAbsent(service.value(), name -> new ArrayList<>())
                                .add(Route.plain(key)));
        return of(services);
    }

    private static void share(
            SortedMap<String, SortedMap<String, Integer>> splits,
            String id,
            String service,
            int share) {
        splits.computeIfAbsent(id, name -> new TreeMap<>()).put(service, share);
    }

    private static List<Rule> ordered(Collection<Claim> claims) {
        return claims.stream()
                .sorted(LOWEST_FIRST)
                .map(claim -> new Rule(claim.route.pattern(), claim.route.target(claim.service)))
                .toList();
    }
}
