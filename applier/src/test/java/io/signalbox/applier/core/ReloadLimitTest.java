package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReloadLimitTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ReloadLimit limit = new ReloadLimit();

    @Test
    void shouldAllowABurstAndThenOneEveryTwoSeconds() {
        for (int reload = 0; reload < 3; reload++) {
            assertThat(limit.next(NOW, true)).isEqualTo(NOW);
            limit.taken(NOW);
        }

        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(2));
        Instant later = NOW.plusSeconds(2);
        assertThat(limit.next(later, true)).isEqualTo(later);
        limit.taken(later);
        assertThat(limit.next(later, true)).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void shouldRefillSparesAtLongIntervalsOnly() {
        limit.taken(NOW);

        assertThat(limit.next(NOW.plusSeconds(5), false)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void shouldWaitLongerAfterEachFailureUntilOneSucceeds() {
        limit.failed(NOW);
        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(1));
        limit.failed(NOW);
        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(2));
        for (int failure = 0; failure < 10; failure++) {
            limit.failed(NOW);
        }
        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plus(Duration.ofSeconds(30)));

        limit.succeeded();

        assertThat(limit.next(NOW, true)).isEqualTo(NOW);
    }

    @Test
    void shouldKeepNothingWaitingForWhatFailedBeforeButByItsRate() {
        for (int failure = 0; failure < 5; failure++) {
            limit.taken(NOW);
            limit.failed(NOW);
        }
        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(16));

        limit.forgive();

        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(2));
        limit.failed(NOW.plusSeconds(2));
        assertThat(limit.next(NOW, true)).isEqualTo(NOW.plusSeconds(3));
    }
}
