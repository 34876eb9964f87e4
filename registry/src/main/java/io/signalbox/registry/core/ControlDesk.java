package io.signalbox.registry.core;

import io.signalbox.schemas.WatcherControl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the watchers of one partition's hosts are told, and when: the whole record whenever it
 * differs from what was said; once to each session that beats without being the current one; at
 * every beat of a session that is wanted to resync; and for every host after a take-over. One
 * thread.
 */
public final class ControlDesk {
    private final Map<String, WatcherControl> said = new HashMap<>();
    private final Map<String, Set<Long>> told = new HashMap<>();

    /** What is said after a take-over: the record of every host that has a session. */
    public List<WatcherControl> takeOver(PartitionState state) {
        said.clear();
        told.clear();
        List<WatcherControl> all =
                state.hostIds().stream().flatMap(host -> state.control(host).stream()).toList();
        all.forEach(control -> said.put(control.host(), control));
        return all;
    }

    /** What is said after a fact that concerns the host's watchers. */
    public Optional<WatcherControl> onSignal(PartitionState state, Signal.ForWatchers signal) {
        return state.control(signal.host()).filter(this::differs).map(this::say);
    }

    /** What is said after a beat of one of the host's watchers. */
    public Optional<WatcherControl> onBeat(PartitionState state, String host, long session) {
        return state.control(host)
                .filter(
                        control ->
                                session == control.resyncSession()
                                        || (session != control.currentSession()
                                                && untold(host, session)))
                .map(this::say);
    }

    private boolean untold(String host, long session) {
        return told.computeIfAbsent(host, _ -> new HashSet<>()).add(session);
    }

    /** Which runs are stopping matters to a session that becomes current, not in between. */
    private boolean differs(WatcherControl control) {
        WatcherControl before = said.get(control.host());
        return before == null
                || before.currentSession() != control.currentSession()
                || before.refusedSession() != control.refusedSession()
                || before.resyncSession() != control.resyncSession()
                || before.suspected() != control.suspected();
    }

    private WatcherControl say(WatcherControl control) {
        said.put(control.host(), control);
        return control;
    }
}
