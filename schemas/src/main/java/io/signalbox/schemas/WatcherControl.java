package io.signalbox.schemas;

import java.time.Instant;
import java.util.List;

/**
 * What the registry says to the watchers of a host, the whole of it each time. Key: host id.
 *
 * @param currentSession the host's current session
 * @param refusedSession the newest refused session; {@link Event#NO_SESSION} for none. Sessions
 *     between the current one and it are refused too, or still to be judged.
 * @param refusedReason why, in one sentence; empty for none
 * @param resyncSession the session that is to open a new one with a snapshot; {@link
 *     Event#NO_SESSION} for none
 * @param suspected the current session's beats stopped: a standby may take over
 * @param stopping the runs that were sent a stop signal and still run
 */
public record WatcherControl(
        String host,
        long currentSession,
        long refusedSession,
        String refusedReason,
        long resyncSession,
        boolean suspected,
        List<StoppingRun> stopping) {

    public WatcherControl {
        stopping = List.copyOf(stopping);
    }

    /** One run of a container. */
    public record StoppingRun(String container, Instant startedAt) {}
}
