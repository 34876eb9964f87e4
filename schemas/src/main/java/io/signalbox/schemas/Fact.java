package io.signalbox.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened: the facts of {@code container-events}. */
public sealed interface Fact {

    /** A fact that a watcher saw on its host; belongs to a session and has a sequence number. */
    sealed interface Watched extends Fact {}

    /** A fact that the registry or its API recorded; without session and sequence number. */
    sealed interface Decided extends Fact {}

    /** A watcher began to speak for its host; the offset of this record is the session's number. */
    record SessionOpened(HostIdentity identity) implements Watched {}

    /** A full list of one source follows; the session becomes the host's current one here. */
    record SnapshotBegan(String snapshotSource, HostIdentity identity) implements Watched {}

    /** The full picture of one container, as inspected. */
    record ContainerObserved(Container container) implements Watched {}

    /**
     * A stop signal was sent to this run of the container: drain it now. The run is named by its
     * StartedAt.
     */
    record ContainerStopping(String containerId, Instant startedAt) implements Watched {}

    /** This run still runs well after its stop time-out: it ignores the stop signal. */
    record ContainerStayed(String containerId, Instant startedAt) implements Watched {}

    /** The container no longer exists. */
    record ContainerGone(String containerId) implements Watched {}

    /** The list is complete; {@code count} containers were observed since {@link SnapshotBegan}. */
    record SnapshotEnded(String snapshotSource, int count) implements Watched {}

    /** The watcher lost sight of its source for a while; a new snapshot follows. */
    record Gap(String reason) implements Watched {}

    /**
     * The periodic list differed from what was published, without an event that explains it; the
     * picture follows.
     */
    record Drift(String containerId, String difference) implements Watched {}

    /**
     * Something outside Docker was registered, with a time to live. The offset of this record names
     * the registration; doing it again makes another one.
     */
    record EndpointRegistered(Endpoint endpoint) implements Decided {}

    /** A registered endpoint was taken back. */
    record EndpointDeregistered(String endpointId) implements Decided {}

    /**
     * A registered endpoint was not renewed in time.
     *
     * @param judgedRegistration offset of the registration that is meant: a late word does not
     *     touch a newer one; null in records of the first version, which meant whichever is there
     */
    record EndpointExpired(String endpointId, @Nullable Long judgedRegistration)
            implements Decided {}

    /** An operator declared a service by name; it is known even without containers. */
    record ServiceDeclared(String service, List<Declaration> declarations) implements Decided {
        public ServiceDeclared {
            declarations = List.copyOf(declarations);
        }
    }

    /** A declared service was withdrawn. */
    record ServiceWithdrawn(String service) implements Decided {}

    /** The judged session's beats stopped for a short while. */
    record HostSuspected(long judgedSession) implements Decided {}

    /** The judged session's beats stopped for long; its servers stay and HAProxy checks them. */
    record HostLost(long judgedSession) implements Decided {}

    /** The judged session beats again. */
    record HostReturned(long judgedSession) implements Decided {}

    /** The host was lost for the whole grace period: its servers go. */
    record HostExpired(long judgedSession) implements Decided {}

    /**
     * A fact that this reader's version does not know: counted in the sequence, reported, changes
     * nothing.
     */
    record Unknown(String description) implements Watched, Decided {}
}
