package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.plan.Hold;
import io.signalbox.applier.core.plan.Step.EnableServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = NOW.plus(Holding.TIME);

    private final Holding holding = new Holding();

    @Test
    void shouldHoldForItsTimeOnly() {
        enabled(Hold.SERVER);

        assertThat(holding.holds("service_a", END.minusMillis(1))).isTrue();
        assertThat(holding.holds("service_b", NOW)).isFalse();
        assertThat(holding.due()).isEqualTo(END);
        assertThat(holding.release(END.minusMillis(1))).isEmpty();
        assertThat(holding.release(END)).containsExactly("service_a");
        assertThat(holding.holds("service_a", END)).isFalse();
        assertThat(holding.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void shouldHoldNothingForOtherServersAndOtherWorkers() {
        enabled("a.1");
        assertThat(holding.due()).isEqualTo(Instant.MAX);

        enabled(Hold.SERVER);
        holding.begin();

        assertThat(holding.holds("service_a", NOW)).isFalse();
    }

    private void enabled(String server) {
        holding.carriedOut(List.of(new EnableServer("service_a", server, "", false)), NOW);
    }
}
