package io.signalbox.watcher.core;

/** Where a watcher stands. */
public enum WatcherMode {
    /** It has not met its engine yet. */
    NEW,
    /** It waits for the offset that names its session. */
    OPENING,
    /** It speaks for its host. */
    ACTIVE,
    /** Another session speaks for the host, or this one was refused: it beats and says nothing. */
    STANDBY
}
