package io.signalbox.watcher.core;

import io.signalbox.schemas.HostIdentity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sources beside the engine: static files, DNS names. Each shows a list of its own, and each
 * session sweeps each of them by itself. Owned by {@link WatcherCore}.
 */
final class SourceLists {
    private final Map<String, SourceList> lists = new LinkedHashMap<>();
    private final Speech speech;

    SourceLists(Collection<String> sources, Speech speech) {
        this.speech = speech;
        List.copyOf(sources).forEach(name -> lists.put(name, new SourceList(name, speech)));
    }

    void shown(Input.Shown now) {
        SourceList list = lists.get(now.source());
        if (list == null) {
            throw new IllegalArgumentException("this watcher has no source " + now.source());
        }
        list.shows(now);
    }

    void silence() {
        lists.values().forEach(SourceList::silence);
    }

    void acknowledged(long seq) {
        lists.values().forEach(list -> list.acknowledged(seq));
    }

    boolean inSnapshot() {
        return lists.values().stream().anyMatch(SourceList::inSnapshot);
    }

    int said() {
        return lists.values().stream().mapToInt(SourceList::said).sum();
    }

    /**
     * Says what changed, and the snapshots that are due, one after the other. A session begins with
     * a snapshot, whosever it is: nothing that is said before it counts.
     *
     * @param engineSpeaks whether the engine's snapshot is open, so that no other may begin
     */
    void proceed(HostIdentity identity, boolean engineSpeaks, Turn turn) {
        for (SourceList list : lists.values()) {
            if (!engineSpeaks && !inSnapshot() && list.due()) {
                list.beginSnapshot(identity, turn);
            }
            if (speech.begun()) {
                list.proceed(turn);
            }
        }
    }
}
