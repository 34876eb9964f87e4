package io.signalbox.watcher.core;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Liveness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the core wants done, in this order. */
public sealed interface Output {

    /**
     * Subscribe to the engine's events from a little in the past on, and try again until it works;
     * answered by {@link Input.StreamOpened}.
     */
    record OpenStream(long stream) implements Output {}

    /** End the subscription, or the tries. */
    record CloseStream(long stream) implements Output {}

    /** Ask the engine about one container. */
    record Inspect(String container) implements Output {}

    /** Ask the engine for the ids of all containers. */
    record ListContainers(long call) implements Output {}

    /**
     * Begin to speak for the host: a producer of its own, and this fact as its first record;
     * answered by {@link Input.SessionAcknowledged} or {@link Input.SendFailed}.
     */
    record OpenSession(long attempt, Fact.SessionOpened opened) implements Output {}

    /** Drop what the attempt's producer has not sent, and close it at once. */
    record CloseSession(long attempt) implements Output {}

    /**
     * Send a fact.
     *
     * @param source what saw it
     * @param dockerTime the engine's time of the event that led to it, if one did
     */
    record Publish(
            long attempt,
            long session,
            long seq,
            String source,
            @Nullable Instant dockerTime,
            Fact.Watched fact)
            implements Output {}

    /** Send a beat. */
    record Beat(long attempt, Liveness.HostBeat beat) implements Output {}

    /** Tell people. */
    record Report(Matter matter, String detail) implements Output {}

    /** What is worth telling. */
    enum Matter {
        SESSION_OPENED,
        SESSION_ENDED,
        SNAPSHOT_ENDED,
        STANDBY,
        ACTIVE_AGAIN,
        GAP,
        DRIFT,
        INSPECTION_FAILED
    }
}
