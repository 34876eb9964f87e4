package io.signalbox.registry.core;

import io.signalbox.registry.core.Fold.At;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.ServiceState.Host.Status;

/**
 * What a watcher's fact changes. It counts only if its session is the host's current one and its
 * number the next; a newer session becomes current at its {@code SnapshotBegan}.
 *
 * <p>Session and numbers belong to the host's stream as a whole, a snapshot to its source: it
 * counts what that source shows, and removes at its end only what that source showed before. So
 * each instance carries its source; the open snapshot alone could not say whose the others are. One
 * snapshot is open at a time.
 *
 * <p>A session is named by the offset of its first record, so all its facts lie behind that offset.
 * One that does not was opened in the topic that stood here before: it is a zombie. So whatever is
 * opened in this topic later has a higher number than all that is current.
 */
final class SessionFold {
    private SessionFold() {}

    static FoldResult apply(PartitionState state, At at, Fact.Watched fact) {
        HostState host = state.hostOrNew(at.event().subject());
        if (at.offset() <= host.offset) {
            return FoldResult.signal(new Signal.RepeatedFact(host.id));
        }
        state.touch(host, at.offset());
        if (fact instanceof Fact.SessionOpened) {
            return FoldResult.NOTHING;
        }
        long session = at.event().session();
        if (session < host.session || session >= at.offset()) {
            return FoldResult.signal(new Signal.ZombieFact(host.id, session));
        }
        if (session > host.session) {
            return fact instanceof Fact.SnapshotBegan began
                    ? newSession(host, at, began)
                    : withoutBeginning(host, session);
        }
        return inSession(host, at, fact);
    }

    private static FoldResult newSession(HostState host, At at, Fact.SnapshotBegan began) {
        long session = at.event().session();
        HostIdentity known = host.identity;
        if (known != null
                && !known.engineId().equals(began.identity().engineId())
                && host.status == Status.UP) {
            host.refusedSession = Math.max(host.refusedSession, session);
            return FoldResult.signal(
                    new Signal.SessionRefused(
                            host.id,
                            session,
                            "host id %s is held by engine %s, session %d speaks for engine %s"
                                    .formatted(
                                            host.id,
                                            known.engineId(),
                                            session,
                                            began.identity().engineId())));
        }
        host.become(session, at.event().seq(), began.identity(), at.appendedAt());
        host.openSnapshot(began.snapshotSource(), at.offset());
        return FoldResult.signal(new Signal.SessionCurrent(host.id, session));
    }

    /** Its {@code SnapshotBegan} could not be read: it would never become current by itself. */
    private static FoldResult withoutBeginning(HostState host, long session) {
        if (session <= host.refusedSession || session == host.resyncSession) {
            return FoldResult.NOTHING;
        }
        host.resyncSession = session;
        return FoldResult.signal(
                new Signal.ResyncWanted(
                        host.id,
                        session,
                        "session %d goes on without its beginning".formatted(session)));
    }

    /** A record of this subject cannot be read: if a watcher wrote it, it is to say all again. */
    static FoldResult unreadable(PartitionState state, long offset, String subject) {
        HostState host = state.hosts.get(subject);
        if (host == null || offset <= host.offset || host.session == Event.NO_SESSION) {
            return FoldResult.NOTHING;
        }
        state.touch(host, offset);
        return resync(host, "record %d of %s cannot be read".formatted(offset, subject));
    }

    private static FoldResult inSession(HostState host, At at, Fact.Watched fact) {
        Event event = at.event();
        if (event.seq() <= host.seq) {
            return FoldResult.signal(new Signal.RepeatedFact(host.id));
        }
        if (event.seq() > host.seq + 1) {
            return resync(
                    host,
                    "fact %d of session %d came after %d"
                            .formatted(event.seq(), event.session(), host.seq));
        }
        host.seq = event.seq();
        return switch (fact) {
            case Fact.SessionOpened _ -> FoldResult.NOTHING;
            case Fact.SnapshotBegan began -> {
                host.openSnapshot(began.snapshotSource(), at.offset());
                yield FoldResult.NOTHING;
            }
            case Fact.ContainerObserved observed -> InstanceFold.observed(host, at, observed);
            case Fact.ContainerStopping stopping ->
                    InstanceFold.mark(host, at, stopping.containerId(), stopping.startedAt(), true);
            case Fact.ContainerStayed stayed ->
                    InstanceFold.mark(host, at, stayed.containerId(), stayed.startedAt(), false);
            case Fact.ContainerGone gone -> InstanceFold.gone(host, at, gone.containerId());
            case Fact.SnapshotEnded ended -> snapshotEnded(host, at, ended);
            case Fact.Gap gap -> FoldResult.signal(new Signal.GapNoted(host.id, gap.reason()));
            case Fact.Drift drift ->
                    FoldResult.signal(
                            new Signal.DriftNoted(
                                    host.id, drift.containerId(), drift.difference()));
            case Fact.Unknown unknown ->
                    FoldResult.signal(
                            new Signal.UnknownFact(event.subject(), unknown.description()));
        };
    }

    private static FoldResult snapshotEnded(HostState host, At at, Fact.SnapshotEnded ended) {
        HostState.Snapshot open = host.closeSnapshot();
        if (open == null) {
            return FoldResult.NOTHING;
        }
        if (!open.source.equals(ended.snapshotSource()) || open.seen.size() != ended.count()) {
            return resync(
                    host,
                    "snapshot of %s showed %d containers, its end says %d of %s"
                            .formatted(
                                    open.source,
                                    open.seen.size(),
                                    ended.count(),
                                    ended.snapshotSource()));
        }
        return InstanceFold.allGone(host, at, open::misses);
    }

    static FoldResult resync(HostState host, String reason) {
        host.resyncSession = host.session;
        return FoldResult.signal(new Signal.ResyncWanted(host.id, host.session, reason));
    }
}
