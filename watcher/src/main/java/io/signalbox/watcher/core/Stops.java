package io.signalbox.watcher.core;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stop signals that were heard of and what was said of them. A run that is known is said to be
 * stopping at once; the inspection that follows finds the run that was not. Owned by {@link
 * Pictures}; outlives sessions.
 */
final class Stops {
    private final Speech speech;
    private final StopTimers timers;
    private final Map<String, Kill> kills = new HashMap<>();

    Stops(WatcherLimits limits, Speech speech) {
        this.speech = speech;
        this.timers = new StopTimers(limits.stopGrace());
    }

    /** Takes a signal in; answers whether the container is to be looked at. */
    boolean killed(Input.Killed kill, Inspection.@Nullable Found picture, Turn turn) {
        Kill last = kills.get(kill.container());
        if (last != null && !kill.at().isAfter(last.at())) {
            return false;
        }
        if (picture != null) {
            if (!StopSignals.stops(kill.signal(), picture.stopSignal())) {
                return false;
            }
            stopping(picture, kill.at(), turn);
        }
        kills.put(kill.container(), new Kill(kill.signal(), kill.at(), false));
        return true;
    }

    /** The picture's run was sent a stop signal, if the signal was for this run. */
    private void stopping(Inspection.Found picture, Instant at, Turn turn) {
        Instant startedAt = picture.container().startedAt();
        if (!picture.alive() || startedAt == null || at.isBefore(startedAt)) {
            return;
        }
        StoppingRun run = new StoppingRun(picture.container().id(), startedAt);
        boolean known = timers.has(run);
        timers.start(run, picture, turn.now());
        if (!known) {
            say(run, at, turn);
        }
    }

    private void say(StoppingRun run, @Nullable Instant at, Turn turn) {
        speech.publish(new Fact.ContainerStopping(run.container(), run.startedAt()), at, turn);
    }

    /** After a snapshot: the runs that still stop are said again, with all their time. */
    void sayAgain(Map<String, Inspection.Found> seen, Turn turn) {
        for (StoppingRun run : timers.runs()) {
            Inspection.Found picture = seen.get(run.container());
            if (picture != null && StopTimers.isRun(run, picture)) {
                timers.start(run, picture, turn.now());
                say(run, null, turn);
            } else {
                timers.forget(run);
            }
        }
    }

    /** The registry knows these runs as stopping: they are watched like those heard of here. */
    void adopt(List<StoppingRun> runs, Map<String, Inspection.Found> seen, Turn turn) {
        for (StoppingRun run : runs) {
            Inspection.Found picture = seen.get(run.container());
            if (timers.has(run)) {
                continue;
            }
            if (picture == null) {
                timers.startUnknown(run, turn.now());
            } else {
                timers.start(run, picture, turn.now());
            }
        }
    }

    /**
     * A container was inspected.
     *
     * @param sinceKill whether after every signal that was heard of
     */
    void inspected(String container, Inspection inspection, boolean sinceKill, Turn turn) {
        if (inspection instanceof Inspection.Missing) {
            kills.remove(container);
        }
        Kill kill = kills.get(container);
        if (inspection instanceof Inspection.Found found
                && kill != null
                && !kill.checked()
                && sinceKill) {
            kills.put(container, new Kill(kill.signal(), kill.at(), true));
            if (StopSignals.stops(kill.signal(), found.stopSignal()) && !isKnown(found)) {
                stopping(found, kill.at(), turn);
            }
        }
    }

    private boolean isKnown(Inspection.Found found) {
        Instant startedAt = found.container().startedAt();
        return startedAt != null && timers.has(new StoppingRun(found.container().id(), startedAt));
    }

    /** Forgets the runs that are over and says which have stayed. */
    void settle(String container, Inspection inspection, Turn turn) {
        for (StoppingRun run : timers.settle(container, inspection)) {
            speech.publish(new Fact.ContainerStayed(run.container(), run.startedAt()), null, turn);
        }
    }

    /** The containers that are to be looked at because a run's time is over. */
    List<String> due(Instant now) {
        return timers.due(now);
    }

    Instant next() {
        return timers.next();
    }

    /** Forgets the signals of all other containers. */
    void keep(Collection<String> containers) {
        kills.keySet().retainAll(containers);
    }

    void gone(String container) {
        kills.remove(container);
    }

    /** The newest stop signal that was heard of, and whether an inspection came after it. */
    private record Kill(int signal, Instant at, boolean checked) {}
}
