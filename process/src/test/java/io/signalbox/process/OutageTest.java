package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageTest {
    private Instant now = Instant.EPOCH;
    private final Readiness readiness = new Readiness("tested");
    private final InstantSource clock = () -> now;
    private final Outage outage =
            new Outage(
                    LoggerFactory.getLogger(OutageTest.class),
                    readiness.condition("docker"),
                    clock);

    @Test
    void shouldSayOnceThatItIsAwayAndOnceThatItIsBack() {
        try (Logged logged = new Logged(OutageTest.class)) {
            outage.away("socket missing");
            outage.away("connection refused");
            assertThat(readiness.causes()).containsEntry("docker", "connection refused");
            assertThat(outage.isAway()).isTrue();

            now = now.plusSeconds(3);
            outage.back();
            outage.back();

            assertThat(logged.messages()).containsExactly("docker is away", "docker is back");
            assertThat(logged.events().getLast().getKeyValuePairs())
                    .hasToString("[awayMs=\"3000\"]");
            assertThat(readiness.ready()).isTrue();
        }
    }

    @Test
    void shouldSayNothingWhenItWasThereFromTheFirst() {
        try (Logged logged = new Logged(OutageTest.class)) {
            outage.back();
            assertThat(logged.events()).isEmpty();
            assertThat(outage.isAway()).isFalse();
        }
    }
}
