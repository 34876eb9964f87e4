package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DampingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Damping damping = new Damping();

    @Test
    void shouldHoldBackAServerThatComesTooOften() {
        comesTooOften();

        assertThat(damping.allows("a.2", at(10))).isTrue();
        assertThat(damping.held()).containsOnlyKeys("a.1");
        assertThat(damping.due()).isEqualTo(START.plus(Damping.WINDOW));
    }

    @Test
    void shouldReleaseItWhenItsFirstTimeIsLongAgo() {
        comesTooOften();
        Instant end = START.plus(Damping.WINDOW);
        assertThat(damping.release(end.minusMillis(1))).isEmpty();

        assertThat(damping.release(end)).containsExactly("a.1");

        assertThat(damping.held()).isEmpty();
        assertThat(damping.due()).isEqualTo(Instant.MAX);
        assertThat(damping.allows("a.1", end)).isTrue();
    }

    @Test
    void shouldGiveAServerThatFlapsForAMinuteABoundedNumberOfReturns() {
        int returns = 0;
        for (int ms = 0; ms < 60_000; ms += 50) {
            if (damping.allows("a.1", at(ms))) {
                damping.enabled("a.1", at(ms));
                returns++;
            }
        }
        long windows = Duration.ofMinutes(1).dividedBy(Damping.WINDOW);
        assertThat(returns).isEqualTo((int) windows * Damping.MOST);
    }

    private void comesTooOften() {
        for (int time = 0; time < Damping.MOST; time++) {
            assertThat(damping.allows("a.1", at(time))).isTrue();
            damping.enabled("a.1", at(time));
        }
        assertThat(damping.allows("a.1", at(10))).isFalse();
    }

    private static Instant at(long ms) {
        return START.plusMillis(ms);
    }
}
