package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which service holds which route of a group. Whoever claims a share of a route disputes it with
 * nobody, see {@link RouteShares}; the rest is held like a route. The holder keeps a route as long
 * as it claims it; else the older claim has it, by log-append time, then the service whose name
 * comes first. Since when it holds a disputed route is history, and recorded in its part; of an
 * undisputed one it is the time of its claim, so that it depends on nothing but the state. A rule
 * that has no room in the group is held by nobody. One owner thread.
 */
final class RouteTable {
    private final Map<String, SortedMap<RoutePattern, Claim>> claims = new HashMap<>();
    private final Map<RoutePattern, Holder> holders = new HashMap<>();
    private final Map<RoutePattern, SortedSet<String>> claimants = new HashMap<>();
    private final Map<RoutePattern, SortedMap<String, Holder>> remembered = new HashMap<>();
    private final NavigableSet<RoutePattern> unsettled = new TreeSet<>();
    private final RuleRoom rules;

    RouteTable() {
        this(RuleRoom.MOST_RULES);
    }

    /** One that has room for so many rules. */
    RouteTable(int mostRules) {
        rules = new RuleRoom(mostRules);
    }

    /**
     * Who has a route.
     *
     * @param since LogAppendTime of the claim that it is held by
     */
    record Holder(String service, Instant since) {}

    /**
     * What a service says of a route.
     *
     * @param percent the share of it; null for the whole, or what others leave of it
     * @param sticky whether clients are to stay with the service that they were given
     */
    record Claim(Instant since, @Nullable Integer percent, boolean sticky) {
        /** The whole route. */
        static Claim whole(Instant since) {
            return new Claim(since, null, false);
        }
    }

    /** What was held before this table was made; counts once the service claims the route. */
    void remember(RoutePattern route, Holder holder) {
        remembered.computeIfAbsent(route, _ -> new TreeMap<>()).put(holder.service(), holder);
        unsettled.add(route);
    }

    /** The service now claims these routes and no others, each since that LogAppendTime. */
    void claim(String service, SortedMap<RoutePattern, Claim> wanted) {
        SortedMap<RoutePattern, Claim> before = claims(service);
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
     * Decides who holds the routes that were claimed, withdrawn or remembered since the last call,
     * and which rules have room.
     *
     * @return the services that this concerns
     */
    Set<String> settle() {
        Set<String> concerned = new TreeSet<>();
        unsettled.stream()
                .filter(route -> route.key().isEmpty())
                .forEach(route -> rules.claimed(route, claimedSince(route)));
        unsettled.addAll(rules.moved());
        unsettled.forEach(route -> settle(route, concerned));
        unsettled.clear();
        return concerned;
    }

    private @Nullable Instant claimedSince(RoutePattern route) {
        Holder oldest = oldest(route, claimants.getOrDefault(route, new TreeSet<>()));
        return oldest == null ? null : oldest.since();
    }

    /** Whether the group has room for it; it always has for what the map of routes says. */
    boolean hasRoom(RoutePattern route) {
        return route.key().isPresent() || rules.has(route);
    }

    private void enter(RoutePattern route, String service) {
        claimants.computeIfAbsent(route, _ -> new TreeSet<>()).add(service);
        unsettled.add(route);
    }

    private void withdraw(RoutePattern route, String service) {
        unsettled.add(route);
        SortedSet<String> left = claimants.get(route);
        if (left != null) {
            left.remove(service);
            if (left.isEmpty()) {
                claimants.remove(route);
            }
        }
    }

    private void settle(RoutePattern route, Set<String> concerned) {
        SortedSet<String> all = claimants.getOrDefault(route, new TreeSet<>());
        concerned.addAll(all);
        recall(route);
        if (!hasRoom(route)) {
            holders.remove(route);
            return;
        }
        SortedSet<String> whole = new TreeSet<>(all);
        whole.removeIf(service -> isShare(service, route));
        Holder holder = holders.get(route);
        if (holder != null && whole.size() > 1 && whole.contains(holder.service())) {
            return;
        }
        Holder next = oldest(route, whole);
        if (next == null) {
            holders.remove(route);
        } else {
            holders.put(route, next);
        }
    }

    /** Of those that held a route, whoever claims a share of it now does not dispute it. */
    private void recall(RoutePattern route) {
        SortedMap<String, Holder> past = remembered.remove(route);
        if (past != null) {
            past.keySet().removeIf(service -> isShare(service, route));
            past.values().stream()
                    .min(Comparator.comparing(Holder::since).thenComparing(Holder::service))
                    .ifPresent(holder -> holders.put(route, holder));
        }
    }

    private boolean isShare(String service, RoutePattern route) {
        Claim claim = claims(service).get(route);
        return claim != null && claim.percent() != null;
    }

    private @Nullable Holder oldest(RoutePattern route, SortedSet<String> services) {
        Holder best = null;
        for (String service : services) {
            Claim claim = claims(service).get(route);
            if (claim != null && (best == null || claim.since().isBefore(best.since()))) {
                best = new Holder(service, claim.since());
            }
        }
        return best;
    }

    /** What the service claims, most specific first. */
    SortedMap<RoutePattern, Claim> claims(String service) {
        return claims.getOrDefault(service, new TreeMap<>());
    }

    /** Who has the route; null when nobody claims it. */
    @Nullable Holder holder(RoutePattern route) {
        return holders.get(route);
    }

    /** Who has which share of a route; nobody where it is held as a whole. */
    RouteShares shares(RoutePattern route) {
        SortedMap<String, Claim> all = new TreeMap<>();
        for (String service : claimants.getOrDefault(route, new TreeSet<>())) {
            Claim claim = claims(service).get(route);
            if (claim != null) {
                all.put(service, claim);
            }
        }
        return RouteShares.of(all, holder(route));
    }

    /** Whether no other service claims the route. */
    boolean isFree(RoutePattern route, String service) {
        return claimants.getOrDefault(route, new TreeSet<>()).stream().allMatch(service::equals);
    }
}
