package io.signalbox.registry.core;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.ServiceState.OpenSnapshot;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One host as the fold knows it: its sessions, its open snapshot, its containers. Owned by the
 * thread that owns its {@link PartitionState}.
 *
 * <pre>
 *            HostSuspected        HostLost         HostExpired
 *      UP ──────────────► SUSPECTED ─────► LOST ─────────────► EXPIRED
 *       ▲                     │             │                     │
 *       └─────────────────────┴─────────────┴─────────────────────┘
 *             HostReturned, or a new session's SnapshotBegan
 * </pre>
 */
final class HostState {
    final String id;
    final Map<String, Instance> instances = new HashMap<>();

    long session = Event.NO_SESSION;
    long seq;
    @Nullable HostIdentity identity;
    Status status = Status.UP;
    Instant statusAt = Instant.EPOCH;
    long resyncSession = Event.NO_SESSION;
    long refusedSession = Event.NO_SESSION;
    long offset = -1;

    private @Nullable Snapshot snapshot;

    HostState(String id) {
        this.id = id;
    }

    static HostState of(Host record) {
        HostState host = new HostState(record.host());
        host.session = record.session();
        host.seq = record.seq();
        host.identity = record.identity();
        host.status = record.status();
        host.statusAt = record.statusAt();
        host.resyncSession = record.resyncSession();
        host.refusedSession = record.refusedSession();
        host.offset = record.offset();
        OpenSnapshot open = record.openSnapshot();
        if (open != null) {
            host.snapshot = new Snapshot(open.source(), open.beganOffset(), open.seen());
        }
        return host;
    }

    Host record(int partition) {
        Snapshot open = snapshot;
        return new Host(
                id,
                session,
                seq,
                identity,
                status,
                open == null ? null : open.record(),
                resyncSession,
                refusedSession,
                partition,
                offset,
                statusAt);
    }

    /** All that its watchers are to know now. */
    WatcherControl control() {
        HostIdentity known = identity;
        String reason =
                refusedSession == Event.NO_SESSION || known == null
                        ? ""
                        : "host id %s is held by engine %s: give this watcher another host id, or stop the other one"
                                .formatted(id, known.engineId());
        return new WatcherControl(
                id,
                session,
                refusedSession,
                reason,
                resyncSession,
                status != Status.UP,
                stopping());
    }

    void become(long newSession, long newSeq, HostIdentity who, Instant at) {
        session = newSession;
        seq = newSeq;
        identity = who;
        status = Status.UP;
        statusAt = at;
        resyncSession = Event.NO_SESSION;
        if (refusedSession <= newSession) {
            refusedSession = Event.NO_SESSION;
        }
    }

    void status(Status next, Instant at) {
        status = next;
        statusAt = at;
    }

    void openSnapshot(String source, long beganOffset) {
        snapshot = new Snapshot(source, beganOffset, List.of());
    }

    void seen(String source, String container) {
        Snapshot open = snapshot;
        if (open != null && open.source.equals(source)) {
            open.seen.add(container);
        }
    }

    /** Closes the open snapshot and answers it; null when none was open. */
    @Nullable Snapshot closeSnapshot() {
        Snapshot open = snapshot;
        snapshot = null;
        return open;
    }

    private List<StoppingRun> stopping() {
        List<StoppingRun> runs = new ArrayList<>();
        for (Instance instance : instances.values()) {
            Instant run = instance.startedAt();
            if (instance.stopping() && run != null && Instances.runs(instance.state())) {
                runs.add(new StoppingRun(instance.container(), run));
            }
        }
        runs.sort(Comparator.comparing(StoppingRun::container));
        return runs;
    }

    /** A snapshot that has begun and not ended. */
    static final class Snapshot {
        final String source;
        final Set<String> seen;
        private final long beganOffset;

        Snapshot(String source, long beganOffset, List<String> seen) {
            this.source = source;
            this.beganOffset = beganOffset;
            this.seen = new HashSet<>(seen);
        }

        /** Whether its source showed this instance before and does not now. */
        boolean misses(Instance instance) {
            return instance.source().equals(source) && !seen.contains(instance.container());
        }

        OpenSnapshot record() {
            return new OpenSnapshot(source, beganOffset, seen.stream().sorted().toList());
        }
    }
}
