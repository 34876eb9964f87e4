package io.signalbox.cli;

import io.signalbox.cli.replay.Tally;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Says how far a replay is: on a terminal one line that changes four times a second, elsewhere a
 * line every ten seconds. One thread.
 */
final class ReplayProgress {
    private static final long TERMINAL_NANOS = 250_000_000L;
    private static final long ELSEWHERE_NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private long last = began;
    private boolean open;

    ReplayProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says it where it is time to. */
    void show(Tally tally) {
        long now = System.nanoTime();
        if (now - last < (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS)) {
            return;
        }
        last = now;
        String line =
                String.format(
                        Locale.ROOT,
                        "%,d facts folded, %,d manifests compared, %,d records/s",
                        tally.facts(),
                        tally.manifests(),
                        rate(tally));
        if (terminal) {
            out.print("\r" + line + "   ");
            open = true;
        } else {
            out.println(line);
        }
    }

    /** Ends the line that changes. */
    void end() {
        if (open) {
            out.println();
        }
    }

    /** Records a second since the beginning. */
    long rate(Tally tally) {
        return Math.round(tally.records() / Math.max(1e-3, seconds()));
    }

    /** Seconds since the beginning. */
    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
