package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one source other than the engine shows, and what of it was said in this session. Owned by
 * {@link SourceLists}.
 *
 * <p>Each session says its snapshot once, as soon as the source knows everything. Until then what
 * it shows is said like any live fact, and nothing that an earlier session said is swept: a name
 * that cannot be looked up, or a file that cannot be read, after a restart must not take the
 * servers that it led to.
 */
final class SourceList {
    private final String source;
    private final Speech speech;
    private final Map<String, Container> shown = new HashMap<>();
    private final Map<String, Container> said = new HashMap<>();
    private final Set<String> observed = new HashSet<>();
    private final TreeSet<String> toSay = new TreeSet<>();

    /** What was shown and is not, until that is known to be in the log. */
    private final Set<String> removed = new HashSet<>();

    private boolean complete;
    private boolean open;
    private boolean swept;
    private long saidUpTo;

    SourceList(String source, Speech speech) {
        this.source = source;
        this.speech = speech;
    }

    void shows(Input.Shown now) {
        Map<String, Container> pictures = new HashMap<>();
        now.pictures().forEach(picture -> pictures.put(picture.id(), picture));
        for (String id : shown.keySet()) {
            if (!pictures.containsKey(id)) {
                removed.add(id);
                toSay.add(id);
            }
        }
        pictures.forEach(
                (id, picture) -> {
                    if (!picture.equals(shown.get(id))) {
                        removed.remove(id);
                        toSay.add(id);
                    }
                });
        shown.clear();
        shown.putAll(pictures);
        complete = now.complete();
    }

    /** Forgets what was said; everything is to be said again. */
    void silence() {
        open = false;
        swept = false;
        said.clear();
        observed.clear();
        toSay.addAll(shown.keySet());
        toSay.addAll(removed);
    }

    boolean due() {
        return complete && !open && !swept;
    }

    boolean inSnapshot() {
        return open;
    }

    int said() {
        return said.size();
    }

    void beginSnapshot(HostIdentity identity, Turn turn) {
        open = true;
        said.clear();
        observed.clear();
        toSay.clear();
        toSay.addAll(shown.keySet());
        speech.publish(source, new Fact.SnapshotBegan(source, identity), null, turn);
    }

    /** Says what there is room for. */
    void proceed(Turn turn) {
        while (!toSay.isEmpty() && speech.hasRoom()) {
            say(toSay.removeFirst(), turn);
        }
        if (open && toSay.isEmpty()) {
            open = false;
            swept = true;
            speech.publish(source, new Fact.SnapshotEnded(source, observed.size()), null, turn);
            saidUpTo = speech.seq();
        }
    }

    private void say(String id, Turn turn) {
        Container picture = shown.get(id);
        if (picture == null) {
            said.remove(id);
            speech.publish(source, new Fact.ContainerGone(id), null, turn);
        } else if ((open && observed.add(id)) || !picture.equals(said.get(id))) {
            said.put(id, picture);
            speech.publish(source, new Fact.ContainerObserved(picture), null, turn);
        }
        saidUpTo = speech.seq();
    }

    void acknowledged(long seq) {
        if (swept && toSay.isEmpty() && seq >= saidUpTo) {
            removed.clear();
        }
    }
}
