package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static io.signalbox.applier.core.plan.WaitsFor.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.Plan.Reload;
import io.signalbox.applier.core.plan.Plan.RuntimeUpdate;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.HaproxyVersion;
import io.signalbox.haproxy.MapName;
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
import org.junit.jupiter.api.Test;

class ApplyPlannerTest {
    private static final List<String> PLAIN = List.of("    balance roundrobin");
    private static final ServerOptions OPTIONS = new ServerOptions(2_000, 3, 1);
    private static final String HOLD =
            "add server service_a/_hold 127.0.0.1:1 id "
                    + id("_hold")
                    + " weight 1 pool-max-conn -1 pool-purge-delay 1s";

    private static final Waits HELD = new WaitsFor(true, true, false);

    @Test
    void shouldPlanNothingForWhatTheFileAlreadySays() {
        Wanted wanted = wanted(service("a", server("a.1", 1)));

        assertThat(ApplyPlanner.planAll(wanted, started(wanted), SILENT)).isEqualTo(new NoChange());
    }

    @Test
    void shouldDrainBeforeItAddsAndDeleteWhatHasRestedLast() {
        Running running =
                started(wanted(service("a", server("a.0", 4), server("a.1", 1), server("a.2", 2))));
        running.apply(new Step.MaintainServer("service_a", "a.0"));
        Wanted wanted = wanted(service("a", server("a.2", 2), server("a.3", 3)));

        assertThat(transcript(wanted, running, ANSWERED))
                .containsExactly(
                        "set server service_a/a.1 state maint",
                        "add server service_a/a.3 10.0.0.3:80 id "
                                + id("a.3")
                                + " weight 100 check inter 2s fall 3 rise 1"
                                + " pool-max-conn -1 pool-purge-delay 1s",
                        "enable health service_a/a.3",
                        "set server service_a/a.3 state ready",
                        "del server service_a/a.0");
        assertThat(transcript(wanted, running, new WaitsFor(true, false, true)))
                .isNotEmpty()
                .noneMatch(command -> command.startsWith("del server"));
    }

    @Test
    void shouldLeaveANewServerInMaintenanceUntilItAnswers() {
        Running running = started(wanted(service("a")));
        WantedService service = service("a", server("a.1", 1));
        Wanted wanted = wanted(service);

        Plan plan = ApplyPlanner.planAll(wanted, running, SILENT);

        assertThat(plan.steps()).singleElement().isInstanceOf(Step.AddServer.class);
        plan.steps().forEach(running::apply);
        assertThat(ApplyPlanner.pending(service, running)).hasSize(1);
        assertThat(transcript(wanted, running, ANSWERED))
                .containsExactly(
                        "enable health service_a/a.1", "set server service_a/a.1 state ready");
    }

    @Test
    void shouldTakeAStoppingServerOutAtOnceAndKeepItUntilItIsGone() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        Wanted stopping = wanted(service("a", stopping(server("a.1", 1))));

        assertThat(transcript(stopping, running, HELD))
                .containsExactly(
                        HOLD,
                        "set server service_a/_hold state ready",
                        "set server service_a/a.1 state maint");
        ApplyPlanner.planAll(stopping, running, HELD).steps().forEach(running::apply);
        assertThat(ApplyPlanner.planAll(stopping, running, HELD)).isEqualTo(new NoChange());
        assertThat(transcript(stopping, running, ANSWERED))
                .containsExactly("set server service_a/_hold state maint");
        apply(stopping, running);
        assertThat(transcript(stopping, running, ANSWERED))
                .containsExactly("del server service_a/_hold");
    }

    @Test
    void shouldHoldOnlyAServiceThatLosesItsLastServer() {
        Running running = started(wanted(service("a", server("a.1", 1), server("a.2", 2))));
        Wanted one = wanted(service("a", stopping(server("a.1", 1)), server("a.2", 2)));

        assertThat(transcript(one, running, HELD))
                .containsExactly("set server service_a/a.1 state maint");
        assertThat(transcript(wanted(service("a", server("a.3", 3))), running, ANSWERED))
                .noneMatch(command -> command.contains("_hold"));
    }

    @Test
    void shouldHoldNobodyInAServiceThatIsGone() {
        Running running = started(wanted(service("a", server("a.1", 1))));

        assertThat(transcript(wanted(), running, HELD))
                .noneMatch(command -> command.contains("_hold"));
    }

    @Test
    void shouldHoldTheRequestsAgainWithTheServerThatStillRests() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        Wanted stopping = wanted(service("a", stopping(server("a.1", 1))));
        ApplyPlanner.planAll(stopping, running, HELD).steps().forEach(running::apply);
        Waits resting = new WaitsFor(true, true, true);
        Wanted back = wanted(service("a", server("a.1", 1)));
        ApplyPlanner.planAll(back, running, resting).steps().forEach(running::apply);

        assertThat(transcript(stopping, running, resting))
                .containsExactly(
                        "set server service_a/_hold state ready",
                        "set server service_a/a.1 state maint");
    }

    @Test
    void shouldKnockAgainForAnotherStartOfTheSameContainer() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        Wanted restarted = wanted(service("a", at(server("a.1", 1), "later", "10.0.0.9")));

        assertThat(transcript(restarted, running, SILENT))
                .containsExactly(
                        HOLD,
                        "set server service_a/_hold state ready",
                        "set server service_a/a.1 state maint",
                        "set server service_a/a.1 addr 10.0.0.9 port 80");
        ApplyPlanner.planAll(restarted, running, SILENT).steps().forEach(running::apply);
        assertThat(transcript(restarted, running, ANSWERED))
                .containsExactly(
                        "enable health service_a/a.1",
                        "set server service_a/a.1 state ready",
                        "set server service_a/_hold state maint");
    }

    @Test
    void shouldClaimASpareForANewServiceAndGiveItBack() {
        Running running = started(wanted(service("a")));
        Wanted both = wanted(service("a"), service("b", server("b.1", 1)));

        assertThat(transcript(both, running, ANSWERED))
                .containsExactly(
                        "add server spare_plain_001/b.1 10.0.0.1:80 id "
                                + id("b.1")
                                + " weight 100 check inter 2s fall 3 rise 1"
                                + " pool-max-conn -1 pool-purge-delay 1s",
                        "enable health spare_plain_001/b.1",
                        "set server spare_plain_001/b.1 state ready",
                        "add map /maps/services b spare_plain_001",
                        "add map /maps/routes b.example/ b");

        ApplyPlanner.planAll(both, running, ANSWERED).steps().forEach(running::apply);
        assertThat(transcript(wanted(service("a")), running, ANSWERED))
                .containsExactly(
                        "del map /maps/routes b.example/",
                        "del map /maps/services b",
                        "set server spare_plain_001/b.1 state maint");
        apply(wanted(service("a")), running);
        assertThat(running.free("spare_plain_001")).isFalse();
        apply(wanted(service("a")), running);
        assertThat(running.free("spare_plain_001")).isTrue();
    }

    @Test
    void shouldNotClaimASpareWhoseLastServerLingers() {
        Running running = started(wanted());
        apply(wanted(service("b", server("b.1", 1))), running);
        apply(wanted(), running);

        apply(wanted(service("c", server("c.1", 1))), running);

        assertThat(running.backendOf("c")).isEqualTo("spare_plain_002");
        assertThat(running.orphans()).isEmpty();
        assertThat(running.free("spare_plain_001")).isTrue();
    }

    @Test
    void shouldGiveAReturningServiceItsOwnBackendBack() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        apply(wanted(), running);
        assertThat(running.backendOf("a")).isNull();

        apply(wanted(service("a", server("a.2", 2))), running);

        assertThat(running.backendOf("a")).isEqualTo("service_a");
        assertThat(running.servers("service_a").keySet()).containsExactly("a.2");
    }

    @Test
    void shouldLeadAServiceBackThatSomebodyElseLedAway() {
        Wanted wanted = wanted(service("a", server("a.1", 1)));
        Running running = started(wanted);
        running.observe(MapName.SERVICES, java.util.Map.of("a", "unavailable"));

        assertThat(plan(wanted, running).steps())
                .containsExactly(new Step.SetEntry(MapName.SERVICES, "a", "service_a"));
    }

    @Test
    void shouldMoveARouteInPlace() {
        WantedService one = routed("a", "x.example");
        Running running = started(wanted(one, routed("b", "y.example")));
        Wanted moved = wanted(routed("a", "z.example"), routed("b", "x.example", "y.example"));

        assertThat(transcript(moved, running, ANSWERED))
                .containsExactly(
                        "add map /maps/routes z.example/ a", "set map /maps/routes x.example/ b");
    }

    @Test
    void shouldReloadForAnotherFrameAndStillDoAtOnceWhatItCan() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        Wanted other =
                new Wanted(
                        new Version(1, 2),
                        frame(9, 8),
                        services(service("a", stopping(server("a.1", 1)))));

        Plan plan = ApplyPlanner.planAll(other, running, ANSWERED);

        assertThat(plan)
                .isInstanceOfSatisfying(
                        Reload.class,
                        reload -> {
                            assertThat(reload.reason()).hasToString("frame");
                            assertThat(reload.urgent()).isTrue();
                        });
        assertThat(plan.steps()).contains(new Step.MaintainServer("service_a", "a.1"));
    }

    @Test
    void shouldReloadForAnotherServiceText() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        WantedService other =
                new WantedService(
                        "a",
                        List.of("    balance leastconn"),
                        OPTIONS,
                        Optional.empty(),
                        List.of(server("a.1", 1)),
                        List.of(new RouteKey("a.example", "/")),
                        List.of());

        assertThat(ApplyPlanner.planAll(wanted(other), running, ANSWERED))
                .isInstanceOfSatisfying(
                        Reload.class,
                        reload -> assertThat(reload.reason()).hasToString("service text: a"));
    }

    @Test
    void shouldAskForMoreSparesBelowAQuarterWithoutHaste() {
        Running running = started(wanted());
        List<WantedService> many = new ArrayList<>();
        for (int index = 0; index < 7; index++) {
            many.add(service("s" + index, server("s" + index + ".1", index)));
        }
        Wanted wanted = wanted(many.toArray(new WantedService[0]));

        assertThat(ApplyPlanner.planAll(wanted, running, ANSWERED))
                .isInstanceOfSatisfying(
                        Reload.class,
                        reload -> {
                            assertThat(reload.reason()).hasToString("spares: plain");
                            assertThat(reload.urgent()).isFalse();
                        });
    }

    @Test
    void shouldNameTheServiceThatFindsNoSpare() {
        Running running = started(new Wanted(new Version(1, 1), frame(8, 0), services()));
        Wanted wanted =
                new Wanted(
                        new Version(1, 2), frame(8, 0), services(service("a", server("a.1", 1))));

        assertThat(ApplyPlanner.planAll(wanted, running, ANSWERED))
                .isInstanceOfSatisfying(
                        Reload.class,
                        reload -> assertThat(reload.reason()).hasToString("service text: a"));
    }

    @Test
    void shouldChangeAWeightInPlace() {
        Running running = started(wanted(service("a", server("a.1", 1))));
        WantedServer heavier = new WantedServer("a.1", "run", "10.0.0.1", 80, false, 50, false);

        assertThat(transcript(wanted(service("a", heavier)), running, ANSWERED))
                .containsExactly("set server service_a/a.1 weight 50");
    }

    @Test
    void shouldReplaceAMapForManyChangesAndChangeFewOneByOne() {
        Running running = started(wanted(routed("a", hosts(1))));

        assertThat(plan(wanted(routed("a", hosts(201))), running).steps())
                .hasSize(200)
                .allMatch(Step.AddEntry.class::isInstance);

        Wanted many = wanted(routed("a", hosts(202)));
        Plan plan = plan(many, running);
        assertThat(plan.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        Step.ReplaceMap.class,
                        step -> {
                            assertThat(step.map()).isEqualTo(MapName.ROUTES);
                            assertThat(step.entries()).hasSize(202).containsEntry("h1.x/", "a");
                        });
        plan.steps().forEach(running::apply);
        assertThat(plan(many, running)).isEqualTo(new NoChange());
        assertThat(running.routesOf("a")).hasSize(202);

        plan = plan(wanted(routed("a", hosts(1))), running);
        assertThat(plan.steps()).singleElement().isInstanceOf(Step.ReplaceMap.class);
        plan.steps().forEach(running::apply);
        assertThat(running.routesOf("a")).hasSize(1);
    }

    @Test
    void shouldCountFewAdditionsInWhenManyRemovalsReplaceTheMap() {
        Running running = started(wanted(routed("a", hosts(300)), routed("b")));

        Plan plan = plan(wanted(routed("a", hosts(10)), routed("b", "b.x", "c.x")), running);

        assertThat(plan.steps()).hasSize(3).last().isInstanceOf(Step.ReplaceMap.class);
        plan.steps().forEach(running::apply);
        assertThat(running.routesOf("a")).hasSize(10);
        assertThat(running.routesOf("b")).containsExactly("b.x/", "c.x/");
    }

    @Test
    void shouldTakeAllRoutesBackBeforeServicesInBulk() {
        List<WantedService> many = new ArrayList<>();
        for (int index = 0; index < 250; index++) {
            many.add(service("s" + index));
        }
        Running running = started(wanted(many.toArray(new WantedService[0])));

        assertThat(plan(wanted(), running).steps())
                .containsExactly(
                        new Step.ReplaceMap(MapName.ROUTES, new TreeMap<>()),
                        new Step.ReplaceMap(MapName.SERVICES, new TreeMap<>()));
    }

    private static Plan plan(Wanted wanted, Running running) {
        return ApplyPlanner.planAll(wanted, running, ANSWERED);
    }

    private static String[] hosts(int many) {
        return java.util.stream.IntStream.range(0, many)
                .mapToObj(number -> "h" + number + ".x")
                .toArray(String[]::new);
    }

    @Test
    void shouldPlanTheSameStepsForTouchedServicesAsForAll() {
        Running running = started(wanted(service("a"), service("b"), service("c")));
        Wanted wanted = wanted(service("a"), service("b", server("b.1", 1)), service("c"));

        Plan some = ApplyPlanner.plan(wanted, running, Set.of("b"), ANSWERED);

        assertThat(some).isInstanceOf(RuntimeUpdate.class);
        assertThat(some).isEqualTo(ApplyPlanner.planAll(wanted, running, ANSWERED));
    }

    private static void apply(Wanted wanted, Running running) {
        ApplyPlanner.planAll(wanted, running, ANSWERED).steps().forEach(running::apply);
    }

    private static Running started(Wanted wanted) {
        return Saved.of(wanted, "topic", Set.of()).started();
    }

    private static List<String> transcript(Wanted wanted, Running running, Waits answered) {
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

    private static int id(String server) {
        return ServerIds.idFor(server, new HashSet<>());
    }

    private static Wanted wanted(WantedService... services) {
        return new Wanted(new Version(1, 1), frame(8, 8), services(services));
    }

    private static SortedMap<String, WantedService> services(WantedService... services) {
        SortedMap<String, WantedService> byName = new TreeMap<>();
        Arrays.stream(services).forEach(service -> byName.put(service.name(), service));
        return byName;
    }

    private static Frame frame(int number, int spares) {
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

    private static WantedService service(String name, WantedServer... servers) {
        return new WantedService(
                name,
                PLAIN,
                OPTIONS,
                Optional.empty(),
                List.of(servers),
                List.of(new RouteKey(name + ".example", "/")),
                List.of());
    }

    private static WantedService routed(String name, String... hosts) {
        List<RouteKey> routes =
                new TreeSet<>(Arrays.asList(hosts))
                        .stream().map(host -> new RouteKey(host, "/")).toList();
        return new WantedService(
                name, PLAIN, OPTIONS, Optional.empty(), List.of(), routes, List.of());
    }

    private static WantedServer server(String name, int number) {
        return new WantedServer(name, "run", "10.0.0." + number, 80, false, 100, false);
    }

    private static WantedServer stopping(WantedServer server) {
        return new WantedServer(
                server.name(), server.run(), server.address(), 80, false, 100, true);
    }

    private static WantedServer at(WantedServer server, String run, String address) {
        return new WantedServer(server.name(), run, address, 80, false, 100, false);
    }
}
