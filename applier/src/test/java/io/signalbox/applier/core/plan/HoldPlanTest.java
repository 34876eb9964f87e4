package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.HELD;
import static io.signalbox.applier.core.plan.PlanSamples.HOLD;
import static io.signalbox.applier.core.plan.PlanSamples.apply;
import static io.signalbox.applier.core.plan.PlanSamples.server;
import static io.signalbox.applier.core.plan.PlanSamples.service;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static io.signalbox.applier.core.plan.PlanSamples.stopping;
import static io.signalbox.applier.core.plan.PlanSamples.transcript;
import static io.signalbox.applier.core.plan.PlanSamples.wanted;
import static io.signalbox.applier.core.plan.WaitsFor.ANSWERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import org.junit.jupiter.api.Test;

class HoldPlanTest {
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
}
