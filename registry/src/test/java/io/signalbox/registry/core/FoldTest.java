package io.signalbox.registry.core;

import static io.signalbox.registry.core.Facts.RUN;
import static io.signalbox.registry.core.Facts.T0;
import static io.signalbox.registry.core.Facts.began;
import static io.signalbox.registry.core.Facts.container;
import static io.signalbox.registry.core.Facts.ended;
import static io.signalbox.registry.core.Facts.engine;
import static io.signalbox.registry.core.Facts.event;
import static io.signalbox.registry.core.Facts.observed;
import static io.signalbox.registry.core.Facts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldTest {
    private final Partition log = new Partition();

    @Test
    void shouldMakeASessionCurrentAtItsSnapshotAndNotBefore() {
        log.append(opened("h"));
        assertThat(log.host("h").session()).isEqualTo(Event.NO_SESSION);

        FoldResult began = log.append(began("h", 0, 1));

        assertThat(began.signals()).containsExactly(new Signal.SessionCurrent("h", 0));
        assertThat(log.host("h").session()).isZero();
        assertThat(log.host("h").statusAt()).isEqualTo(Partition.time(1));
    }

    @Test
    void shouldNotTakeAFactOfASessionThatHasNotBegun() {
        log.append(opened("h"));
        assertThat(log.append(observed("h", 0, 1, container("c"))).changed()).isEmpty();
        assertThat(log.state.records()).doesNotContainKey(Keys.instance("h", "c"));
    }

    @Test
    void shouldAskASessionForAnotherOneWhoseBeginningWasNotReadable() {
        log.append(opened("h"));
        FoldResult first = log.append(observed("h", 0, 2, container("c")));
        FoldResult second = log.append(observed("h", 0, 3, container("d")));

        assertThat(first.signals())
                .containsExactly(
                        new Signal.ResyncWanted("h", 0, "session 0 goes on without its beginning"));
        assertThat(second).isEqualTo(FoldResult.NOTHING);
        assertThat(log.state.control("h").orElseThrow().resyncSession()).isZero();
        log.session("h", container("c"));
        assertThat(log.state.control("h").orElseThrow().resyncSession())
                .isEqualTo(Event.NO_SESSION);
    }

    @Test
    void shouldNotAskARefusedSessionForAnotherOne() {
        log.session("h");
        long refused = log.next;
        log.append(opened("h"));
        log.append(event("h", refused, 1, new Fact.SnapshotBegan("docker", engine("engine-2"))));

        assertThat(log.append(observed("h", refused, 2, container("c"))))
                .isEqualTo(FoldResult.NOTHING);
    }

    @Test
    void shouldAskTheCurrentSessionForAllWhenARecordCannotBeRead() {
        long session = log.session("h");

        FoldResult result = Fold.unreadable(log.state, log.next, "h");

        assertThat(result.signals())
                .containsExactly(
                        new Signal.ResyncWanted("h", session, "record 3 of h cannot be read"));
        assertThat(log.host("h").offset()).isEqualTo(log.next);
        assertThat(Fold.unreadable(log.state, log.next, "h")).isEqualTo(FoldResult.NOTHING);
        assertThat(Fold.unreadable(log.state, log.next, "service/x")).isEqualTo(FoldResult.NOTHING);
    }

    @Test
    void shouldIgnoreAndCountFactsOfAnOlderSession() {
        long old = log.session("h", container("c"));
        log.session("h", container("c"));

        FoldResult late = log.append(event("h", old, 4, new Fact.ContainerGone("c")));

        assertThat(late.changed()).isEmpty();
        assertThat(late.signals()).containsExactly(new Signal.ZombieFact("h", old));
        assertThat(log.instance("h", "c").gone()).isFalse();
    }

    @Test
    void shouldIgnoreARepeatedFact() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerGone("c")));
        assertThat(log.append(observed("h", session, 2, container("c"))).changed()).isEmpty();
        assertThat(log.instance("h", "c").gone()).isTrue();
    }

    @Test
    void shouldAskForASnapshotAfterAGapAndTakeNothingMoreOfThatSession() {
        long session = log.session("h", container("c"));

        FoldResult gap = log.append(event("h", session, 9, new Fact.ContainerGone("c")));

        assertThat(gap.changed()).isEmpty();
        assertThat(gap.signals()).singleElement().isInstanceOf(Signal.ResyncWanted.class);
        assertThat(log.host("h").resyncSession()).isEqualTo(session);
        assertThat(log.append(event("h", session, 10, new Fact.ContainerGone("c"))).changed())
                .isEmpty();
        log.session("h");
        assertThat(log.instance("h", "c").gone()).isTrue();
        assertThat(log.host("h").resyncSession()).isEqualTo(Event.NO_SESSION);
    }

    @Test
    void shouldRemoveWhatASnapshotDidNotShowOnlyAtItsEnd() {
        log.session("h", container("a"), container("b"), container("c"));
        long session = log.next;
        log.append(opened("h"));
        log.append(began("h", session, 1));
        log.append(observed("h", session, 2, container("b")));
        assertThat(log.instance("h", "a").gone()).isFalse();

        FoldResult end = log.append(ended("h", session, 3, 1));

        assertThat(Partition.instances(end))
                .extracting(Instance::container, Instance::gone, Instance::lastOfFact)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", true, false),
                        org.assertj.core.groups.Tuple.tuple("c", true, true));
        assertThat(log.instance("h", "b").gone()).isFalse();
    }

    @Test
    void shouldRemoveNothingWhenTheCountDoesNotMatch() {
        log.session("h", container("a"), container("b"));
        long session = log.next;
        log.append(opened("h"));
        log.append(began("h", session, 1));
        log.append(observed("h", session, 2, container("b")));

        FoldResult end = log.append(ended("h", session, 3, 2));

        assertThat(end.changed()).isEmpty();
        assertThat(log.host("h").resyncSession()).isEqualTo(session);
        assertThat(log.instance("h", "a").gone()).isFalse();
    }

    @Test
    void shouldRemoveNothingAtTheEndOfAnotherSourcesSnapshot() {
        log.session("h", container("a"));
        long session = log.next;
        log.append(opened("h"));
        log.append(began("h", session, 1));
        assertThat(log.append(event("h", session, 2, new Fact.SnapshotEnded("files", 0))).changed())
                .isEmpty();
        assertThat(log.instance("h", "a").gone()).isFalse();
    }

    @Test
    void shouldFinishASnapshotThatAnotherOwnerBegan() {
        log.session("h", container("a"), container("b"));
        long session = log.next;
        log.append(opened("h"));
        log.append(began("h", session, 1));
        log.append(observed("h", session, 2, container("b")));
        log.takeOver();

        log.append(ended("h", session, 3, 1));

        assertThat(log.instance("h", "a").gone()).isTrue();
        assertThat(log.instance("h", "b").gone()).isFalse();
    }

    @Test
    void shouldMarkExactlyTheRunThatIsStopping() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN.plusSeconds(1))));
        assertThat(log.instance("h", "c").stopping()).isFalse();

        log.append(event("h", session, 5, new Fact.ContainerStopping("c", RUN)));

        assertThat(log.instance("h", "c").stopping()).isTrue();
    }

    @Test
    void shouldKeepTheStopMarkThroughInspectionsSessionsAndGone() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN)));
        log.append(observed("h", session, 5, container("c")));
        assertThat(log.instance("h", "c").stopping()).isTrue();

        log.session("h");
        assertThat(log.instance("h", "c").gone()).isTrue();
        log.session("h", container("c"));

        assertThat(log.instance("h", "c").gone()).isFalse();
        assertThat(log.instance("h", "c").stopping()).isTrue();
    }

    @Test
    void shouldEndTheStopMarkWithAnotherRunEvenOneThatStartedEarlier() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN)));
        log.append(
                observed("h", session, 5, container("c", State.RUNNING, RUN.minusSeconds(1000))));
        assertThat(log.instance("h", "c").stopping()).isFalse();
    }

    @Test
    void shouldEndTheStopMarkWhenTheRunStays() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN)));
        log.append(event("h", session, 5, new Fact.ContainerStayed("c", RUN.plusSeconds(9))));
        assertThat(log.instance("h", "c").stopping()).isTrue();
        log.append(event("h", session, 6, new Fact.ContainerStayed("c", RUN)));
        assertThat(log.instance("h", "c").stopping()).isFalse();
    }

    @Test
    void shouldEndTheStopMarkWhenTheContainerIsRemoved() {
        long session = log.session("h", container("c"));
        log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN)));
        log.append(event("h", session, 5, new Fact.ContainerGone("c")));
        assertThat(log.instance("h", "c").gone()).isTrue();
        assertThat(log.instance("h", "c").stopping()).isFalse();
    }

    @Test
    void shouldNotMarkARunThatHasEnded() {
        long session = log.session("h", container("c", State.EXITED, RUN));
        assertThat(log.append(event("h", session, 4, new Fact.ContainerStopping("c", RUN))))
                .isEqualTo(FoldResult.NOTHING);
    }

    @Test
    void shouldWriteNothingForAnUnchangedContainer() {
        long session = log.session("h", container("c"));
        Instance before = log.instance("h", "c");
        assertThat(log.append(observed("h", session, 4, container("c"))))
                .isEqualTo(FoldResult.NOTHING);
        assertThat(log.instance("h", "c")).isSameAs(before);
    }

    @Test
    void shouldRememberWhenARunWasFirstShown() {
        long session = log.session("h", container("c"));
        Instance first = log.instance("h", "c");
        log.append(observed("h", session, 4, container("c", State.PAUSED, RUN)));
        assertThat(log.instance("h", "c").shownAt()).isEqualTo(first.shownAt());

        log.append(observed("h", session, 5, container("c", State.RUNNING, RUN.plusSeconds(60))));

        assertThat(log.instance("h", "c").shownAt()).isEqualTo(Partition.time(log.next - 1));
    }

    @Test
    void shouldCountAnUnknownFactAndChangeNothing() {
        long session = log.session("h", container("c"));
        FoldResult unknown = log.append(event("h", session, 4, new Fact.Unknown("field 99")));
        assertThat(unknown.changed()).isEmpty();
        assertThat(unknown.signals()).containsExactly(new Signal.UnknownFact("h", "field 99"));
        assertThat(log.append(event("h", session, 5, new Fact.ContainerGone("c"))).changed())
                .hasSize(1);
    }

    @Test
    void shouldLeaveAloneWhatAFurtherOwnerWrote() {
        long session = log.session("h", container("a"), container("b"));
        List<io.signalbox.schemas.ServiceState> records = List.copyOf(log.state.records().values());
        log.append(event("h", session, 5, new Fact.ContainerGone("a")));
        Instance ahead = log.instance("h", "a");
        PartitionState behind =
                PartitionState.of(
                        0,
                        java.util.stream.Stream.concat(
                                        records.stream().filter(r -> !isInstance(r, "a")),
                                        java.util.stream.Stream.of(ahead))
                                .toList());
        Partition again = new Partition();
        again.state = behind;
        again.next = log.next - 1;

        FoldResult repeated = again.append(event("h", session, 5, new Fact.ContainerGone("a")));

        assertThat(repeated.changed()).isEmpty();
        assertThat(again.instance("h", "a")).isEqualTo(ahead);
        assertThat(again.host("h").seq()).isEqualTo(5);
    }

    @Test
    void shouldNotTakeBackAnEntryThatAFurtherOwnerWrote() {
        long session = log.session("h", container("a"));
        PartitionState behind = PartitionState.of(0, log.state.records().values());
        Event paused = observed("h", session, 4, container("a", State.PAUSED, RUN));
        Event exited = observed("h", session, 5, container("a", State.EXITED, RUN));
        long offset = log.next;
        log.append(paused);
        log.append(exited);
        Instance ahead = log.instance("h", "a");
        behind.hostOrNew("h").instances.put("a", ahead);

        FoldResult first = Fold.apply(behind, offset, Partition.time(offset), paused);
        FoldResult second = Fold.apply(behind, offset + 1, Partition.time(offset + 1), exited);

        assertThat(first.changed()).isEmpty();
        assertThat(second.changed()).isEmpty();
        assertThat(behind.records()).isEqualTo(log.state.records());
    }

    @Test
    void shouldSkipFactsAtOrBelowTheHostsOffset() {
        long session = log.session("h", container("a"));
        PartitionState before = PartitionState.of(0, log.state.records().values());
        FoldResult again =
                Fold.apply(before, 3, T0, event("h", session, 4, new Fact.ContainerGone("a")));
        assertThat(again.changed()).isEmpty();
        assertThat(before.host("h")).isEqualTo(log.host("h"));
    }

    @Test
    void shouldShowARejectionOnceForAllRunsOfAContainer() {
        Map<String, String> labels = Map.of("signalbox.enable", "true", "signalbox.hots", "x");
        long session = log.session("h", container("c", State.CREATED, null, labels));
        assertThat(log.instance("h", "c").rejections()).isNotEmpty();

        assertThat(shown(observed("h", session, 4, container("c", State.RUNNING, RUN, labels))))
                .isZero();
        assertThat(shown(observed("h", session, 5, container("c", State.PAUSED, RUN, labels))))
                .isZero();
        Container again = container("c", State.RUNNING, RUN.plusSeconds(1), labels);
        assertThat(shown(observed("h", session, 6, again))).isZero();
    }

    @Test
    void shouldForgetGoneEntriesOnlyAfterTheirTime() {
        long session = log.session("h", container("a"), container("b"));
        log.append(event("h", session, 5, new Fact.ContainerGone("a")));
        assertThat(log.state.forgetGoneBefore(Partition.time(log.next - 1))).isEmpty();
        assertThat(log.state.forgetGoneBefore(Partition.time(log.next).plus(Duration.ofDays(21))))
                .containsExactly(Keys.instance("h", "a"));
        assertThat(log.state.records())
                .doesNotContainKey(Keys.instance("h", "a"))
                .containsKey(Keys.instance("h", "b"));
    }

    private long shown(Event event) {
        return log.append(event).signals().stream()
                .filter(Signal.RejectionShown.class::isInstance)
                .count();
    }

    private static boolean isInstance(io.signalbox.schemas.ServiceState record, String id) {
        return record instanceof Instance instance && instance.container().equals(id);
    }
}
