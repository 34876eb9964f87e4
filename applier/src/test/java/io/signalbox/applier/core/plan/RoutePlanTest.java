package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.OPTIONS;
import static io.signalbox.applier.core.plan.PlanSamples.PLAIN;
import static io.signalbox.applier.core.plan.PlanSamples.frame;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.services;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.Plan.Reload;
import io.signalbox.applier.core.plan.Plan.RuntimeUpdate;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutePlanTest {
    private static final RoutePattern SHOP = new RoutePattern("shop.example", "/");
    private static final String KEY = "shop.example/";

    @Test
    void shouldRouteBelowAHostAtRunTime() {
        Running running = started(wanted(service("a")));

        Plan plan = plan(wanted(service("a", below("*.shop.example"))), running);

        assertThat(plan).isInstanceOf(RuntimeUpdate.class);
        assertThat(plan.steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        AddEntry.class,
                        step -> {
                            assertThat(step.key()).isEqualTo("shop.example*/");
                            assertThat(step.value()).matches("\\d+/a");
                        });
        plan.steps().forEach(running::apply);
        assertThat(running.routesOf("a")).containsExactly("shop.example*/");
    }

    @Test
    void shouldReloadForAnotherRuleAndNameItsService() {
        Route get = asking("GET");
        Running running = started(wanted(service("a", get), service("b")));

        assertThat(plan(wanted(service("a", get), service("b")), running))
                .isEqualTo(new NoChange());
        assertThat(reason(wanted(service("a"), service("b")), running))
                .isEqualTo("routing rules: a");
        assertThat(reason(wanted(service("a", get), service("b", asking("PUT"))), running))
                .isEqualTo("routing rules: b");
        assertThat(reason(wanted(service("b")), running)).isEqualTo("routing rules: a");
    }

    private static String reason(Wanted wanted, Running running) {
        return plan(wanted, running) instanceof Reload reload ? reload.reason().toString() : "none";
    }

    @Test
    void shouldShareARouteAtRunTimeAndGiveItBack() {
        Wanted whole = wanted(service("a", whole(SHOP)), service("b"));
        Running running = started(whole);

        Wanted canary = wanted(service("a", share(90)), service("b", share(10)));
        Plan plan = plan(canary, running);

        assertThat(plan).isInstanceOf(RuntimeUpdate.class);
        assertThat(plan.steps()).hasSize(101);
        assertThat(plan.steps().subList(0, 100))
                .allMatch(step -> step instanceof AddEntry add && add.map() == MapName.SPLITS);
        assertThat(plan.steps().getLast()).isInstanceOf(SetEntry.class);
        plan.steps().forEach(running::apply);
        assertThat(plan(canary, running)).isEqualTo(new NoChange());
        assertThat(numbers(running)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 90, "b", 10));

        plan = plan(whole, running);
        assertThat(plan.steps().getFirst()).isInstanceOf(SetEntry.class);
        assertThat(plan.steps().subList(1, 101)).allMatch(DeleteEntry.class::isInstance);
        plan.steps().forEach(running::apply);
        assertThat(running.entries(MapName.ROUTES))
                .isEqualTo(started(whole).entries(MapName.ROUTES));
        assertThat(running.entries(MapName.SPLITS)).isEmpty();
    }

    @Test
    void shouldMoveOnlyTheNumbersThatTheChangeOfASharesMoves() {
        Running running = started(wanted(service("a", share(90)), service("b", share(10))));

        Plan plan = plan(wanted(service("a", share(80)), service("b", share(20))), running);

        assertThat(plan).isInstanceOf(RuntimeUpdate.class);
        assertThat(plan.steps())
                .hasSize(10)
                .allMatch(step -> step instanceof SetEntry set && set.value().equals("b"));
    }

    @Test
    void shouldHaveTheSameNumbersAfterAReload() {
        Wanted before = wanted(service("a", share(33)), service("b", share(33)), service("c"));
        Wanted after =
                wanted(service("a", share(20)), service("b", share(60)), service("c", share(20)));
        Running running = started(before);
        plan(after, running).steps().forEach(running::apply);

        assertThat(running.entries(MapName.SPLITS))
                .isEqualTo(started(after).entries(MapName.SPLITS));
    }

    @Test
    void shouldFillASplitForAnyShares() {
        assertThat(numbers(started(wanted(service("a", share(33)), service("b", share(33))))))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", 33, "b", 67));
        assertThat(numbers(started(wanted(service("a", share(80)), service("b", share(80))))))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", 80, "b", 20));
        assertThat(numbers(started(wanted(service("a", share(0)))))).containsEntry("a", 100);
    }

    @Test
    void shouldLeaveARouteWhereItIsWhileAServiceThatSharesItHasNoBackend() {
        Running running = started(wanted(service("a", whole(SHOP))));
        WantedService other =
                new WantedService(
                        "b",
                        List.of("    balance leastconn"),
                        OPTIONS,
                        Optional.empty(),
                        List.of(),
                        List.of(share(50)),
                        List.of());

        Plan plan = plan(wanted(service("a", share(50)), other), running);

        assertThat(plan).isInstanceOf(Reload.class);
        assertThat(plan.steps()).isEmpty();
        assertThat(running.routesOf("a")).containsExactly(KEY);
    }

    @Test
    void shouldGiveTheShareOfAServiceThatIsGoneToTheOthersFirst() {
        Running running = started(wanted(service("a", share(50)), service("b", share(50))));

        Plan plan =
                ApplyPlanner.plan(wanted(service("a", share(50))), running, Set.of("b"), ANSWERED);

        assertThat(plan.steps()).hasSize(51);
        assertThat(plan.steps().subList(0, 50))
                .allMatch(step -> step instanceof SetEntry set && set.value().equals("a"));
        assertThat(plan.steps().getLast()).isEqualTo(new DeleteEntry(MapName.SERVICES, "b"));
    }

    @Test
    void shouldRepairSplitsThatSomebodyElseChanged() {
        Wanted wanted = wanted(service("a", share(50)), service("b", share(50)));
        Running running = started(wanted);
        running.observe(MapName.SPLITS, Map.of("split=0123456789abcdef0123/5", "a"));

        plan(wanted, running).steps().forEach(running::apply);

        assertThat(running.entries(MapName.SPLITS))
                .isEqualTo(started(wanted).entries(MapName.SPLITS));
    }

    @Test
    void shouldTellAFrameThatReadsNoRanksNothingThatItCannotRead() {
        Frame old = frame(8, 8);
        Wanted wanted =
                new Wanted(
                        new Version(1, 1),
                        old,
                        services(
                                service("a", whole(SHOP), below("*.x.example"), asking("GET")),
                                service("b", new Route(SHOP, Optional.of(10), false))));
        Running running = started(wanted);

        assertThat(running.entries(MapName.ROUTES)).isEqualTo(Map.of(KEY, "a"));
        assertThat(plan(wanted, running)).isEqualTo(new NoChange());

        Wanted ranked = new Wanted(new Version(1, 2), ranked(), wanted.services());
        Plan plan = plan(ranked, running);
        assertThat(plan).isInstanceOf(Reload.class);
        assertThat(plan.steps()).isEmpty();
    }

    private static Map<String, Integer> numbers(Running running) {
        Map<String, Integer> numbers = new java.util.TreeMap<>();
        running.entries(MapName.SPLITS)
                .values()
                .forEach(service -> numbers.merge(service, 1, Integer::sum));
        return numbers;
    }

    private static Frame ranked() {
        Frame frame = frame(8, 8);
        return new Frame(
                frame.global(),
                frame.defaults(),
                List.of("frontend in_http", "    @rules@"),
                frame.spares(),
                frame.entryPoints(),
                frame.statistics(),
                frame.oldestHaproxy(),
                frame.accessLog());
    }

    private static Wanted wanted(WantedService... services) {
        return new Wanted(new Version(1, 1), ranked(), services(services));
    }

    private static WantedService service(String name, Route... routes) {
        return new WantedService(
                name,
                PLAIN,
                OPTIONS,
                Optional.empty(),
                List.of(),
                Arrays.asList(routes),
                List.of());
    }

    private static Route whole(RoutePattern pattern) {
        return new Route(pattern, Optional.empty(), false);
    }

    private static Route share(int percent) {
        return new Route(SHOP, Optional.of(percent), false);
    }

    private static Route below(String host) {
        return whole(RoutePattern.of(host, "/", match(HostKind.WILDCARD, Collections.emptyList())));
    }

    private static Route asking(String... methods) {
        return whole(
                RoutePattern.of(
                        "m.example", "/", match(HostKind.EXACT, Stream.of(methods).toList())));
    }

    private static RouteMatch match(HostKind host, List<String> methods) {
        return new RouteMatch(
                host,
                PathKind.PREFIX,
                List.of(),
                methods,
                List.of(),
                List.of(),
                List.of(),
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }
}
