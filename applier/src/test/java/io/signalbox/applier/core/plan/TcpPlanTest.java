package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.OPTIONS;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.services;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.Plan.RuntimeUpdate;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Route;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.SpareProfile;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where connections lead: by commands, in workers whose frame leads any. */
class TcpPlanTest {
    private static final List<String> TCP = List.of("    mode tcp", "    balance roundrobin");
    private static final String READS =
            "    tcp-request content set-var(txn.service) str(edge/),map_str(@maps@/tcp)";

    private static Wanted wanted(List<String> sections, WantedService... all) {
        return new Wanted(
                new Version(1, 1),
                new Frame(
                        List.of(),
                        List.of("    mode http"),
                        sections,
                        List.of(new SpareProfile("tcp", 8, TCP)),
                        List.of(),
                        null,
                        "2.6",
                        true),
                services(all));
    }

    private static WantedService service(String name, String... names) {
        return new WantedService(
                name,
                TCP,
                OPTIONS,
                Optional.empty(),
                List.of(),
                Arrays.stream(names).map(TcpPlanTest::route).toList(),
                List.of());
    }

    private static Route route(String name) {
        return Route.of(
                new HeldRoute(name, "/", Instant.EPOCH, RouteMatch.tcp("edge", HostKind.EXACT)));
    }

    @Test
    void shouldBeInTheFileThatAWorkerStartsWith() {
        Wanted one = wanted(List.of(READS), service("a", "a.example", ""));

        Running running = started(one);

        assertThat(running.entries(MapName.TCP))
                .isEqualTo(Map.of("edge/a.example", "a", "edge/", "a"));
        assertThat(running.entries(MapName.ROUTES)).isEmpty();
        assertThat(plan(one, running)).isEqualTo(new NoChange());
    }

    @Test
    void shouldLeadToANewServiceInASpareAndAwayFromOneThatGoes() {
        Running running = started(wanted(List.of(READS), service("a", "a.example", "b.example")));
        Wanted two =
                wanted(List.of(READS), service("a", "a.example"), service("b", "b.example", "c"));

        Plan plan = plan(two, running);

        assertThat(plan).isInstanceOf(RuntimeUpdate.class);
        assertThat(plan.steps())
                .containsExactly(
                        new AddEntry(MapName.SERVICES, "b", "spare_tcp_001"),
                        new SetEntry(MapName.TCP, "edge/b.example", "b"),
                        new AddEntry(MapName.TCP, "edge/c", "b"));
        plan.steps().forEach(running::apply);
        assertThat(plan(two, running)).isEqualTo(new NoChange());

        plan = plan(wanted(List.of(READS), service("a", "a.example")), running);

        assertThat(plan.steps())
                .containsExactly(
                        new DeleteEntry(MapName.TCP, "edge/b.example"),
                        new DeleteEntry(MapName.TCP, "edge/c"),
                        new DeleteEntry(MapName.SERVICES, "b"));
    }

    @Test
    void shouldRepairWhatSomebodyElseChanged() {
        Wanted one = wanted(List.of(READS), service("a", "a.example"));
        Running running = started(one);
        running.apply(new SetEntry(MapName.TCP, "edge/a.example", "x"));
        running.apply(new AddEntry(MapName.TCP, "edge/z", "a"));

        assertThat(plan(one, running).steps())
                .containsExactlyInAnyOrder(
                        new SetEntry(MapName.TCP, "edge/a.example", "a"),
                        new DeleteEntry(MapName.TCP, "edge/z"));
    }

    @Test
    void shouldTouchNoMapThatTheFrameDoesNotRead() {
        Running running = started(wanted(List.of(), service("a")));

        assertThat(plan(wanted(List.of(), service("a", "a.example")), running))
                .isEqualTo(new NoChange());
    }
}
