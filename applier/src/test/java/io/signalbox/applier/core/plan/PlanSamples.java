package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.haproxy.RuntimeLine;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Services and workers to plan for, and plans in HAProxy's words. */
final class PlanSamples {
    static final List<String> PLAIN = List.of("    balance roundrobin");
    static final ServerOptions OPTIONS = new ServerOptions(2_000, 3, 1);
    static final String HOLD =
            "add server service_a/_hold 127.0.0.1:1 id "
                    + id("_hold")
                    + " weight 1 pool-max-conn -1 pool-purge-delay 1s";

    static final Waits HELD = new WaitsFor(true, true, false);

    static Plan plan(Wanted wanted, Running running) {
        return ApplyPlanner.planAll(wanted, running, ANSWERED);
    }

    static String[] hosts(int many) {
        return java.util.stream.IntStream.range(0, many)
                .mapToObj(number -> "h" + number + ".x")
                .toArray(String[]::new);
    }

    static void apply(Wanted wanted, Running running) {
        ApplyPlanner.planAll(wanted, running, ANSWERED).steps().forEach(running::apply);
    }

    static Running started(Wanted wanted) {
        return started(wanted, "3.0.11");
    }

    static Running started(Wanted wanted, String version) {
        return Saved.of(wanted, "topic", Set.of())
                .started(HaproxyVersion.of(version).capabilities());
    }

    static List<String> transcript(Wanted wanted, Running running, Waits answered) {
        Commands commands =
                new Commands(new ConfigPath("/maps"), HaproxyVersion.of("2.6.12").capabilities());
        List<RuntimeCommand> all = new ArrayList<>();
        ApplyPlanner.planAll(wanted, running, answered)
                .steps()
                .forEach(step -> all.addAll(commands.of(step)));
        assertThat(
                        RuntimeLine.join(all, commands.capabilities()).stream()
                                .flatMap(line -> line.commands().stream()))
                .containsExactlyElementsOf(all);
        return all.stream().map(RuntimeCommand::text).toList();
    }

    static int id(String server) {
        return ServerIds.idFor(server, new HashSet<>());
    }

    static Wanted wanted(WantedService... services) {
        return new Wanted(new Version(1, 1), frame(8, 8), services(services));
    }

    static SortedMap<String, WantedService> services(WantedService... services) {
        SortedMap<String, WantedService> byName = new TreeMap<>();
        Arrays.stream(services).forEach(service -> byName.put(service.name(), service));
        return byName;
    }

    static Frame frame(int number, int spares) {
        return new Frame(
                List.of("    maxconn " + number),
                List.of("    mode http"),
                List.of(),
                List.of(new SpareProfile("plain", spares, PLAIN)),
                List.of(),
                null,
                "2.6",
                true);
    }

    static WantedService service(String name, WantedServer... servers) {
        return new WantedService(
                name,
                PLAIN,
                OPTIONS,
                Optional.empty(),
                List.of(servers),
                List.of(Route.plain(new RouteKey(name + ".example", "/"))),
                List.of());
    }

    static WantedService routed(String name, String... hosts) {
        List<Route> routes =
                new TreeSet<>(Arrays.asList(hosts))
                        .stream().map(host -> Route.plain(new RouteKey(host, "/"))).toList();
        return new WantedService(
                name, PLAIN, OPTIONS, Optional.empty(), List.of(), routes, List.of());
    }

    static WantedServer server(String name, int number) {
        return new WantedServer(name, "run", "10.0.0." + number, 80, false, 100, false);
    }

    static WantedServer stopping(WantedServer server) {
        return new WantedServer(
                server.name(), server.run(), server.address(), 80, false, 100, true);
    }

    static WantedServer at(WantedServer server, String run, String address) {
        return new WantedServer(server.name(), run, address, 80, false, 100, false);
    }

    private PlanSamples() {}
}
