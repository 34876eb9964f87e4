package io.signalbox.watcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Fact;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was said to the watchers of a host is deleted when the log begins anew. */
class WatcherCoreNewLogTest {
    private static final Duration AT_1 = Duration.ofSeconds(1);

    @Test
    void shouldOpenANewSessionWhenTheLogBeginsAnew() {
        CoreDriver driver = new CoreDriver();
        driver.runs("a", AT_1);
        driver.active();
        driver.forget();

        driver.give(new Input.Forgotten());
        driver.offset = 2;
        driver.opens();
        driver.answerAll();

        assertThat(driver.all(Output.CloseSession.class)).hasSize(1);
        assertThat(driver.session()).isEqualTo(3);
        assertThat(driver.facts()).hasAtLeastOneElementOfType(Fact.SnapshotEnded.class);
    }

    @Test
    void shouldSpeakAgainWhenTheHigherSessionWasOneOfAnotherLog() {
        CoreDriver driver = new CoreDriver().active();
        driver.hear(driver.session() + 500, -1, -1, false);
        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.STANDBY);
        driver.forget();

        driver.give(new Input.Forgotten());
        driver.streamOpens();
        driver.opens();
        driver.answerAll();

        assertThat(driver.core.status().mode()).isEqualTo(WatcherMode.ACTIVE);
        assertThat(driver.facts()).hasAtLeastOneElementOfType(Fact.SnapshotEnded.class);
    }
}
