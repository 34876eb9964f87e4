package io.signalbox.applier.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.plan.Hold;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.AddServer;
import io.signalbox.applier.core.plan.Step.DeleteServer;
import io.signalbox.applier.core.plan.Step.EnableServer;
import io.signalbox.applier.core.plan.Step.EndSessions;
import io.signalbox.applier.core.plan.Step.MaintainServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeavingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final AddServer ADD = new AddServer("service_a", Hold.server(7));
    private static final String SERVER = Hold.SERVER;
    private static final EnableServer ENABLE = new EnableServer("service_a", SERVER, "run", true);
    private static final MaintainServer MAINTAIN = new MaintainServer("service_a", SERVER);
    private static final DeleteServer DELETE = new DeleteServer("service_a", SERVER);

    private static final Duration REST = Duration.ofMillis(6_500);

    private final Leaving leaving = new Leaving();
    private Optional<Duration> drain = Optional.empty();

    @BeforeEach
    void connectTimeoutOfFiveSeconds() {
        leaving.begin(List.of("    mode http", "    timeout connect 5s"));
    }

    @Test
    void shouldLetAServerRestThatWasGivenRequests() {
        done(NOW, ADD, ENABLE, MAINTAIN);
        Instant rested = NOW.plus(REST);

        assertThat(leaving.rests("service_a", SERVER, NOW)).isTrue();
        assertThat(leaving.due()).isEqualTo(rested);
        assertThat(leaving.release(rested.minusMillis(1))).isEmpty();
        assertThat(leaving.release(rested)).containsExactly("service_a");
        assertThat(leaving.rests("service_a", SERVER, rested)).isFalse();
        assertThat(leaving.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void shouldNotLetAServerRestThatNeverWasGivenAny() {
        done(NOW, ADD);

        assertThat(leaving.rests("service_a", SERVER, NOW)).isFalse();
    }

    @Test
    void shouldLetAServerRestOfWhichNothingIsKnown() {
        assertThat(leaving.rests("service_a", SERVER, NOW)).isTrue();
        assertThat(leaving.rests("service_a", SERVER, NOW.plus(REST))).isFalse();
    }

    @Test
    void shouldLetAServerRestAnewThatCameBackMeanwhile() {
        done(NOW, ADD, ENABLE, MAINTAIN);
        Instant later = NOW.plusSeconds(6);
        done(later, ENABLE);
        assertThat(leaving.due()).isEqualTo(Instant.MAX);
        done(later, MAINTAIN);

        assertThat(leaving.rests("service_a", SERVER, NOW.plus(REST))).isTrue();
    }

    @Test
    void shouldEndWhatTakesLongerThanTheServiceAllowsOnce() {
        drain = Optional.of(DRAIN);
        done(NOW, ADD, ENABLE, MAINTAIN);
        Instant end = NOW.plus(DRAIN);
        leaving.release(NOW.plus(REST));

        assertThat(leaving.due()).isEqualTo(end);
        assertThat(leaving.overdue(end.minusMillis(1))).isEmpty();
        assertThat(leaving.release(end)).containsExactly("service_a");
        EndSessions ends = new EndSessions("service_a", SERVER);
        assertThat(leaving.overdue(end)).containsExactly(ends);

        done(end, ends);

        assertThat(leaving.overdue(end)).isEmpty();
        assertThat(leaving.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void shouldEndSoonerThanItDeletes() {
        drain = Optional.of(Duration.ofMillis(500));
        done(NOW, ADD, ENABLE, MAINTAIN);

        assertThat(leaving.due()).isEqualTo(NOW.plusMillis(500));
        leaving.release(NOW.plusMillis(500));
        assertThat(leaving.rests("service_a", SERVER, NOW.plusMillis(500))).isTrue();
    }

    @Test
    void shouldTryARefusedDeletionEverLater() {
        done(NOW, ADD, ENABLE, MAINTAIN);
        Instant at = NOW.plus(REST);
        leaving.release(at);

        linger(at);
        assertThat(leaving.due()).isEqualTo(at.plusMillis(20));
        assertThat(leaving.release(at.plusMillis(20))).containsExactly("service_a");
        linger(at.plusMillis(20));
        assertThat(leaving.due()).isEqualTo(at.plusMillis(60));
        done(at.plusMillis(60), DELETE);
        assertThat(leaving.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void shouldKnowNothingOfAnotherWorker() {
        done(NOW, ADD, ENABLE, MAINTAIN);
        linger(NOW);

        leaving.begin(List.of());

        assertThat(leaving.due()).isEqualTo(Instant.MAX);
    }

    private void done(Instant now, Step... steps) {
        leaving.carriedOut(new Outcome(List.of(steps), List.of(), List.of()), _ -> drain, now);
    }

    private void linger(Instant now) {
        leaving.carriedOut(new Outcome(List.of(), List.of(DELETE), List.of()), _ -> drain, now);
    }
}
