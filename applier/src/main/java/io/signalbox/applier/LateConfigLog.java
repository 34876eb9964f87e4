package io.signalbox.applier;

import org.jspecify.annotations.Nullable;

/** A log that is made after the loop that reads it. Safe for all threads. */
final class LateConfigLog implements ConfigLog {
    private volatile @Nullable ConfigLog log;

    /** This is the log. */
    void is(ConfigLog made) {
        log = made;
    }

    @Override
    public void readAgain() {
        ConfigLog made = log;
        if (made != null) {
            made.readAgain();
        }
    }
}
