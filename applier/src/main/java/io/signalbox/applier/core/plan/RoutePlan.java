package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.OfEntry;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.haproxy.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Plans where routes lead. A split is filled before a route leads to it and emptied after, and not
 * touched while one of its services has no backend yet; a service's rules are only compared. One
 * thread, for one plan.
 */
final class RoutePlan {
    private final Wanted wanted;
    private final Running running;
    private final Predicate<String> served;
    private final boolean ranked;
    private final boolean reads;
    private final List<OfEntry> splits = new ArrayList<>();
    private final List<OfEntry> routes = new ArrayList<>();
    private final List<OfEntry> takenBack = new ArrayList<>();
    private final List<ReloadReason> reasons = new ArrayList<>();
    private final Set<String> routed = new HashSet<>();
    private @Nullable SortedMap<String, SortedMap<String, Integer>> shares;

    /**
     * @param served whether a service has a backend, or gets one by the same plan
     */
    RoutePlan(Wanted wanted, Running running, Predicate<String> served) {
        this.wanted = wanted;
        this.running = running;
        this.served = served;
        this.ranked = running.loaded().ranked();
        this.reads = running.loaded().leadsRequests();
    }

    /** What is to be in the map of splits before routes change. */
    List<OfEntry> splits() {
        return splits;
    }

    /** What is to be in the map of routes. */
    List<OfEntry> routes() {
        return routes;
    }

    /** What leads nowhere any more. */
    List<OfEntry> takenBack() {
        return takenBack;
    }

    /** The services whose rules are others than the worker was started with. */
    List<ReloadReason> reasons() {
        return reasons;
    }

    /** Plans for these services and splits. */
    void plan(Set<String> touched) {
        NavigableSet<String> ids = new TreeSet<>();
        for (String name : touched) {
            WantedService service = wanted.services().get(name);
            if (Split.isId(name)) {
                ids.add(name);
            } else {
                ids.addAll(running.splitsOf(name));
                rules(name, service);
            }
            if (service != null) {
                service.routes().stream()
                        .filter(route -> route.share().isPresent())
                        .forEach(route -> ids.add(route.target(name)));
                keys(service);
            }
        }
        if (ranked) {
            ids.forEach(this::split);
        }
        for (String name : touched) {
            takeBack(name, wanted.services().get(name));
        }
        for (String id : ids) {
            empty(id);
        }
    }

    private void rules(String name, @Nullable WantedService service) {
        List<Route> now = running.loaded().rules().getOrDefault(name, List.of());
        List<Route> then = service == null || !ranked ? List.of() : service.rules();
        if (!Set.copyOf(now).equals(Set.copyOf(then))) {
            reasons.add(new ReloadReason(Kind.ROUTING_RULES, name));
        }
    }

    private void keys(WantedService service) {
        if (!served.test(service.name())) {
            return;
        }
        for (Route route : service.routes()) {
            Optional<RouteKey> key = route.key();
            String target = route.target(service.name());
            boolean shared = Split.isId(target);
            if (key.isPresent() && reads && (ranked || route.isPlain())) {
                boolean first = routed.add(key.get().text());
                if (first && !(shared && !isReady(target))) {
                    lead(key.get().text(), route.value(service.name()).text(ranked));
                }
            }
        }
    }

    private void lead(String key, String value) {
        set(MapName.ROUTES, key, value, routes);
    }

    private void set(MapName map, String key, String value, List<OfEntry> phase) {
        String now = running.entries(map).get(key);
        if (now == null) {
            phase.add(new AddEntry(map, key, value));
        } else if (!now.equals(value)) {
            phase.add(new SetEntry(map, key, value));
        }
    }

    private void split(String id) {
        SortedMap<String, Integer> all = shares().get(id);
        if (all != null && isReady(id)) {
            Split.entries(id, all)
                    .forEach((key, service) -> set(MapName.SPLITS, key, service, splits));
        }
    }

    private boolean isReady(String id) {
        return shares().getOrDefault(id, new TreeMap<>()).keySet().stream().allMatch(served);
    }

    /** The shares of all splits; looked for only where a split is concerned. */
    private SortedMap<String, SortedMap<String, Integer>> shares() {
        SortedMap<String, SortedMap<String, Integer>> found = shares;
        if (found == null) {
            found = WantedService.shares(wanted.services());
            shares = found;
        }
        return found;
    }

    /** Takes back routes that lead to a service no more. */
    private void takeBack(String name, @Nullable WantedService service) {
        Set<String> keep = new HashSet<>();
        if (service != null) {
            for (Route route : service.routes()) {
                route.key().ifPresent(key -> keep.add(key.text()));
            }
        }
        takeBackBut(keep, name);
    }

    private void takeBackBut(Set<String> keep, String target) {
        for (String key : running.routesOf(target)) {
            if (!keep.contains(key) && !routed.contains(key)) {
                takenBack.add(new DeleteEntry(MapName.ROUTES, key));
            }
        }
    }

    /** Takes back a split in which no service has a share any more, and the route to it. */
    private void empty(String id) {
        if (shares().containsKey(id)) {
            return;
        }
        takeBackBut(Set.of(), id);
        Map<String, String> now = running.entries(MapName.SPLITS);
        for (String key : Split.keys(id)) {
            if (now.containsKey(key)) {
                takenBack.add(new DeleteEntry(MapName.SPLITS, key));
            }
        }
    }
}
