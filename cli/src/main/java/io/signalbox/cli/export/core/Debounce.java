package io.signalbox.cli.export.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one of many changes that follow each other: it waits until no further one came for a while,
 * but not for ever. One owner thread.
 */
public final class Debounce {
    private static final int MOST = 10;

    private final Duration quiet;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * Waits so long after the last change, and ten times as long after the first one at most.
     *
     * @param quiet zero for not at all
     */
    public Debounce(Duration quiet) {
        this.quiet = quiet;
    }

    /** Something changed. */
    public void changed(Instant now) {
        if (first == null) {
            first = now;
        }
        last = now;
    }

    /** When the changes are to be acted on; empty if there are none. */
    public Optional<Instant> due() {
        if (first == null || last == null) {
            return Optional.empty();
        }
        Instant settled = last.plus(quiet);
        Instant latest = first.plus(quiet.multipliedBy(MOST));
        return Optional.of(settled.isBefore(latest) ? settled : latest);
    }

    /** Whether they are to be acted on now; if so, they are forgotten. */
    public boolean take(Instant now) {
        boolean due = due().filter(at -> !now.isBefore(at)).isPresent();
        if (due) {
            first = null;
            last = null;
        }
        return due;
    }
}
