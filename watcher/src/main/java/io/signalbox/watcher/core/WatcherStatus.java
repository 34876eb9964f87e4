package io.signalbox.watcher.core;

/**
 * What a watcher tells of itself.
 *
 * @param session {@link io.signalbox.schemas.Event#NO_SESSION} for none
 * @param hearing whether the engine's event stream is open
 * @param spoken whether the first snapshot was acknowledged
 * @param refused whether another engine has this host id, so that nobody speaks for what runs here
 * @param because for people: why it is in this mode, or empty
 * @param containers how many were said in this session
 */
public record WatcherStatus(
        WatcherMode mode,
        long session,
        boolean hearing,
        boolean spoken,
        boolean refused,
        String because,
        int containers,
        int backlogFacts,
        long backlogBytes) {

    /** Whether it does its work: it said everything once, or another one speaks for its engine. */
    public boolean ready() {
        return mode == WatcherMode.STANDBY ? !refused : spoken;
    }
}
