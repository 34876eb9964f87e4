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

    /**
     * Whether that session is refused, as far as it is known. Only the newest refusal is said,
     * which stands for all sessions behind the current one up to it: earlier refusals may go
     * unheard. A session among them that is still to be judged learns so when it becomes the
     * current one.
     */
    public boolean refuses(long session) {
        return currentSession < session && session <= refusedSession;
    }

    /** One run of a container. */
    public record StoppingRun(String container, Instant startedAt) {}
}
