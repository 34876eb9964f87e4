package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final TokenBucket bucket = new TokenBucket(20, 5);
    private Instant now = A.T0;

    @Test
    void shouldLetABurstPassAndThenOneEveryFiftyMilliseconds() {
        assertThat(taken(10)).isEqualTo(5);
        assertThat(bucket.readyAt()).isEqualTo(now.plusMillis(50));
        now = now.plusMillis(49);
        assertThat(taken(1)).isZero();
        now = now.plusMillis(1);
        assertThat(taken(10)).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(taken(100)).isEqualTo(5);
    }

    @Test
    void shouldOweAtMostOneBurstForWhatDidNotWait() {
        for (int spent = 0; spent < 1000; spent++) {
            bucket.spend(now);
        }

        assertThat(bucket.readyAt()).isEqualTo(now.plusMillis(300));
    }

    @Test
    void shouldBearAClockThatStepsBack() {
        taken(5);
        now = now.minusSeconds(1);

        assertThat(taken(1)).isZero();
        assertThat(bucket.readyAt()).isEqualTo(A.T0.plusMillis(50));
    }

    private int taken(int tries) {
        int taken = 0;
        for (int attempt = 0; attempt < tries; attempt++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }
}
