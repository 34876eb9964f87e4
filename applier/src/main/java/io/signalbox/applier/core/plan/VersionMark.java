package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.MapName;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a worker, in its map {@code version}, which version it has. Where the rest of a version
 * waits for a reload, the worker is told before anything else that it was begun: whoever takes the
 * worker over in between must not take it for what the disk says.
 */
public final class VersionMark {
    private VersionMark() {}

    /**
     * The steps with what tells the worker of them.
     *
     * @param inForce whether the worker has all of the version when they are done
     */
    public static List<Step> mark(
            List<Step> steps, Running running, Version version, boolean inForce) {
        List<Step> marked = new ArrayList<>(steps);
        if (inForce && !running.version().equals(version)) {
            marked.add(entry(running, MapName.EPOCH, version.epoch()));
            marked.add(entry(running, MapName.GENERATION, version.generation()));
            if (running.begun().compareTo(version) > 0) {
                // Of another topic, which counted further.
                marked.add(entry(running, MapName.BEGUN_EPOCH, version.epoch()));
                marked.add(entry(running, MapName.BEGUN_GENERATION, version.generation()));
            }
        } else if (!inForce && !steps.isEmpty() && running.reached().compareTo(version) < 0) {
            marked.addFirst(entry(running, MapName.BEGUN_GENERATION, version.generation()));
            marked.addFirst(entry(running, MapName.BEGUN_EPOCH, version.epoch()));
        }
        return marked;
    }

    private static Step entry(Running running, String key, long number) {
        String value = Long.toString(number);
        return running.entries(MapName.VERSION).containsKey(key)
                ? new Step.SetEntry(MapName.VERSION, key, value)
                : new Step.AddEntry(MapName.VERSION, key, value);
    }
}
