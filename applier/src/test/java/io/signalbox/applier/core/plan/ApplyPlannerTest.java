package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.HOLD;
import static io.signalbox.applier.core.plan.PlanSamples.OPTIONS;
import static io.signalbox.applier.core.plan.PlanSamples.apply;
import static io.signalbox.applier.core.plan.PlanSamples.at;
import static io.signalbox.applier.core.plan.PlanSamples.frame;
import static io.signalbox.applier.core.plan.PlanSamples.id;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.server;
import static io.signalbox.applier.core.plan.PlanSamples.service;
import static io.signalbox.applier.core.plan.PlanSamples.services;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static io.signalbox.applier.core.plan.PlanSamples.stopping;
import static io.signalbox.applier.core.plan.PlanSamples.transcript;
import static io.signalbox.applier.core.plan.PlanSamples.wanted;
import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static io.signalbox.applier.core.plan.WaitsFor.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.Plan.Reload;
import io.signalbox.applier.core.plan.Plan.RuntimeUpdate;
import io.signalbox.haproxy.MapName;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplyPlannerTest {
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
                        List.of(Route.plain(new RouteKey("a.example", "/"))),
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
    void shouldPlanTheSameStepsForTouchedServicesAsForAll() {
        Running running = started(wanted(service("a"), service("b"), service("c")));
        Wanted wanted = wanted(service("a"), service("b", server("b.1", 1)), service("c"));

        Plan some = ApplyPlanner.plan(wanted, running, Set.of("b"), ANSWERED);

        assertThat(some).isInstanceOf(RuntimeUpdate.class);
        assertThat(some).isEqualTo(ApplyPlanner.planAll(wanted, running, ANSWERED));
    }
}
