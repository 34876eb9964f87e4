package io.signalbox.registry.doors;

import io.signalbox.registry.core.doors.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One after the other, whatever concerns the same thing: the next one begins when the one before
 * has ended, and sees what it wrote. Safe for all threads.
 */
final class Turns {
    private static final int MOST = 256;

    private final Map<String, CompletableFuture<?>> last = new HashMap<>();
    private int waiting;

    /** Does this work in its turn; refuses with 503 when too many wait. */
    <T> CompletionStage<T> take(String what, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before;
        synchronized (this) {
            if (waiting == MOST) {
                String detail = MOST + " calls wait already";
                return CompletableFuture.failedFuture(Problem.of(503, "busy", detail).refused());
            }
            waiting++;
            before = last.getOrDefault(what, CompletableFuture.completedFuture(null));
            last.put(what, mine);
        }
        var _ = before.whenComplete((_, _) -> begin(work, mine));
        var _ = mine.whenComplete((_, _) -> end(what, mine));
        return mine;
    }

    private static <T> void begin(Supplier<CompletionStage<T>> work, CompletableFuture<T> mine) {
        try {
            work.get()
                    .whenComplete(
                            (result, failure) -> {
                                if (failure == null) {
                                    mine.complete(result);
                                } else {
                                    mine.completeExceptionally(failure);
                                }
                            });
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
    }

    private synchronized void end(String what, CompletableFuture<?> mine) {
        waiting--;
        last.remove(what, mine);
    }
}
