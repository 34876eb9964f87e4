package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatcherCoreTest {
    private static final Duration AT_1 = Duration.ofSeconds(1);
    private static final Duration AT_5 = Duration.ofSeconds(5);

    @Test
    void shouldHearTheEngineBeforeItOpensASession() {
        CoreDriver driver = new CoreDriver();
        assertThat(driver.outputs()).containsExactly(new Output.OpenStream(1));
        driver.forget();

        driver.streamOpens();

        assertThat(driver.outputs())
                .containsExactly(
                        new Output.OpenSession(1, new Fact.SessionOpened(CoreDriver.IDENTITY)));
    }

    @Test
    void shouldBecomeCurrentBeforeItListsAndCountWhatItSaid() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.runs("b", AT_1);
        driver.streamOpens();
        driver.opens();

        assertThat(driver.facts())
                .containsExactly(new Fact.SnapshotBegan("docker", CoreDriver.IDENTITY));
        assertThat(driver.all(Output.ListContainers.class)).hasSize(1);
        driver.answerAll();

        assertThat(driver.facts())
                .containsExactly(
                        new Fact.SnapshotBegan("docker", CoreDriver.IDENTITY),
                        CoreDriver.observed(driver.engine.get("a")),
                        CoreDriver.observed(driver.engine.get("b")),
                        new Fact.SnapshotEnded("docker", 2));
        assertThat(driver.published())
                .extracting(Output.Publish::seq)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(driver.published()).allMatch(fact -> fact.session() == driver.session());
    }

    @Test
    void shouldNotCountAContainerThatIsGoneWhenItIsInspected() {
        CoreDriver driver = new CoreDriver();
        driver.streamOpens();
        driver.opens();
        long call = driver.all(Output.ListContainers.class).getFirst().call();

        driver.give(new Input.Listed(call, List.of("vanished")));
        driver.answer("vanished");

        assertThat(driver.facts()).last().isEqualTo(new Fact.SnapshotEnded("docker", 0));
    }

    @Test
    void shouldNotLetOneUnreadableContainerHoldUpTheOthers() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.streamOpens();
        driver.opens();
        long call = driver.all(Output.ListContainers.class).getFirst().call();

        driver.give(new Input.Listed(call, List.of("a", "broken")));
        driver.answer("a");
        driver.give(new Input.Inspected("broken", new Inspection.Unreadable("too long")));

        assertThat(driver.facts()).last().isEqualTo(new Fact.SnapshotEnded("docker", 1));
        assertThat(driver.all(Output.Report.class))
                .contains(new Output.Report(Output.Matter.INSPECTION_FAILED, "broken: too long"));
    }

    @Test
    void shouldSayTheLastKnownPictureOfAContainerThatTheEngineHasNoAnswerAbout() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.give(new Input.StreamLost(driver.stream(), "cut"));
        driver.streamOpens();
        long call = driver.all(Output.ListContainers.class).getLast().call();
        driver.forget();

        driver.give(new Input.Listed(call, List.of("a")));
        for (int index = 0; index < 3; index++) {
            assertThat(driver.facts()).isEmpty();
            driver.give(new Input.Inspected("a", new Inspection.Failed("no answer")));
            driver.pass(Duration.ofSeconds(1));
            driver.give(new Input.BeatAcknowledged(driver.attempt()));
        }

        assertThat(driver.facts())
                .containsExactly(
                        CoreDriver.observed(driver.engine.get("a")),
                        new Fact.SnapshotEnded("docker", 1));
    }

    @Test
    void shouldServeLiveEventsInsideASnapshotAndCountThem() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.streamOpens();
        driver.opens();
        long call = driver.all(Output.ListContainers.class).getFirst().call();
        driver.runs("new", AT_5);

        driver.hint("new", "start");
        driver.answer("new");
        driver.give(new Input.Listed(call, List.of("a")));
        driver.answer("a");

        assertThat(driver.facts())
                .containsSubsequence(
                        CoreDriver.observed(driver.engine.get("new")),
                        CoreDriver.observed(driver.engine.get("a")),
                        new Fact.SnapshotEnded("docker", 2));
    }

    @Test
    void shouldBeReadyOnceItsFirstSnapshotIsAcknowledged() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        assertThat(driver.core.status().ready()).isFalse();

        driver.acknowledgeAll();

        assertThat(driver.core.status().ready()).isTrue();
    }

    @Test
    void shouldAskAgainWhenAnEventCameDuringAnInspection() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.hint("a", "rename");
        driver.hint("a", "update");
        assertThat(driver.all(Output.Inspect.class)).hasSize(1);
        driver.answer("a");

        assertThat(driver.all(Output.Inspect.class)).hasSize(2);
    }

    @Test
    void shouldSayGapAndEverythingAnewAfterTheStreamWasLost() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        long session = driver.session();
        driver.forget();

        driver.give(new Input.StreamLost(driver.stream(), "cut"));
        driver.streamOpens();
        driver.answerAll();

        assertThat(driver.facts())
                .containsExactly(
                        new Fact.Gap("cut"),
                        new Fact.SnapshotBegan("docker", CoreDriver.IDENTITY),
                        CoreDriver.observed(driver.engine.get("a")),
                        new Fact.SnapshotEnded("docker", 1));
        assertThat(driver.session()).isEqualTo(session);
    }

    @Test
    void shouldOpenNewSessionForAnotherEngine() {
        CoreDriver driver = new CoreDriver().active();
        driver.give(new Input.StreamLost(driver.stream(), "cut"));
        driver.forget();

        driver.give(
                new Input.StreamOpened(
                        driver.stream(), new HostIdentity("e2", "b", "10.0.0.1", "20.10")));

        assertThat(driver.all(Output.OpenSession.class)).hasSize(1);
    }

    @Test
    void shouldKeepBeatingWhileTheEngineIsAway() {
        CoreDriver driver = new CoreDriver().active();
        driver.give(new Input.StreamLost(driver.stream(), "cut"));
        driver.forget();

        driver.passBeating(Duration.ofSeconds(20));

        assertThat(driver.all(Output.Beat.class)).hasSizeGreaterThan(15);
        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.ACTIVE);
    }

    @Test
    void shouldSayDriftOnlyWhenNoEventExplainsTheDifference() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.moves("a", "10.0.0.9");
        driver.forget();

        driver.passBeating(Duration.ofSeconds(16));

        assertThat(driver.facts())
                .containsExactly(
                        new Fact.Drift("a", "without an event: networks"),
                        CoreDriver.observed(driver.engine.get("a")));
    }

    @Test
    void shouldNotCallADifferenceDriftWhenItsEventIsOnlyLate() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.moves("a", "10.0.0.9");
        driver.forget();
        while (driver.all(Output.ListContainers.class).isEmpty()) {
            driver.pass(Duration.ofMillis(100));
            driver.give(new Input.BeatAcknowledged(driver.attempt()));
        }
        driver.answerAll();
        assertThat(driver.facts()).isEmpty();

        driver.hint("a", "network connect");
        driver.answerAll();
        driver.passBeating(Duration.ofSeconds(3));

        assertThat(driver.facts()).containsExactly(CoreDriver.observed(driver.engine.get("a")));
    }

    @Test
    void shouldSayWhenARunBeganThatItSawBeforeItsEvent() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.exits("a");
        driver.hint("a", "die");
        driver.answerAll();
        driver.forget();

        driver.hint("a", "network connect");
        driver.runs("a", AT_5);
        driver.passBeating(Duration.ofSeconds(3));
        driver.answerAll();

        assertThat(driver.published())
                .singleElement()
                .satisfies(
                        said ->
                                assertThat(said.dockerTime())
                                        .isEqualTo(CoreDriver.engineTime(AT_5)));
    }

    @Test
    void shouldEndItsSessionWithoutAcknowledgedBeat() {
        CoreDriver driver = new CoreDriver().active();
        driver.forget();

        driver.pass(Duration.ofSeconds(4));
        assertThat(driver.all(Output.OpenSession.class)).isEmpty();
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.all(Output.CloseSession.class)).hasSize(1);
        assertThat(driver.all(Output.OpenSession.class)).hasSize(1);
    }

    @Test
    void shouldDropItsBacklogAndSayAGapInTheNextSession() {
        CoreDriver driver = new CoreDriver(limits(12));
        driver.runs("a", AT_1);
        driver.active();
        for (int index = 0; driver.core.status().mode() == WatcherMode.ACTIVE; index++) {
            driver.moves("a", "10.0.1." + index);
            driver.hint("a", "network connect");
            driver.answerAll();
            assertThat(index).isLessThan(20);
        }
        assertThat(driver.core.status().backlogFacts()).isZero();
        driver.forget();

        driver.opens();
        driver.answerAll();

        assertThat(driver.facts().get(1))
                .isInstanceOfSatisfying(
                        Fact.Gap.class,
                        gap -> assertThat(gap.reason()).contains("backlog of 13 facts"));
        assertThat(driver.facts()).contains(new Fact.SnapshotEnded("docker", 1));
    }

    @Test
    void shouldWaitLongerEachTimeWhenNoSessionCanBeOpened() {
        CoreDriver driver = new CoreDriver();
        driver.streamOpens();
        driver.give(new Input.SendFailed(driver.attempt(), "no broker"));
        driver.pass(Duration.ofSeconds(1));
        driver.give(new Input.SendFailed(driver.attempt(), "no broker"));
        driver.forget();

        driver.pass(Duration.ofSeconds(1));
        assertThat(driver.all(Output.OpenSession.class)).isEmpty();
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.all(Output.OpenSession.class)).hasSize(1);
        assertThat(driver.core.status().because()).isEqualTo("no broker");
    }

    @Test
    void shouldOpenNewSessionWhenResyncOfItsOwnIsWanted() {
        CoreDriver driver = new CoreDriver().active();
        driver.forget();

        driver.hear(driver.session(), -1, driver.session() - 1, false);
        assertThat(driver.all(Output.OpenSession.class)).isEmpty();
        driver.hear(driver.session(), -1, driver.session(), false);

        assertThat(driver.all(Output.OpenSession.class)).hasSize(1);
    }

    @Test
    void shouldIgnoreAnswersToEarlierAttemptsAndStreams() {
        CoreDriver driver = new CoreDriver().active();
        long attempt = driver.attempt();
        long stream = driver.stream();
        driver.give(new Input.SendFailed(attempt, "lost"));
        driver.give(new Input.StreamLost(stream, "cut"));
        driver.forget();

        driver.give(new Input.SessionAcknowledged(attempt, 7));
        driver.give(new Input.SendFailed(attempt, "late"));
        driver.give(new Input.StreamLost(stream, "late"));
        driver.give(new Input.StreamOpened(stream, CoreDriver.IDENTITY));
        driver.give(new Input.Hinted(stream, "a", "start", CoreDriver.ENGINE_START));

        assertThat(driver.outputs()).isEmpty();
    }

    @Test
    void shouldGiveUpAStreamWhoseEngineDoesNotAnswerLists() {
        CoreDriver driver = new CoreDriver().active();
        driver.forget();
        int failed = 0;
        for (int tenths = 0; tenths < 300 && failed < 3; tenths++) {
            driver.pass(Duration.ofMillis(100));
            driver.give(new Input.BeatAcknowledged(driver.attempt()));
            List<Output.ListContainers> asked = driver.all(Output.ListContainers.class);
            if (asked.size() > failed) {
                failed = asked.size();
                driver.give(new Input.ListFailed(asked.getLast().call(), "no answer"));
            }
        }

        assertThat(driver.all(Output.CloseStream.class)).hasSize(1);
        assertThat(driver.all(Output.OpenStream.class)).hasSize(1);
        assertThat(driver.facts()).containsExactly(new Fact.Gap("no answer"));
    }

    @Test
    void shouldAskForNothingInThePast() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.answerAll();
        for (int step = 0; step < 200; step++) {
            driver.pass(Duration.between(driver.now, driver.core.next()));
            driver.give(new Input.BeatAcknowledged(driver.attempt()));
            driver.answerAll();

            assertThat(driver.core.next()).isAfter(driver.now);
        }
    }

    private static WatcherLimits limits(int backlog) {
        WatcherLimits base = WatcherLimits.DEFAULT;
        return new WatcherLimits(
                backlog,
                base.backlogBytes(),
                base.beatEvery(),
                base.sessionPatience(),
                base.stopGrace(),
                base.reconcileEvery(),
                base.reconcileSpread(),
                base.doubtFor(),
                base.retryAfter(),
                base.parallelInspections());
    }
}
