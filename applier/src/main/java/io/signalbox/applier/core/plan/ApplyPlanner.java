package io.signalbox.applier.core.plan;

import io.signalbox.applier.core.plan.Loaded.Backend;
import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.AddServer;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import io.signalbox.applier.core.plan.Step.OfEntry;
import io.signalbox.applier.core.plan.Step.SetAddress;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.applier.core.plan.Step.SetWeight;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.OptionsMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is wanted with what a worker holds, for the services that may differ, and plans the
 * way from one to the other. What it does not know how to change live is a reason to reload.
 *
 * <p>Order of the steps: first what holds the requests of a service that loses its last server;
 * then servers that stop are taken out; then servers, addresses and weights; then servers that
 * answered are enabled; then services get their options and backends, and routes lead to them; then
 * routes and then services that are gone are taken back, and at last servers are deleted, if they
 * do not rest. One thread, for one plan.
 */
public final class ApplyPlanner {
    private final Wanted wanted;
    private final Running running;
    private final Waits waits;
    private final SpareBook spares;
    private final List<Step> holds = new ArrayList<>();
    private final List<Step> drains = new ArrayList<>();
    private final List<Step> changes = new ArrayList<>();
    private final List<Step> enables = new ArrayList<>();
    private final List<OfEntry> options = new ArrayList<>();
    private final List<OfEntry> services = new ArrayList<>();
    private final List<OfEntry> takenBack = new ArrayList<>();
    private final List<Step> deletes = new ArrayList<>();
    private final RoutePlan routes;
    private final TcpPlan tcp;
    private final Set<String> served = new HashSet<>();
    private final Set<String> takenOut = new HashSet<>();
    private final Set<String> enabled = new HashSet<>();
    private final Map<String, Set<Integer>> ids = new HashMap<>();
    private final Set<ReloadReason> reasons = new LinkedHashSet<>();

    private ApplyPlanner(Wanted wanted, Running running, Waits waits) {
        this.wanted = wanted;
        this.running = running;
        this.waits = waits;
        this.spares = new SpareBook(running);
        this.routes = new RoutePlan(wanted, running, this::isServed);
        this.tcp = new TcpPlan(wanted, running, this::isServed);
    }

    /**
     * Plans for some services.
     *
     * @param touched the services, wanted or not, that may differ from what is wanted
     * @param waits what is not done yet
     */
    public static Plan plan(
            Wanted wanted, Running running, Collection<String> touched, Waits waits) {
        return new ApplyPlanner(wanted, running, waits).plan(new TreeSet<>(touched));
    }

    /** Plans for everything. */
    public static Plan planAll(Wanted wanted, Running running, Waits waits) {
        Set<String> all = new TreeSet<>(wanted.services().keySet());
        all.addAll(running.entries(MapName.SERVICES).keySet());
        all.addAll(running.targets());
        all.addAll(running.entries(MapName.OPTIONS).keySet());
        return plan(wanted, running, all, waits);
    }

    /** The servers of a service that wait for their application to answer. */
    public static List<WantedServer> pending(WantedService service, Running running) {
        String backend = running.backendOf(service.name());
        return service.servers().stream()
                .filter(server -> !server.stopping())
                .filter(
                        server -> {
                            LiveServer live =
                                    backend == null ? null : running.server(backend, server.name());
                            return live == null || !serves(live, server);
                        })
                .toList();
    }

    private Plan plan(Set<String> touched) {
        if (!wanted.frame().equals(running.loaded().frame())) {
            reasons.add(new ReloadReason(Kind.FRAME, ""));
        }
        for (String name : touched) {
            WantedService service = wanted.services().get(name);
            if (service != null) {
                service(service);
            }
        }
        routes.plan(touched);
        reasons.addAll(routes.reasons());
        takenBack.addAll(routes.takenBack());
        tcp.plan(touched);
        takenBack.addAll(tcp.takenBack());
        for (String name : touched) {
            takeBack(name, wanted.services().get(name));
        }
        running.orphans().stream()
                .filter(backend -> !spares.gave(backend))
                .forEach(backend -> servers(backend, null));
        spares.scarce().forEach(profile -> reasons.add(new ReloadReason(Kind.SPARES, profile)));
        return Plan.of(steps(), List.copyOf(reasons));
    }

    private List<Step> steps() {
        List<Step> all = new ArrayList<>(holds);
        all.addAll(drains);
        all.addAll(changes);
        all.addAll(enables);
        MapChanges maps = new MapChanges(running);
        for (List<OfEntry> phase :
                List.of(
                        options,
                        services,
                        routes.splits(),
                        routes.routes(),
                        tcp.routes(),
                        takenBack)) {
            all.addAll(maps.of(phase));
        }
        all.addAll(deletes);
        return all;
    }

    private void service(WantedService service) {
        String backend = running.backendOf(service.name());
        if (backend == null || !running.loaded().backends().containsKey(backend)) {
            backend = claim(service);
        } else if (!fits(backend, service)) {
            reasons.add(new ReloadReason(Kind.SERVICE_TEXT, service.name()));
        }
        if (backend == null) {
            return;
        }
        served.add(service.name());
        options(service);
        servers(backend, service);
    }

    /**
     * The options of a service whose backend's text is as wanted, or will be by a reload: what the
     * text says no more must not be missing until the options say it, nor the other way round.
     */
    private void options(WantedService service) {
        if (!running.loaded().readsOptions() || awaitsText(service.name())) {
            return;
        }
        String then = OptionsMap.value(service.live()).orElse(null);
        String now = running.entries(MapName.OPTIONS).get(service.name());
        if (then == null && now != null) {
            options.add(new DeleteEntry(MapName.OPTIONS, service.name()));
        } else if (then != null && now == null) {
            options.add(new AddEntry(MapName.OPTIONS, service.name(), then));
        } else if (then != null && !then.equals(now)) {
            options.add(new SetEntry(MapName.OPTIONS, service.name(), then));
        }
    }

    private boolean awaitsText(String service) {
        return reasons.contains(new ReloadReason(Kind.SERVICE_TEXT, service));
    }

    private @Nullable String claim(WantedService service) {
        if (!running.loaded().guards(service.live())) {
            // Its requests wait for the frame that refuses some of them.
            reasons.add(new ReloadReason(Kind.SERVICE_TEXT, service.name()));
            return null;
        }
        String backend = spares.claim(service).orElse(null);
        if (backend == null) {
            Kind kind = spares.fitsProfile(service.backend()) ? Kind.NO_SPARE : Kind.SERVICE_TEXT;
            reasons.add(new ReloadReason(kind, service.name()));
            return null;
        }
        services.add(
                running.backendOf(service.name()) == null
                        ? new AddEntry(MapName.SERVICES, service.name(), backend)
                        : new SetEntry(MapName.SERVICES, service.name(), backend));
        return backend;
    }

    private boolean fits(String backend, WantedService service) {
        Backend known = running.loaded().backends().get(backend);
        return known != null && known.text().equals(service.backend());
    }

    /** Whether requests that are led to the service find a backend when the plan is done. */
    private boolean isServed(String service) {
        String backend = running.backendOf(service);
        return served.contains(service)
                || (backend != null && running.loaded().backends().containsKey(backend));
    }

    /** Takes back a service that is gone. */
    private void takeBack(String name, @Nullable WantedService service) {
        String backend = running.backendOf(name);
        if (service == null && backend != null) {
            takenBack.add(new DeleteEntry(MapName.SERVICES, name));
            servers(backend, null);
        }
        if (service == null && running.entries(MapName.OPTIONS).containsKey(name)) {
            takenBack.add(new DeleteEntry(MapName.OPTIONS, name));
        }
    }

    /** The way from a backend's servers to the service's; to none when there is no service. */
    private void servers(String backend, @Nullable WantedService service) {
        if (service == null) {
            running.servers(backend).values().forEach(live -> remove(backend, live, deletes));
            return;
        }
        takenOut.clear();
        enabled.clear();
        SortedMap<String, WantedServer> byName = service.serversByName();
        for (LiveServer live : running.servers(backend).values()) {
            if (!byName.containsKey(live.name()) && !Hold.is(live)) {
                remove(backend, live, drains);
            }
        }
        for (WantedServer server : service.servers()) {
            server(backend, service, server);
        }
        hold(backend);
    }

    /** A backend that loses its last server gets one that holds its requests for a moment. */
    private void hold(String backend) {
        LiveServer hold = running.server(backend, Hold.SERVER);
        Set<String> serving = new HashSet<>();
        for (LiveServer live : running.servers(backend).values()) {
            if (live.enabled() && !Hold.is(live)) {
                serving.add(live.name());
            }
        }
        boolean served = !serving.isEmpty();
        serving.removeAll(takenOut);
        serving.addAll(enabled);
        if (served && serving.isEmpty()) {
            if (hold == null) {
                holds.add(new AddServer(backend, Hold.server(id(backend, Hold.SERVER))));
            }
            holds.add(new EnableServer(backend, Hold.SERVER, "", false));
        } else if (hold != null && (!serving.isEmpty() || !waits.holds(backend))) {
            remove(backend, hold, deletes);
        }
    }

    private void remove(String backend, LiveServer live, List<Step> phase) {
        if (live.enabled()) {
            takeOut(backend, live.name(), phase);
        }
        if (!live.enabled() && !waits.rests(backend, live.name())) {
            deletes.add(new DeleteServer(backend, live.name()));
        }
    }

    private void takeOut(String backend, String server, List<Step> phase) {
        phase.add(new MaintainServer(backend, server));
        takenOut.add(server);
    }

    private void server(String backend, WantedService service, WantedServer server) {
        LiveServer live = running.server(backend, server.name());
        if (server.stopping()) {
            if (live != null && live.enabled()) {
                takeOut(backend, server.name(), drains);
            }
            return;
        }
        if (live == null && !server.cookie().isEmpty() && !running.takesCookies()) {
            reasons.add(new ReloadReason(Kind.SERVER_COOKIE, service.name()));
            return;
        }
        if (live == null) {
            changes.add(new AddServer(backend, added(backend, service, server)));
            enable(backend, service, server);
            return;
        }
        if (!live.has(service.options(), server)) {
            reasons.add(new ReloadReason(Kind.SERVER_OPTIONS, service.name()));
        }
        if (live.weight() != server.weight()) {
            changes.add(new SetWeight(backend, server.name(), server.weight()));
        }
        if (!serves(live, server)) {
            bring(backend, service, live, server);
        }
    }

    /** Brings an existing server to another address, another start, or back from maintenance. */
    private void bring(
            String backend, WantedService service, LiveServer live, WantedServer server) {
        boolean moved = !isAt(live, server);
        if (live.enabled() && (moved || !waits.answered(server.key()))) {
            takeOut(backend, server.name(), drains);
        }
        if (moved) {
            changes.add(new SetAddress(backend, server.name(), server.address(), server.port()));
        }
        enable(backend, service, server);
    }

    private void enable(String backend, WantedService service, WantedServer server) {
        if (waits.answered(server.key())) {
            boolean checked = service.options().checkIntervalMs() > 0;
            enabled.add(server.name());
            enables.add(new EnableServer(backend, server.name(), server.run(), checked));
        }
    }

    private LiveServer added(String backend, WantedService service, WantedServer server) {
        return new LiveServer(
                server.name(),
                id(backend, server.name()),
                server.address(),
                server.port(),
                server.weight(),
                false,
                service.options(),
                server.run(),
                server.backup(),
                server.cookie());
    }

    private int id(String backend, String server) {
        Set<Integer> taken =
                ids.computeIfAbsent(
                        backend,
                        name ->
                                running.servers(name).values().stream()
                                        .map(LiveServer::id)
                                        .collect(Collectors.toCollection(HashSet::new)));
        int id = ServerIds.idFor(server, taken);
        taken.add(id);
        return id;
    }

    private static boolean serves(LiveServer live, WantedServer server) {
        return live.enabled() && live.isFor(server.run()) && isAt(live, server);
    }

    private static boolean isAt(LiveServer live, WantedServer server) {
        return live.address().equals(server.address()) && live.port() == server.port();
    }
}
