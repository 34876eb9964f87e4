package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inspection under way.
 *
 * @param cause the engine's time of the event that led to it
 * @param stale whether an event came meanwhile, so that it must be asked again
 * @param again the time of that event
 */
record Asked(Why why, @Nullable Instant cause, boolean stale, @Nullable Instant again) {

    /** Why the engine was asked: what is to be made of a difference. */
    enum Why {
        EVENT,
        SNAPSHOT,
        RECONCILIATION,
        DOUBT
    }

    /**
     * The engine's time of what led to a picture. An inspection waits while the engine starts the
     * container, and then shows a run that began after the event that it was asked for, or before
     * any event tells of it.
     *
     * @param before the last picture that was said
     */
    @Nullable Instant cause(@Nullable Container before, Container picture) {
        Instant event = again == null ? cause : again;
        Instant startedAt = picture.startedAt();
        if (event == null) {
            boolean begun = before != null && !Objects.equals(startedAt, before.startedAt());
            return why == Why.SNAPSHOT && begun ? startedAt : null;
        }
        return startedAt != null && startedAt.isAfter(event) ? startedAt : event;
    }
}
