package io.signalbox.registry.core;

import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.ServiceState.Host.Status;

/** What the fold noticed beside the records that it changed; none of it is state. */
public sealed interface Signal {

    /** Something that the host's watchers have to hear of. */
    sealed interface ForWatchers extends Signal {
        /** The host that it is about. */
        String host();
    }

    /** A session became the host's current one. */
    record SessionCurrent(String host, long session) implements ForWatchers {}

    /** A session was refused: another engine speaks under the id of a host that is alive. */
    record SessionRefused(String host, long session, String reason) implements ForWatchers {}

    /** The current session is to open a new one with a snapshot. */
    record ResyncWanted(String host, long session, String reason) implements ForWatchers {}

    /** The host's status changed. */
    record StatusChanged(String host, Status status) implements ForWatchers {}

    /** A fact of an older session came late; it changed nothing. */
    record ZombieFact(String host, long session) implements Signal {}

    /** A fact that was folded already; it changed nothing. */
    record RepeatedFact(String host) implements Signal {}

    /** A watcher lost sight of its source for a while. */
    record GapNoted(String host, String reason) implements Signal {}

    /** A watcher's list differed from what it had published. */
    record DriftNoted(String host, String container, String difference) implements Signal {}

    /** A fact that this version does not know. */
    record UnknownFact(String subject, String description) implements Signal {}

    /**
     * A container said something that is not followed, not said before by this run of it.
     *
     * @param name the container's name
     */
    record RejectionShown(String host, String container, String name, Rejection rejection)
            implements Signal {}
}
