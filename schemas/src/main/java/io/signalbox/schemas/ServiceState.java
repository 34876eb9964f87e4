package io.signalbox.schemas;

import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of the compacted topic {@code service-state}; each names the fact it comes from. */
public sealed interface ServiceState {

    /**
     * One container, as the fold of its host's facts left it. Key {@code
     * instance/<host>/<container>}.
     *
     * @param gone true once the container no longer exists or its host expired; a tombstone follows
     *     weeks later
     * @param stopping a stop signal was sent to this run: no new requests
     * @param shownAt LogAppendTime of the fact that first showed this run: what "newest" is decided
     *     by
     * @param hostAddress the host's advertised address
     * @param labels the allow-listed labels, for group selectors
     * @param declarations what its labels declare, dialects already applied
     * @param rejections what of its labels is not followed, and why
     * @param cause the fact this value comes from
     * @param lastOfFact whether this is the last record of that fact
     * @param source the source that saw it, whose snapshots alone may say that it is gone; {@code
     *     docker} where the record does not say, as all did while there was no other
     */
    record Instance(
            String host,
            String container,
            String name,
            String image,
            boolean gone,
            State state,
            Health health,
            @Nullable Instant startedAt,
            boolean stopping,
            Instant shownAt,
            String hostAddress,
            NetworkMode networkMode,
            List<NetworkAttachment> networks,
            List<PublishedPort> published,
            Map<String, String> labels,
            List<Declaration> declarations,
            List<Rejection> rejections,
            Cause cause,
            boolean lastOfFact,
            String source)
            implements ServiceState {

        public Instance {
            source = source.isEmpty() ? Event.DOCKER : source;
            networks = List.copyOf(networks);
            published = List.copyOf(published);
            labels = Container.sorted(labels);
            declarations = List.copyOf(declarations);
            rejections = List.copyOf(rejections);
        }
    }

    /** One endpoint outside Docker. Key {@code endpoint/<id>}. */
    record RegisteredEndpoint(
            Endpoint endpoint, boolean gone, Instant shownAt, Cause cause, boolean lastOfFact)
            implements ServiceState {}

    /** One declared service. Key {@code service/<name>}. */
    record DeclaredService(
            String service,
            List<Declaration> declarations,
            boolean gone,
            Cause cause,
            boolean lastOfFact)
            implements ServiceState {

        public DeclaredService {
            declarations = List.copyOf(declarations);
        }
    }

    /**
     * One host. Key {@code host/<id>}.
     *
     * @param session the current session; {@link Event#NO_SESSION} before the first
     * @param seq the last accepted sequence number of it
     * @param identity of the current session; null before the first
     * @param openSnapshot null when none is open
     * @param resyncSession the session that was asked for a new snapshot; {@link Event#NO_SESSION}
     *     for none
     * @param refusedSession the newest session refused because another engine speaks under this id;
     *     {@link Event#NO_SESSION} for none
     * @param offset of the last fact of this host, only ever rising
     * @param statusAt LogAppendTime of the fact that led to the status: grace is counted from it
     */
    record Host(
            String host,
            long session,
            long seq,
            @Nullable HostIdentity identity,
            Status status,
            @Nullable OpenSnapshot openSnapshot,
            long resyncSession,
            long refusedSession,
            int partition,
            long offset,
            Instant statusAt)
            implements ServiceState {

        /** How alive the host's watcher is. */
        public enum Status {
            UP,
            SUSPECTED,
            LOST,
            EXPIRED
        }
    }

    /**
     * A snapshot that has begun and not ended.
     *
     * @param beganOffset of its {@code SnapshotBegan}
     * @param seen ids of the containers it has shown, sorted
     */
    record OpenSnapshot(String source, long beganOffset, List<String> seen) {
        public OpenSnapshot {
            seen = List.copyOf(seen);
        }
    }

    /**
     * How far a partition of {@code container-events} is folded. Key {@code checkpoint}, one in
     * each partition.
     *
     * @param topicId the id of the {@code container-events} topic that the offset counts in
     * @param nextOffset the first offset that is not folded yet
     */
    record Checkpoint(String topicId, long nextOffset) implements ServiceState {}
}
