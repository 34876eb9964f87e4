package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.Hold;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.EnableServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds the requests of a service that has just lost its last server, for a moment in which another
 * one may come: a container that is restarted, or replaced by one of a new version. HAProxy answers
 * 503 at once where a backend has no server. So it is given one at which nobody listens: requests
 * are tried there, and a second later again wherever there is a server by then. One owner thread.
 */
final class Holding {
    /** How long a service is held at most: what comes later is answered 503 at once. */
    static final Duration TIME = Duration.ofSeconds(5);

    private final SortedMap<String, Instant> until = new TreeMap<>();

    /** Another worker serves, which holds nothing. */
    void begin() {
        until.clear();
    }

    /** Steps were carried out. */
    void carriedOut(List<Step> steps, Instant now) {
        for (Step step : steps) {
            if (step instanceof EnableServer(String backend, String server, String _, boolean _)
                    && server.equals(Hold.SERVER)) {
                until.put(backend, now.plus(TIME));
            }
        }
    }

    /** Whether requests are still held in that backend. */
    boolean holds(String backend, Instant now) {
        Instant end = until.get(backend);
        return end != null && now.isBefore(end);
    }

    /** When the first is held no more; {@link Instant#MAX} if none is. */
    Instant due() {
        return until.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** The backends that are held no more. */
    Set<String> release(Instant now) {
        Set<String> over = new TreeSet<>();
        until.forEach(
                (backend, end) -> {
                    if (!now.isBefore(end)) {
                        over.add(backend);
                    }
                });
        until.keySet().removeAll(over);
        return over;
    }
}
