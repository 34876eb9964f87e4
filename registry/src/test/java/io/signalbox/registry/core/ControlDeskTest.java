package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.Facts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlDeskTest {
    private final Partition log = new Partition();
    private final ControlDesk desk = new ControlDesk();

    @Test
    void shouldTellEveryHostAfterATakeOver() {
        long one = log.session("h1");
        long two = log.session("h2");
        log.append(opened("h3"));
        assertThat(desk.takeOver(log.state))
                .extracting(WatcherControl::host, WatcherControl::currentSession)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("h1", one),
                        org.assertj.core.groups.Tuple.tuple("h2", two));
    }

    @Test
    void shouldTellOnlyWhatDiffersFromWhatWasSaid() {
        long session = log.session("h");
        desk.takeOver(log.state);
        assertThat(told(event("h", session, 9, new Fact.Gap("x"))))
                .extracting(WatcherControl::resyncSession)
                .containsExactly(session);
        assertThat(told(event("h", session, 10, new Fact.Gap("x")))).isEmpty();
        assertThat(told(decided("h", new Fact.HostSuspected(session))))
                .extracting(WatcherControl::suspected)
                .containsExactly(true);
        assertThat(told(decided("h", new Fact.HostLost(session)))).isEmpty();
        assertThat(told(decided("h", new Fact.HostReturned(session))))
                .extracting(WatcherControl::suspected)
                .containsExactly(false);
    }

    @Test
    void shouldListTheStoppingRunsForASessionThatBecomesCurrent() {
        long session = log.session("h", container("c"), container("d"));
        log.append(event("h", session, 5, new Fact.ContainerStopping("c", RUN)));
        desk.takeOver(log.state);
        long next = log.next;
        log.append(opened("h"));
        assertThat(told(Facts.began("h", next, 1)))
                .singleElement()
                .satisfies(
                        control -> {
                            assertThat(control.currentSession()).isEqualTo(next);
                            assertThat(control.stopping())
                                    .containsExactly(new StoppingRun("c", RUN));
                        });
    }

    @Test
    void shouldTellASessionThatBeatsWithoutBeingCurrentOnce() {
        long session = log.session("h");
        desk.takeOver(log.state);
        assertThat(desk.onBeat(log.state, "h", session)).isEmpty();
        assertThat(desk.onBeat(log.state, "h", session + 50)).isPresent();
        assertThat(desk.onBeat(log.state, "h", session + 50)).isEmpty();
        assertThat(desk.onBeat(log.state, "h", session + 51)).isPresent();
        assertThat(desk.onBeat(log.state, "unknown", 1)).isEmpty();
    }

    @Test
    void shouldForgetSessionsThatAreOverAndNoneThatBeats() {
        long session = log.session("h");
        long standby = session + 1;
        long over = session + 2;
        assertThat(desk.onBeat(log.state, "h", standby)).isPresent();
        assertThat(desk.onBeat(log.state, "h", over)).isPresent();

        for (int later = 1; later < ControlDesk.MOST_TOLD; later++) {
            assertThat(desk.onBeat(log.state, "h", over + later)).isPresent();
            assertThat(desk.onBeat(log.state, "h", standby)).as("it goes on beating").isEmpty();
        }

        assertThat(desk.onBeat(log.state, "h", over)).as("forgotten").isPresent();
        assertThat(desk.onBeat(log.state, "h", standby)).isEmpty();
    }

    @Test
    void shouldRepeatAWantedResyncAtEachBeatUntilAnotherSessionIsCurrent() {
        long session = log.session("h");
        log.append(event("h", session, 9, new Fact.Gap("x")));
        assertThat(desk.onBeat(log.state, "h", session)).isPresent();
        assertThat(desk.onBeat(log.state, "h", session)).isPresent();
        long next = log.session("h");
        assertThat(desk.onBeat(log.state, "h", next)).isEmpty();
    }

    @Test
    void shouldAskASessionWithoutABeginningAtEachBeat() {
        long session = log.next;
        log.append(opened("h"));
        log.append(event("h", session, 2, new Fact.Gap("x")));
        assertThat(desk.onBeat(log.state, "h", session))
                .get()
                .extracting(WatcherControl::resyncSession)
                .isEqualTo(session);
        assertThat(desk.onBeat(log.state, "h", session)).isPresent();
    }

    private List<WatcherControl> told(Event event) {
        List<WatcherControl> told = new ArrayList<>();
        for (Signal signal : log.append(event).signals()) {
            if (signal instanceof Signal.ForWatchers forThem) {
                desk.onSignal(log.state, forThem).ifPresent(told::add);
            }
        }
        return told;
    }
}
