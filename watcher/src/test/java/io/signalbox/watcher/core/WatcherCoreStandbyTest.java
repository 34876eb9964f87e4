package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several watchers under one host id: who speaks, and who stands by. */
class WatcherCoreStandbyTest {
    private static final Duration AT_1 = Duration.ofSeconds(1);

    @Test
    void shouldStandByWhileAHigherSessionSpeaksAndTakeOverWhenItIsSuspected() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        long session = driver.session();
        driver.forget();

        driver.hear(session + 5, -1, -1, false);
        driver.passBeating(Duration.ofSeconds(20));
        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        assertThat(driver.core.status().ready()).isTrue();
        assertThat(driver.facts()).isEmpty();
        assertThat(driver.all(Output.Beat.class)).hasSizeGreaterThan(10);
        driver.hear(session + 5, -1, -1, true);

        assertThat(driver.all(Output.OpenSession.class)).hasSize(1);
        assertThat(driver.all(Output.OpenStream.class)).hasSize(1);
    }

    @Test
    void shouldStandByWhenItsSessionIsRefusedAndNotBeReady() {
        CoreDriver driver = new CoreDriver().active();

        driver.hear(driver.session() - 5, driver.session(), -1, false);

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        assertThat(driver.core.status().ready()).isFalse();
        assertThat(driver.core.status().because()).isEqualTo("refused: why");
    }

    @Test
    void shouldStandByWhenOnlyALaterRefusalIsHeard() {
        CoreDriver driver = new CoreDriver().active();
        long session = driver.session();

        driver.hear(session - 5, session + 3, -1, false);

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        assertThat(driver.core.status().because()).isEqualTo("refused: why");
    }

    @Test
    void shouldStandByStillWhenALaterSessionIsRefusedToo() {
        CoreDriver driver = new CoreDriver().active();
        long session = driver.session();
        driver.hear(session - 5, session, -1, false);
        driver.forget();

        driver.hear(session - 5, session + 3, -1, false);

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        assertThat(driver.all(Output.OpenStream.class)).isEmpty();
    }

    @Test
    void shouldStayRefusedWhenTheOtherEngineOpensALaterSession() {
        CoreDriver driver = new CoreDriver().active();
        long session = driver.session();
        driver.hear(session - 5, session, -1, false);

        driver.hear(session + 5, -1, -1, false);

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        assertThat(driver.core.status().ready()).isFalse();
        assertThat(driver.core.status().because()).isEqualTo("refused: why");
    }

    @Test
    void shouldSpeakOnWhenAnEarlierOrALaterSessionIsRefused() {
        CoreDriver driver = new CoreDriver().active();
        long session = driver.session();

        driver.hear(session - 5, session - 3, -1, false);
        driver.hear(session, session + 3, -1, false);

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.ACTIVE);
    }

    @Test
    void shouldSpeakAgainWhenItsSessionIsJudgedAfterTheRefusalOfALaterOne() {
        CoreDriver driver = new CoreDriver().active();
        long session = driver.session();
        driver.hear(session - 5, session + 3, -1, false);
        driver.forget();

        driver.hear(session, session + 3, -1, false);
        driver.streamOpens();
        driver.answerAll();

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.ACTIVE);
        assertThat(driver.facts()).contains(new Fact.SnapshotEnded("docker", 0));
    }

    @Test
    void shouldTakeOverWhenTheWordThatMakesItStandBySaysThatTheOtherIsSuspected() {
        CoreDriver refused = new CoreDriver().active();
        refused.forget();
        refused.hear(refused.session() - 5, refused.session(), -1, true);
        assertThat(refused.core.status().mode()).isEqualTo(WatcherMode.OPENING);
        assertThat(refused.all(Output.OpenSession.class)).hasSize(1);

        CoreDriver older = new CoreDriver().active();
        older.forget();
        older.hear(older.session() + 5, -1, -1, true);
        assertThat(older.core.status().mode()).isEqualTo(WatcherMode.OPENING);
        assertThat(older.all(Output.OpenSession.class)).hasSize(1);
    }

    @Test
    void shouldSayEverythingAgainWhenItsRefusalIsTakenBack() {
        CoreDriver driver = new CoreDriver().active();
        driver.hear(driver.session() - 5, driver.session(), -1, false);
        driver.forget();

        driver.hear(driver.session() - 5, -1, -1, false);
        driver.streamOpens();
        driver.answerAll();

        assertThat(driver.facts())
                .containsExactly(
                        new Fact.SnapshotBegan("docker", CoreDriver.IDENTITY),
                        new Fact.SnapshotEnded("docker", 0));
    }
}
