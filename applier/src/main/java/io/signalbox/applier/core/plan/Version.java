package io.signalbox.applier.core.plan;

import java.util.Comparator;

/** Which manifest: later ones are greater, a higher epoch before a higher generation. */
public record Version(long epoch, long generation) implements Comparable<Version> {
    /** Lower than every manifest's. */
    public static final Version NONE = new Version(-1, -1);

    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::epoch).thenComparingLong(Version::generation);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "-" + generation;
    }
}
