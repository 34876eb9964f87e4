package io.signalbox.applier.core;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.haproxy.Capabilities;

/** Writes what has taken effect at run time to the disk, so that the next start begins with it. */
public interface DiskWriter {
    /** Whether nothing is under way or ordered, so that an order would be begun soon. */
    boolean ready();

    /** Whether a write failed since this was asked last. */
    boolean failed();

    /** Writes this soon; it replaces what was ordered and not begun. */
    void follow(Saved saved, Capabilities capabilities);

    /** What was ordered and not begun counts no more. */
    void cancel();

    /** Writes what is ordered now. */
    void write();
}
