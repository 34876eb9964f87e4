package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldSayNoMoreThanHowRequestsAreSpread() {
        assertThat(BackendSettings.of(Balance.ROUNDROBIN).lines())
                .containsExactly("    balance roundrobin");
        assertThat(BackendSettings.of(Balance.RANDOM).lines())
                .containsExactly("    balance random");
    }

    @Test
    void shouldHashInTheWayThatTakesServersAtRunTime() {
        assertThat(BackendSettings.of(Balance.SOURCE).lines())
                .containsExactly("    balance source", "    hash-type consistent");
    }

    @Test
    void shouldSayWhatDiffersFromTheFrame() {
        var settings =
                new BackendSettings(
                        Balance.LEASTCONN,
                        Duration.ofHours(24),
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(90),
                        0,
                        null,
                        null);

        assertThat(settings.lines())
                .containsExactly(
                        "    balance leastconn",
                        "    timeout server 1440m",
                        "    timeout queue 1500ms",
                        "    timeout tunnel 90s",
                        "    retries 0");
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        for (var time :
                List.of(Duration.ZERO, SECOND.negated(), Duration.ofHours(24).plusNanos(1))) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(time, SECOND, SECOND, 3))
                    .withMessageStartingWith("server time-out must be 1 ms to 24 h, not 'P");
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, time, SECOND, 3));
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, SECOND, time, 3));
        }
        for (var retries : List.of(-1, 11)) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, SECOND, SECOND, retries));
        }
    }

    private static BackendSettings settings(
            Duration server, Duration queue, Duration tunnel, int retries) {
        return new BackendSettings(Balance.FIRST, server, queue, tunnel, retries, null, null);
    }
}
