package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void shouldAllowDrainTimesFromAMillisecondToADay() {
        assertThat(Policy.isDrain(Duration.ofMillis(1))).isTrue();
        assertThat(Policy.isDrain(Duration.ofHours(24))).isTrue();
        assertThat(Policy.isDrain(Duration.ofNanos(999_999))).isFalse();
        assertThat(Policy.isDrain(Duration.ofHours(24).plusNanos(1))).isFalse();
        assertThat(Policy.isDrain(Duration.ZERO)).isFalse();
        assertThat(Policy.isDrain(Duration.ofSeconds(-3))).isFalse();
    }
}
