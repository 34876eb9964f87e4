package io.signalbox.cli.replay;

import io.signalbox.registry.core.Fold;
import io.signalbox.registry.core.PartitionState;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One partition of {@code container-events} folded again by {@link Fold}, and what its owner would
 * have written of it, hosts aside.
 *
 * <p>What has been gone for long is forgotten, as the registry does: without that the state would
 * grow with history. The registry counts by its clock, the replay by LogAppendTime, to the day. So
 * a container that comes back after about that time may be said to be shown since another moment.
 * One thread.
 */
final class FactFold {
    private static final int AT_ONCE = 1_000;
    private static final Duration FORGET_EVERY = Duration.ofDays(1);

    private final Feed<Event> feed;
    private final PartitionState state;
    private final Duration goneRetention;
    private final Consumer<Written> output;
    private final Tally tally;
    private Instant forgetAt = Instant.MIN;
    private Instant forgottenBefore = Instant.MIN;

    /**
     * What a fact changed.
     *
     * @param source offset of the fact
     * @param value null where the key was forgotten
     */
    record Written(int partition, long source, String key, @Nullable ServiceState value) {}

    /**
     * Nothing folded yet.
     *
     * @param output takes what the facts change, in order
     */
    FactFold(
            int partition,
            Feed<Event> feed,
            Duration goneRetention,
            Consumer<Written> output,
            Tally tally) {
        this.tally = tally;
        this.feed = feed;
        this.state = new PartitionState(partition);
        this.goneRetention = goneRetention;
        this.output = output;
    }

    /**
     * Folds facts below this offset, but not too many at once.
     *
     * @return whether there are more of them
     */
    boolean foldSome(long end) {
        for (int count = 0; count < AT_ONCE; count++) {
            Feed.Entry<Event> entry = feed.peek();
            if (entry == null || entry.offset() >= end) {
                return false;
            }
            fold(entry);
            feed.advance();
        }
        return true;
    }

    private void fold(Feed.Entry<Event> entry) {
        switch (entry.value()) {
            case Decoded.Value<Event>(Event event) -> {
                forget(entry);
                Fold.apply(state, entry.offset(), entry.appendedAt(), event)
                        .changed()
                        .forEach(value -> write(entry.offset(), Keys.of(value), value));
                tally.facts++;
            }
            case Decoded.Tombstone<Event> _, Decoded.Poison<Event> _ -> {
                Fold.unreadable(state, entry.offset(), entry.key())
                        .changed()
                        .forEach(value -> write(entry.offset(), Keys.of(value), value));
                tally.unreadableFacts++;
            }
        }
        tally.records++;
    }

    private void forget(Feed.Entry<Event> entry) {
        if (entry.appendedAt().isBefore(forgetAt)) {
            return;
        }
        forgottenBefore = entry.appendedAt().minus(goneRetention);
        state.forgetGoneBefore(forgottenBefore).forEach(key -> write(entry.offset(), key, null));
        forgetAt = entry.appendedAt().plus(FORGET_EVERY);
    }

    private void write(long source, String key, @Nullable ServiceState value) {
        output.accept(new Written(state.partition(), source, key, value));
    }

    /** What the facts so far add up to. */
    PartitionState state() {
        return state;
    }

    /** What had been gone since before this time was forgotten. */
    Instant forgottenBefore() {
        return forgottenBefore;
    }

    /** Ends the reading. */
    void close() {
        feed.close();
    }
}
