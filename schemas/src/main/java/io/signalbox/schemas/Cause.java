package io.signalbox.schemas;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fact that led to a record: its place in {@code container-events} and when it passed each hop.
 *
 * @param partition of {@code container-events}
 * @param offset of {@code container-events}
 * @param subject what it was about, such as {@code <host>/<container>}
 * @param dockerTime the engine's time of its event; null when no event led to it
 * @param observedAt the watcher's clock when it had inspected
 * @param eventAppendedAt LogAppendTime of the fact's record
 * @param stateAppendedAt LogAppendTime of the state record; null inside that record itself
 */
public record Cause(
        int partition,
        long offset,
        String subject,
        @Nullable Instant dockerTime,
        Instant observedAt,
        Instant eventAppendedAt,
        @Nullable Instant stateAppendedAt) {
    private static final int MOST = 256;

    /** Each fact once, in their order; of more than 256 the last ones. */
    public static List<Cause> newest(List<Cause> causes) {
        Map<String, Cause> once = new LinkedHashMap<>();
        causes.forEach(cause -> once.putIfAbsent(cause.partition() + "/" + cause.offset(), cause));
        List<Cause> all = List.copyOf(once.values());
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }
}
