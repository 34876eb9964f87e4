package io.signalbox.registry.core;

import io.signalbox.registry.core.Fold.At;
import io.signalbox.schemas.ServiceState.Host.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What a recorded decision about a host changes. It names the session that it judges; it is ignored
 * when that is no longer the current one, or when the host's status does not lead there.
 */
final class StatusFold {
    private StatusFold() {}

    static FoldResult apply(
            PartitionState state,
            At at,
            long judgedSession,
            BiFunction<HostState, At, FoldResult> change) {
        HostState host = state.hosts.get(at.event().subject());
        if (host == null || at.offset() <= host.offset) {
            return FoldResult.NOTHING;
        }
        state.touch(host, at.offset());
        return judgedSession == host.session ? change.apply(host, at) : FoldResult.NOTHING;
    }

    static FoldResult suspected(HostState host, At at) {
        return host.status == Status.UP ? become(host, at, Status.SUSPECTED) : FoldResult.NOTHING;
    }

    static FoldResult lost(HostState host, At at) {
        return host.status == Status.UP || host.status == Status.SUSPECTED
                ? become(host, at, Status.LOST)
                : FoldResult.NOTHING;
    }

    static FoldResult returned(HostState host, At at) {
        Status before = host.status;
        if (before == Status.UP) {
            return FoldResult.NOTHING;
        }
        FoldResult up = become(host, at, Status.UP);
        if (before == Status.SUSPECTED) {
            return up;
        }
        List<Signal> signals = new ArrayList<>(up.signals());
        signals.addAll(
                SessionFold.resync(host, "host %s returned after it was lost".formatted(host.id))
                        .signals());
        return new FoldResult(List.of(), signals);
    }

    static FoldResult expired(HostState host, At at) {
        if (host.status != Status.LOST) {
            return FoldResult.NOTHING;
        }
        FoldResult status = become(host, at, Status.EXPIRED);
        FoldResult gone = InstanceFold.allGone(host, at, _ -> true);
        return new FoldResult(gone.changed(), status.signals());
    }

    private static FoldResult become(HostState host, At at, Status status) {
        host.status(status, at.appendedAt());
        return FoldResult.signal(new Signal.StatusChanged(host.id, status));
    }
}
