package io.signalbox.watcher.core;

import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that were sent a stop signal and, as far as is known, still run: when each is to be
 * looked at, to say that it stayed. Owned by {@link WatcherCore}; outlives sessions.
 */
final class StopTimers {
    private static final int DEFAULT_STOP_SECONDS = 10;

    /** For a container that is configured never to be killed. */
    private static final Duration FOR_EVER = Duration.ofDays(3_650);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Duration grace;
    private final Map<StoppingRun, Timer> timers = new LinkedHashMap<>();

    StopTimers(Duration grace) {
        this.grace = grace;
    }

    boolean has(StoppingRun run) {
        return timers.containsKey(run);
    }

    void start(StoppingRun run, Inspection.Found picture, Instant now) {
        start(run, picture.container().stopTimeoutSeconds(), now);
    }

    void startUnknown(StoppingRun run, Instant now) {
        start(run, DEFAULT_STOP_SECONDS, now);
    }

    private void start(StoppingRun run, int stopSeconds, Instant now) {
        Duration patience = stopSeconds < 0 ? FOR_EVER : Duration.ofSeconds(stopSeconds);
        timers.put(run, new Timer(now.plus(patience).plus(grace), false));
    }

    /** The containers whose time is over now; each is named again later until it is settled. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        timers.replaceAll(
                (run, timer) -> {
                    if (now.isBefore(timer.due())) {
                        return timer;
                    }
                    due.add(run.container());
                    return new Timer(now.plus(LOOK_AGAIN), true);
                });
        return due;
    }

    /** Forgets the runs of a container that are over; answers those that have overstayed. */
    List<StoppingRun> settle(String container, Inspection inspection) {
        List<StoppingRun> stayed = new ArrayList<>();
        if (inspection instanceof Inspection.Failed
                || inspection instanceof Inspection.Unreadable) {
            return stayed;
        }
        timers.entrySet()
                .removeIf(
                        entry -> {
                            StoppingRun run = entry.getKey();
                            if (!run.container().equals(container)) {
                                return false;
                            }
                            boolean over = !isRun(run, inspection);
                            if (!over && entry.getValue().over()) {
                                stayed.add(run);
                            }
                            return over || entry.getValue().over();
                        });
        return stayed;
    }

    /** All runs, in the order of their stop signals. */
    List<StoppingRun> runs() {
        return List.copyOf(timers.keySet());
    }

    /** Forgets one run. */
    void forget(StoppingRun run) {
        timers.remove(run);
    }

    Instant next() {
        return timers.values().stream().map(Timer::due).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /** Whether the inspection shows this very run alive. */
    static boolean isRun(StoppingRun run, Inspection inspection) {
        return inspection instanceof Inspection.Found found
                && found.alive()
                && run.startedAt().equals(found.container().startedAt());
    }

    private record Timer(Instant due, boolean over) {}
}
