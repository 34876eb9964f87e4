package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;

/** What the engine answered when it was asked about one container. */
public sealed interface Inspection {

    /**
     * The container exists.
     *
     * @param container the full picture, allow-listed
     * @param stopSignal the number of the signal that {@code docker stop} sends to it
     */
    record Found(Container container, int stopSignal) implements Inspection {

        /** Whether a process of this container runs, or is paused. */
        public boolean alive() {
            return switch (container.state()) {
                case RUNNING, PAUSED -> container.startedAt() != null;
                case CREATED, RESTARTING, REMOVING, EXITED, DEAD, UNKNOWN -> false;
            };
        }
    }

    /** The engine does not know it. */
    record Missing() implements Inspection {}

    /** It exists, and what the engine says of it cannot be used; asking again would not help. */
    record Unreadable(String reason) implements Inspection {}

    /** No answer in time. */
    record Failed(String reason) implements Inspection {}
}
