package io.signalbox.applier.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Step.AddEntry;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import io.signalbox.applier.core.plan.Step.SetEntry;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionMarkTest {
    private static final Step DRAIN = new MaintainServer("service_a", "a.1");

    private final Running running = running(new Version(1, 7));

    @Test
    void shouldTellAfterTheStepsThatAVersionIsInForce() {
        List<Step> steps = VersionMark.mark(List.of(DRAIN), running, new Version(1, 8), true);

        assertThat(steps)
                .containsExactly(
                        DRAIN,
                        new SetEntry(MapName.VERSION, "epoch", "1"),
                        new SetEntry(MapName.VERSION, "generation", "8"));
    }

    @Test
    void shouldTellBeforeTheStepsThatAVersionIsBegun() {
        List<Step> steps = VersionMark.mark(List.of(DRAIN), running, new Version(1, 8), false);

        assertThat(steps)
                .containsExactly(
                        new AddEntry(MapName.VERSION, "begun-epoch", "1"),
                        new AddEntry(MapName.VERSION, "begun-generation", "8"),
                        DRAIN);
        steps.forEach(running::apply);
        assertThat(running.version()).isEqualTo(new Version(1, 7));
        assertThat(running.reached()).isEqualTo(new Version(1, 8));
    }

    @Test
    void shouldTellOnceOnly() {
        VersionMark.mark(List.of(DRAIN), running, new Version(1, 8), false).forEach(running::apply);

        assertThat(VersionMark.mark(List.of(DRAIN), running, new Version(1, 8), false))
                .containsExactly(DRAIN);
        assertThat(VersionMark.mark(List.of(), running, new Version(1, 9), false)).isEmpty();
    }

    @Test
    void shouldHaveReachedWhatIsInForceWhenThatIsLater() {
        VersionMark.mark(List.of(DRAIN), running, new Version(1, 8), false).forEach(running::apply);
        VersionMark.mark(List.of(), running, new Version(2, 1), true).forEach(running::apply);

        assertThat(running.reached()).isEqualTo(new Version(2, 1));
    }

    @Test
    void shouldLowerWhatWasBegunInAnotherTopic() {
        VersionMark.mark(List.of(DRAIN), running, new Version(9, 8), false).forEach(running::apply);
        VersionMark.mark(List.of(), running, new Version(2, 1), true).forEach(running::apply);

        assertThat(running.reached()).isEqualTo(new Version(2, 1));
    }

    private static Running running(Version version) {
        Frame frame =
                new Frame(List.of(), List.of(), List.of(), List.of(), List.of(), null, "2.6", true);
        return Saved.of(new Wanted(version, frame, new TreeMap<>()), "topic", java.util.Set.of())
                .started(io.signalbox.haproxy.HaproxyVersion.of("3.0.11").capabilities());
    }
}
