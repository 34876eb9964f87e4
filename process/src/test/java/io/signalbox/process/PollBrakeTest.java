package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollBrakeTest {
    private static final Duration TIMEOUT = Duration.ofMillis(40);

    private final PollBrake brake = new PollBrake();

    @Test
    void shouldRestEverLongerWhilePollsWorkForNothing() {
        assertThat(empty(30)).hasMillis(40);
        assertThat(empty(30)).hasMillis(80);
        assertThat(empty(30)).hasMillis(160);
        assertThat(empty(30)).hasMillis(250);
        assertThat(empty(30)).hasMillis(250);
    }

    @Test
    void shouldNotRestAfterAPollThatWaited() {
        empty(30);

        assertThat(empty(2)).isZero();
        assertThat(empty(30)).hasMillis(40);
    }

    @Test
    void shouldNotRestAfterAPollThatBroughtSomething() {
        empty(30);

        assertThat(brake.end(false, TIMEOUT, Duration.ofMillis(40))).isZero();
        assertThat(empty(30)).hasMillis(40);
    }

    @Test
    void shouldNotRestAfterAPollThatWasNotToWait() {
        assertThat(brake.end(true, Duration.ZERO, Duration.ofMillis(1))).isZero();
    }

    private Duration empty(long workedMs) {
        return brake.end(true, TIMEOUT, Duration.ofMillis(workedMs));
    }
}
