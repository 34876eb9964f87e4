package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void shouldDoubleFromOneSecondToThirty() {
        Backoff backoff = new Backoff(() -> 0);
        List<Long> seconds =
                Stream.generate(backoff::next).limit(7).map(Duration::toSeconds).toList();
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void shouldBeginAgainAfterASuccess() {
        Backoff backoff = new Backoff(() -> 0);
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldShortenByUpToAFifth() {
        assertThat(new Backoff(() -> 0.5).next()).isEqualTo(Duration.ofMillis(900));
        assertThat(Backoff.random().next())
                .isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
    }
}
