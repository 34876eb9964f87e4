package io.signalbox.renderer.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which service holds which route of a group. The holder keeps a route as long as it claims it;
 * else the older claim has it, by log-append time, then the service whose name comes first. Since
 * when it holds a disputed route is history, and recorded in its part; of an undisputed one it is
 * the time of its claim, so that it depends on nothing but the state. One owner thread.
 */
final class RouteTable {
    private final Map<String, SortedMap<RouteName, Instant>> claims = new HashMap<>();
    private final Map<RouteName, Holder> holders = new HashMap<>();
    private final Map<RouteName, SortedSet<String>> claimants = new HashMap<>();
    private final Set<RouteName> unsettled = new TreeSet<>();

    /**
     * Who has a route.
     *
     * @param since LogAppendTime of the claim that it is held by
     */
    record Holder(String service, Instant since) {}

    /**
     * A host and a path prefix; the most specific comes first: a host before any host, then more
     * segments, then the longer path, then by text.
     */
    record RouteName(String host, String path) implements Comparable<RouteName> {
        private static final Comparator<RouteName> ORDER =
                Comparator.comparing((RouteName route) -> route.host.isEmpty())
                        .thenComparingLong(route -> -segments(route.path))
                        .thenComparingInt(route -> -route.path.length())
                        .thenComparing(RouteName::host)
                        .thenComparing(RouteName::path);

        private static long segments(String path) {
            return path.equals("/") ? 0 : path.chars().filter(c -> c == '/').count();
        }

        @Override
        public int compareTo(RouteName other) {
            return ORDER.compare(this, other);
        }

        /** As people write it. */
        String text() {
            return host + path;
        }
    }

    /** What was held before this table was made; counts once the service claims the route. */
    void remember(RouteName route, Holder holder) {
        holders.put(route, holder);
        unsettled.add(route);
    }

    /** The service now claims these routes and no others, each since that LogAppendTime. */
    void claim(String service, SortedMap<RouteName, Instant> wanted) {
        SortedMap<RouteName, Instant> before = claims(service);
        before.keySet().stream()
                .filter(route -> !wanted.containsKey(route))
                .forEach(route -> withdraw(route, service));
        wanted.keySet().stream()
                .filter(route -> !Objects.equals(wanted.get(route), before.get(route)))
                .forEach(route -> enter(route, service));
        if (wanted.isEmpty()) {
            claims.remove(service);
        } else {
            claims.put(service, new TreeMap<>(wanted));
        }
    }

    /**
     * Decides who holds the routes that were claimed, withdrawn or remembered since the last call.
     *
     * @return the services that this concerns
     */
    Set<String> settle() {
        Set<String> concerned = new TreeSet<>();
        unsettled.forEach(route -> settle(route, concerned));
        unsettled.clear();
        return concerned;
    }

    private void enter(RouteName route, String service) {
        claimants.computeIfAbsent(route, _ -> new TreeSet<>()).add(service);
        unsettled.add(route);
    }

    private void withdraw(RouteName route, String service) {
        unsettled.add(route);
        SortedSet<String> left = claimants.get(route);
        if (left != null) {
            left.remove(service);
            if (left.isEmpty()) {
                claimants.remove(route);
            }
        }
    }

    private void settle(RouteName route, Set<String> concerned) {
        Holder holder = holders.get(route);
        SortedSet<String> all = claimants.getOrDefault(route, new TreeSet<>());
        concerned.addAll(all);
        if (holder != null && all.size() > 1 && all.contains(holder.service())) {
            return;
        }
        Holder next = oldest(route, all);
        if (next == null) {
            holders.remove(route);
        } else {
            holders.put(route, next);
        }
    }

    private @Nullable Holder oldest(RouteName route, SortedSet<String> services) {
        Holder best = null;
        for (String service : services) {
            Instant since = claims(service).get(route);
            if (since != null && (best == null || since.isBefore(best.since()))) {
                best = new Holder(service, since);
            }
        }
        return best;
    }

    /** What the service claims, most specific first. */
    SortedMap<RouteName, Instant> claims(String service) {
        return claims.getOrDefault(service, new TreeMap<>());
    }

    /** Who has the route; null when nobody claims it. */
    @Nullable Holder holder(RouteName route) {
        return holders.get(route);
    }
}
