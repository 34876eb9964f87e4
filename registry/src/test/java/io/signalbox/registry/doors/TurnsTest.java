package io.signalbox.registry.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.doors.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns();
    private final List<String> began = new ArrayList<>();

    @Test
    void shouldBeginTheNextOfTheSameThingWhenTheOneBeforeHasEnded() {
        CompletableFuture<String> first = take("a", "1");
        var _ = take("a", "2");
        var _ = take("b", "3");
        assertThat(began).containsExactly("1", "3");

        first.complete("done");

        assertThat(began).containsExactly("1", "3", "2");
    }

    @Test
    void shouldGoOnAfterAFailure() {
        CompletableFuture<String> first = take("a", "1");
        var _ = take("a", "2");

        first.completeExceptionally(new IllegalStateException("away"));

        assertThat(began).containsExactly("1", "2");
    }

    @Test
    void shouldRefuseWhenTooManyWait() {
        for (int i = 0; i < 256; i++) {
            var _ = take("a", Integer.toString(i));
        }

        CompletionStage<String> one = turns.take("b", () -> CompletableFuture.completedFuture(""));

        assertThat(one.toCompletableFuture())
                .failsWithin(java.time.Duration.ofSeconds(1))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(Refused.class);
    }

    private CompletableFuture<String> take(String what, String name) {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> _ =
                turns.take(
                        what,
                        () -> {
                            began.add(name);
                            return work;
                        });
        return work;
    }
}
