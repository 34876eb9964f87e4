package io.signalbox.registry.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.doors.Decision;
import io.signalbox.registry.core.doors.Problem;
import io.signalbox.registry.core.doors.Reply;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How doors do what they are asked: what follows from a call is decided on what the read model
 * shows, written, and answered once the model shows it too, so that the next call sees it. Calls
 * that concern the same thing take turns. Safe for all threads.
 */
public final class Desk {
    private static final int PATIENCE_SECONDS = 5;

    private final Model model;
    private final FactWriter writer;
    private final Turns turns = new Turns();

    Desk(Model model, FactWriter writer) {
        this.model = model;
        this.writer = writer;
    }

    /** Answers from the model; changes nothing. */
    public CompletionStage<Reply> answer(Function<ReadModel, Reply> question) {
        return model.complete() ? ask(question) : unread();
    }

    /**
     * Decides, writes, waits, and answers.
     *
     * @param door whose facts these are
     * @param turn calls with the same one take turns
     * @param decide pure; what it throws as {@link io.signalbox.registry.core.doors.Refused} is the
     *     answer
     */
    public CompletionStage<Reply> change(
            Door door, String turn, Function<ReadModel, Decision> decide) {
        return model.complete()
                ? turns.take(
                        turn, () -> ask(decide).thenCompose(decision -> follow(door, decision)))
                : unread();
    }

    private CompletionStage<Reply> follow(Door door, Decision decision) {
        CompletableFuture<Void> beaten =
                decision.beats().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : writer.beats(decision.beats());
        return decision.facts().isEmpty()
                ? beaten.thenCompose(_ -> ask(decision.reply()))
                : beaten.thenCompose(_ -> writer.facts(door.source(), decision.facts()))
                        .thenCompose(this::folded)
                        .thenCompose(_ -> ask(decision.reply()));
    }

    private CompletableFuture<Boolean> folded(Map<Integer, Long> offsets) {
        return model.folded(offsets)
                .thenApply(_ -> true)
                .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .thenApply(
                        done -> {
                            if (!done) {
                                throw Problem.of(
                                                503,
                                                "not-folded",
                                                "the change is in the log, but no registry has folded it within "
                                                        + PATIENCE_SECONDS
                                                        + " s")
                                        .refused();
                            }
                            return done;
                        });
    }

    private <T> CompletableFuture<T> ask(Function<ReadModel, T> question) {
        return model.ask(question)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        failure instanceof RejectedExecutionException
                                                ? Problem.of(503, "busy", "too many calls at once")
                                                        .refused()
                                                : failure));
    }

    private static <T> CompletionStage<T> unread() {
        return CompletableFuture.failedFuture(
                Problem.of(503, "starting", "the registry still reads the log").refused());
    }
}
