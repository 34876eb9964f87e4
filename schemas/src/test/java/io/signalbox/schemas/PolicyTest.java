package io.signalbox.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void shouldAllowTimeoutsFromAMillisecondToADay() {
        assertThat(Policy.isTimeout(Duration.ofMillis(1))).isTrue();
        assertThat(Policy.isTimeout(Duration.ofHours(24))).isTrue();
        assertThat(Policy.isTimeout(Duration.ZERO)).isFalse();
        assertThat(Policy.isTimeout(Duration.ofHours(24).plusNanos(1))).isFalse();
    }

    @Test
    void shouldAllowUpToTenRetries() {
        assertThat(Policy.isRetries(0)).isTrue();
        assertThat(Policy.isRetries(10)).isTrue();
        assertThat(Policy.isRetries(-1)).isFalse();
        assertThat(Policy.isRetries(11)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindAWayToBalanceByItsWordAndNoOther(Policy.Balance balance) {
        assertThat(Policy.Balance.of(balance.word())).contains(balance);
        assertThat(Policy.Balance.of(balance.name())).isEmpty();
        assertThat(Policy.BALANCE_RULE).contains(balance.word());
    }
}
