package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.T0;
import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.decided;
import static io.signalbox.registry.core.Facts.ended;
import static io.signalbox.registry.core.Facts.engine;
import static io.signalbox.registry.core.Facts.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import org.junit.jupiter.api.Test;

/** Several sources of one host: each snapshot speaks for its own. */
class SnapshotSourceTest {
    private final Partition log = new Partition();

    @Test
    void shouldSweepOnlyWhatTheSnapshotsSourceShowed() {
        long session = log.session("h", container("a"), container("b"));
        log.append(
                from("static", session, 5, new Fact.SnapshotBegan("static", engine("engine-1"))));
        log.append(from("static", session, 6, new Fact.ContainerObserved(container("s"))));
        log.append(from("static", session, 7, new Fact.SnapshotEnded("static", 1)));
        assertThat(log.instance("h", "a").gone()).isFalse();
        assertThat(log.instance("h", "s").source()).isEqualTo("static");
        log.takeOver();

        long next = log.snapshot("h", session, 8, container("b")) + 1;

        assertThat(log.instance("h", "a").gone()).isTrue();
        assertThat(log.instance("h", "b").gone()).isFalse();
        assertThat(log.instance("h", "s").gone()).isFalse();
        log.append(
                from(
                        "static",
                        session,
                        next++,
                        new Fact.SnapshotBegan("static", engine("engine-1"))));
        log.append(from("static", session, next, new Fact.SnapshotEnded("static", 0)));
        assertThat(log.instance("h", "s").gone()).isTrue();
        assertThat(log.instance("h", "b").gone()).isFalse();
    }

    @Test
    void shouldCountInASnapshotOnlyWhatItsSourceShows() {
        long session = log.session("h");
        log.append(began("h", session, 3));
        log.append(observed("h", session, 4, container("a")));
        log.append(from("static", session, 5, new Fact.ContainerObserved(container("s"))));

        FoldResult end = log.append(ended("h", session, 6, 1));

        assertThat(end.signals()).isEmpty();
        assertThat(log.host("h").resyncSession()).isEqualTo(Event.NO_SESSION);
        assertThat(log.instance("h", "s").gone()).isFalse();
    }

    @Test
    void shouldDropWhatEverySourceShowedWhenTheHostExpires() {
        long session = log.session("h", container("a"));
        log.append(from("static", session, 4, new Fact.ContainerObserved(container("s"))));
        log.append(decided("h", new Fact.HostLost(session)));

        log.append(decided("h", new Fact.HostExpired(session)));

        assertThat(log.instance("h", "a").gone()).isTrue();
        assertThat(log.instance("h", "s").gone()).isTrue();
    }

    private static Event from(String source, long session, long seq, Fact fact) {
        return new Event("h", session, seq, T0, null, source, fact);
    }
}
