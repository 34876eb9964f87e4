package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.hosts;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.routed;
import static io.signalbox.applier.core.plan.PlanSamples.service;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static io.signalbox.applier.core.plan.PlanSamples.transcript;
import static io.signalbox.applier.core.plan.PlanSamples.wanted;
import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.haproxy.MapName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MapPlanTest {
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
}
