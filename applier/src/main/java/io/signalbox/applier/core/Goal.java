package io.signalbox.applier.core;

import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.haproxy.MapName;
import java.util.Set;

/**
 * What HAProxy here shall be, and in which version of which topic. What an HAProxy that was taken
 * over has already is the least: nothing older is accepted, and nothing of it is undone before the
 * log was read up to there, because its last applier need not have come to write it down. One owner
 * thread.
 */
final class Goal {
    private final Desired desired;
    private Version target = Version.NONE;
    private Version least = Version.NONE;
    private String topicId = "";
    private boolean countsAnew;
    private boolean heard;

    Goal(Desired desired) {
        this.desired = desired;
    }

    /** A saved configuration is what is desired until the log says more. */
    void begin(Saved saved) {
        desired.begin(saved.wanted());
        target = saved.wanted().version();
        topicId = saved.topicId();
    }

    /** The parts that make it up. */
    Desired desired() {
        return desired;
    }

    /** Whether there is anything to serve. */
    boolean known() {
        return desired.known();
    }

    /** What is desired. */
    Wanted wanted() {
        return desired.wanted(target);
    }

    /** The version that is desired. */
    Version target() {
        return target;
    }

    /** Versions below this are not accepted. */
    Version floor() {
        return target.compareTo(least) < 0 ? least : target;
    }

    /** The topic that the version counts in; empty if none was read. */
    String topicId() {
        return topicId;
    }

    /** That topic is read from here on: versions count anew if another one is known. */
    void newTopic(String id) {
        if (!topicId.isEmpty()) {
            target = Version.NONE;
            least = Version.NONE;
            countsAnew = true;
        }
        topicId = id;
    }

    /**
     * The log says what is desired.
     *
     * @return the services that may have changed
     */
    Set<String> accept(Accepted accepted) {
        Set<String> changed = desired.accept(accepted.parts(), accepted.whole());
        target = accepted.version();
        heard = true;
        return changed;
    }

    /** A worker was taken over. */
    void tookOver(Worker worker) {
        Version reached = worker.running().reached();
        if (!countsAnew && reached.compareTo(least) > 0) {
            least = reached;
        }
    }

    /** Whether that worker has, or may have, a later version than the one that is desired. */
    boolean isBehind(Worker worker) {
        if (countsAnew) {
            // Its numbers may be of the one topic or the other, and those of the file are of the
            // old.
            return !heard;
        }
        return worker.maps().contains(MapName.VERSION)
                ? worker.running().reached().compareTo(target) > 0
                : !heard;
    }
}
