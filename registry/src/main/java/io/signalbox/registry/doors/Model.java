package io.signalbox.registry.doors;

import io.signalbox.registry.core.ReadModel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The read model, as doors see it. Safe for all threads. */
public interface Model {

    /** Whether everything was read that was there at the start. */
    boolean complete();

    /** Asks it on its own thread; fails when too many questions wait. */
    <T> CompletableFuture<T> ask(Function<ReadModel, T> question);

    /**
     * Ends when the model shows what these facts changed.
     *
     * @param offsets by partition of {@code container-events}
     */
    CompletableFuture<Void> folded(Map<Integer, Long> offsets);
}
