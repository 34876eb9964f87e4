package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a registry makes of one host's facts, as the protocol says it; and what it answers. */
public final class HostFold {
    public static final String HOST = "h";

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<Long, Integer> quietSeconds = new TreeMap<>();
    private long session = Event.NO_SESSION;
    private long seq;
    private long resync = Event.NO_SESSION;
    private boolean suspected;
    private @Nullable Seen seen;

    /** A container as the log says it is. */
    public record Entry(String source, Container container, boolean stopping) {}

    /** What the open snapshot of one source has shown. */
    private record Seen(String source, Set<String> ids) {
        Seen(Fact.SnapshotBegan began) {
            this(began.snapshotSource(), new TreeSet<>());
        }
    }

    /** The host's current session. */
    public long session() {
        return session;
    }

    /** Takes a fact in; answers whether the watchers are to hear something. */
    public boolean take(long offset, Event event) {
        if (!(event.fact() instanceof Fact.Watched fact) || event.session() < session) {
            return false;
        }
        if (fact instanceof Fact.SessionOpened) {
            return false;
        }
        if (event.session() > session) {
            return fact instanceof Fact.SnapshotBegan began && become(event, began);
        }
        if (event.seq() <= seq) {
            return false;
        }
        if (event.seq() > seq + 1) {
            resync = session;
            return true;
        }
        seq = event.seq();
        return apply(event.source(), fact);
    }

    private boolean become(Event event, Fact.SnapshotBegan began) {
        session = event.session();
        seq = event.seq();
        resync = Event.NO_SESSION;
        suspected = false;
        seen = new Seen(began);
        quietSeconds.put(session, 0);
        return true;
    }

    private boolean apply(String source, Fact.Watched fact) {
        switch (fact) {
            case Fact.SnapshotBegan began -> seen = new Seen(began);
            case Fact.SnapshotEnded ended -> {
                Seen shown = seen;
                seen = null;
                if (shown == null) {
                    return false;
                }
                if (shown.ids().size() != ended.count()
                        || !shown.source().equals(ended.snapshotSource())) {
                    resync = session;
                    return true;
                }
                entries.entrySet()
                        .removeIf(
                                entry ->
                                        entry.getValue().source().equals(shown.source())
                                                && !shown.ids().contains(entry.getKey()));
            }
            case Fact.ContainerObserved(Container container) -> observed(source, container);
            case Fact.ContainerGone(String id) -> entries.remove(id);
            case Fact.ContainerStopping stopping ->
                    stop(stopping.containerId(), stopping.startedAt(), true);
            case Fact.ContainerStayed stayed ->
                    stop(stayed.containerId(), stayed.startedAt(), false);
            case Fact.SessionOpened _, Fact.Gap _, Fact.Drift _, Fact.Unknown _ -> {}
        }
        return false;
    }

    private void observed(String source, Container container) {
        if (seen != null && seen.source().equals(source)) {
            seen.ids().add(container.id());
        }
        Entry before = entries.get(container.id());
        boolean stopping =
                before != null
                        && before.stopping()
                        && Objects.equals(before.container().startedAt(), container.startedAt());
        entries.put(container.id(), new Entry(source, container, stopping));
    }

    private void stop(String id, Object run, boolean stopping) {
        Entry entry = entries.get(id);
        if (entry != null && run.equals(entry.container().startedAt())) {
            entries.put(id, new Entry(entry.source(), entry.container(), stopping));
        }
    }

    void beat(long of) {
        quietSeconds.put(of, 0);
    }

    /** A second passed; answers whether the watchers are to hear of suspicion. */
    boolean tick() {
        int quiet = quietSeconds.merge(session, 1, Integer::sum);
        boolean before = suspected;
        suspected = session != Event.NO_SESSION && quiet > 5;
        return suspected != before;
    }

    WatcherControl control() {
        List<StoppingRun> stopping = new ArrayList<>();
        entries.forEach(
                (id, entry) -> {
                    if (entry.stopping() && entry.container().startedAt() != null) {
                        stopping.add(new StoppingRun(id, entry.container().startedAt()));
                    }
                });
        return new WatcherControl(HOST, session, Event.NO_SESSION, "", resync, suspected, stopping);
    }

    /** The containers that the log says exist. */
    public Map<String, Entry> entries() {
        return entries;
    }
}
