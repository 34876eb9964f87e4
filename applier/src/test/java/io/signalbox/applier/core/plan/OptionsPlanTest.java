package io.signalbox.applier.core.plan;

import static io.signalbox.applier.core.plan.PlanSamples.apply;
import static io.signalbox.applier.core.plan.PlanSamples.plan;
import static io.signalbox.applier.core.plan.PlanSamples.server;
import static io.signalbox.applier.core.plan.PlanSamples.service;
import static io.signalbox.applier.core.plan.PlanSamples.services;
import static io.signalbox.applier.core.plan.PlanSamples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Plan.NoChange;
import io.signalbox.applier.core.plan.Plan.Reload;
import io.signalbox.applier.core.plan.Plan.RuntimeUpdate;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.DeleteEntry;
import io.signalbox.applier.core.plan.Step.OfEntry;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.LiveOptions;
import io.signalbox.schemas.LiveOptions.Closed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsPlanTest {
    private static final LiveOptions TO_TLS = new LiveOptions(308, null, null, null, null);
    private static final LiveOptions CLOSED =
            new LiveOptions(null, Closed.AT_ONCE, null, null, null);

    private final WantedService web = service("web", server("web.1", 1));

    @Test
    void shouldHaveTheOptionsBeforeAnythingLeadsToTheService() {
        Running running = started(wanted());

        Plan plan = plan(wanted(web.with(TO_TLS)), running);

        assertThat(plan).isInstanceOf(RuntimeUpdate.class);
        assertThat(maps(plan)).containsExactly(MapName.OPTIONS, MapName.SERVICES, MapName.ROUTES);
        assertThat(plan.steps()).contains(new AddEntry(MapName.OPTIONS, "web", "308//////"));
    }

    @Test
    void shouldTakeTheOptionsBackWhenNothingLeadsToTheServiceAnyMore() {
        Running running = started(wanted(web.with(TO_TLS)));

        Plan plan = plan(wanted(), running);

        assertThat(maps(plan)).containsExactly(MapName.ROUTES, MapName.SERVICES, MapName.OPTIONS);
    }

    @Test
    void shouldChangeOptionsInOneStep() {
        Running running = started(wanted(web.with(TO_TLS)));

        assertThat(plan(wanted(web.with(CLOSED)), running).steps())
                .containsExactly(new SetEntry(MapName.OPTIONS, "web", "/1/////"));
        assertThat(plan(wanted(web), running).steps())
                .containsExactly(new DeleteEntry(MapName.OPTIONS, "web"));
        apply(wanted(web), running);
        assertThat(plan(wanted(web.with(CLOSED)), running).steps())
                .containsExactly(new AddEntry(MapName.OPTIONS, "web", "/1/////"));
    }

    @Test
    void shouldLeaveOptionsUntilTheTextIsInForceThatGoesWithThem() {
        Running running = started(wanted(web.with(TO_TLS)));
        WantedService other = web.withText(List.of("    balance leastconn"));

        Plan plan = plan(wanted(other.with(LiveOptions.NONE)), running);

        assertThat(plan).isInstanceOf(Reload.class);
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void shouldRepairWhatSomebodyElseChanged() {
        Wanted wanted = wanted(web.with(TO_TLS));
        Running running = started(wanted);
        assertThat(plan(wanted, running)).isEqualTo(new NoChange());

        running.observe(MapName.OPTIONS, Map.of("web", "/////", "nobody", "/1/////"));
        apply(wanted, running);

        assertThat(running.entries(MapName.OPTIONS)).containsExactly(Map.entry("web", "308//////"));
    }

    @Test
    void shouldSayNothingToAFrameThatReadsNoOptions() {
        Running running = started(PlanSamples.wanted(web));

        assertThat(plan(PlanSamples.wanted(web.with(TO_TLS)), running)).isEqualTo(new NoChange());
    }

    @Test
    void shouldLeadNobodyToAServiceBeforeAFrameAsksForCertificates() {
        WantedService asking = web.with(LiveOptions.NONE.withClientCertificate());

        Plan plan = plan(wanted(asking), started(wanted()));

        assertThat(plan).isInstanceOf(Reload.class);
        assertThat(plan.steps()).isEmpty();
    }

    private static List<MapName> maps(Plan plan) {
        return plan.steps().stream()
                .filter(OfEntry.class::isInstance)
                .map(step -> ((OfEntry) step).map())
                .toList();
    }

    private static Wanted wanted(WantedService... services) {
        Frame frame = PlanSamples.frame(8, 8);
        return new Wanted(
                new Version(1, 1),
                new Frame(
                        frame.global(),
                        frame.defaults(),
                        List.of("defaults services"),
                        frame.spares(),
                        frame.entryPoints(),
                        null,
                        frame.oldestHaproxy(),
                        frame.accessLog()),
                services(services));
    }
}
