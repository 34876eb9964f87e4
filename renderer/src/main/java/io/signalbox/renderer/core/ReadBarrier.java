package io.signalbox.renderer.core;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The ends up to which everything must be read before anything is said: an old claim, a lagging
 * reader or an empty topic would otherwise speak for the present. One owner thread.
 *
 * @param <P> what names a partition
 */
public final class ReadBarrier<P> {
    private final Map<P, Long> ends = new HashMap<>();

    /** Waits for nothing any more. */
    public void clear() {
        ends.clear();
    }

    /** Waits for these ends besides. */
    public void waitFor(Map<P, Long> more) {
        ends.putAll(more);
    }

    /**
     * Whether all was read.
     *
     * @param position the offset of the next record of a partition
     */
    public boolean reached(ToLongFunction<P> position) {
        ends.entrySet().removeIf(end -> position.applyAsLong(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }
}
