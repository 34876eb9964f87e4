package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of containers that are sent a stop signal. */
class WatcherCoreStopsTest {
    private static final Duration AT_1 = Duration.ofSeconds(1);
    private static final Duration AT_5 = Duration.ofSeconds(5);
    private static final Duration AT_9 = Duration.ofSeconds(9);
    private static final int HUP = 1;

    @Test
    void shouldSayStoppingWithoutAskingTheEngineFirst() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.kill("a", StopSignals.TERM, AT_5);

        assertThat(driver.outputs().getFirst())
                .isInstanceOfSatisfying(
                        Output.Publish.class,
                        publish -> {
                            assertThat(publish.fact()).isEqualTo(CoreDriver.stopping("a", AT_1));
                            assertThat(publish.dockerTime()).isEqualTo(CoreDriver.engineTime(AT_5));
                        });
        assertThat(driver.all(Output.Inspect.class)).containsExactly(new Output.Inspect("a"));
    }

    @Test
    void shouldIgnoreSignalsThatDoNotStop() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.kill("a", HUP, AT_5);

        assertThat(driver.outputs()).isEmpty();
    }

    @Test
    void shouldIgnoreStopSignalsOfAnEarlierRun() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_5);
        driver.active();
        driver.forget();

        driver.kill("a", StopSignals.TERM, AT_1);
        driver.answerAll();

        assertThat(driver.facts()).isEmpty();
    }

    @Test
    void shouldSayStoppingOfTheNewRunWhenOnlyTheOldOneWasKnown() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.runs("a", AT_5);
        driver.forget();

        driver.kill("a", StopSignals.TERM, AT_9);
        driver.answerAll();

        assertThat(driver.facts())
                .containsExactly(
                        CoreDriver.stopping("a", AT_1),
                        CoreDriver.observed(driver.engine.get("a")),
                        CoreDriver.stopping("a", AT_5));
    }

    @Test
    void shouldSayStoppingOfAContainerThatItDidNotKnow() {
        CoreDriver driver = new CoreDriver().active();
        driver.runs("a", AT_1);
        driver.forget();

        driver.kill("a", StopSignals.TERM, AT_5);
        driver.answerAll();

        assertThat(driver.facts())
                .containsExactly(
                        CoreDriver.observed(driver.engine.get("a")),
                        CoreDriver.stopping("a", AT_1));
    }

    @Test
    void shouldTakeARepeatedStopSignalOnce() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.kill("a", StopSignals.TERM, AT_5);
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.answerAll();

        assertThat(driver.facts()).containsExactly(CoreDriver.stopping("a", AT_1));
    }

    @Test
    void shouldSayStayedWhenARunOutlivesItsStopTimeoutAndGrace() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.answerAll();
        driver.forget();

        driver.passBeating(Duration.ofMillis(8_500));
        assertThat(driver.facts()).isEmpty();
        driver.passBeating(Duration.ofSeconds(1));

        assertThat(driver.facts()).containsExactly(CoreDriver.stayed("a", AT_1));
    }

    @Test
    void shouldGiveASecondStopSignalAllItsTime() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.passBeating(Duration.ofSeconds(6));
        driver.kill("a", StopSignals.TERM, AT_9);
        driver.answerAll();
        driver.forget();

        driver.passBeating(Duration.ofSeconds(8));
        assertThat(driver.facts()).isEmpty();
        driver.passBeating(Duration.ofSeconds(2));

        assertThat(driver.facts()).containsExactly(CoreDriver.stayed("a", AT_1));
    }

    @Test
    void shouldNotSayStayedOfARunThatEnded() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.exits("a");
        driver.hint("a", "die");
        driver.answerAll();
        driver.forget();

        driver.passBeating(Duration.ofSeconds(30));

        assertThat(driver.facts()).isEmpty();
    }

    @Test
    void shouldSayItsStoppingRunsAgainAfterANewSnapshot() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.kill("a", StopSignals.TERM, AT_5);
        driver.answerAll();
        driver.give(new Input.SendFailed(driver.attempt(), "lost"));
        driver.forget();

        driver.opens();
        driver.answerAll();

        assertThat(driver.facts())
                .containsSubsequence(
                        new Fact.SnapshotEnded("docker", 1), CoreDriver.stopping("a", AT_1));
    }

    @Test
    void shouldRememberAStopSignalThatCameWhileNoSessionWasOpen() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.give(new Input.SendFailed(driver.attempt(), "lost"));
        driver.kill("a", StopSignals.TERM, AT_5);
        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.OPENING);
        driver.forget();

        driver.opens();
        driver.answerAll();

        assertThat(driver.facts()).contains(CoreDriver.stopping("a", AT_1));
    }

    @Test
    void shouldWatchTheStoppingRunsThatTheRegistryKnows() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.hear(driver.session(), -1, -1, false, CoreDriver.run("a", AT_1));
        driver.passBeating(Duration.ofSeconds(10));

        assertThat(driver.facts()).containsExactly(CoreDriver.stayed("a", AT_1));
    }

    @Test
    void shouldForgetASignalToAContainerThatIsNotThere() {
        CoreDriver driver = new CoreDriver();
        driver.active();
        driver.forget();

        for (int again = 0; again < 2; again++) {
            driver.kill("short", StopSignals.TERM, AT_5);
            assertThat(driver.all(Output.Inspect.class))
                    .containsExactly(new Output.Inspect("short"));
            driver.answer("short");
            driver.forget();
        }
    }
}
