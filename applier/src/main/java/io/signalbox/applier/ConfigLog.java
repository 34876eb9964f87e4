package io.signalbox.applier;

/** Where configurations come from: hands {@link Input}s to the loop. Safe for all threads. */
public interface ConfigLog {
    /** Reads the group's topic once more from its beginning. */
    void readAgain();
}
