package io.signalbox.registry.core;

import io.signalbox.schemas.WatcherControl;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the watchers of one partition's hosts are told, and when: the whole record whenever it
 * differs from what was said; once to each session that beats without being the current one; at
 * every beat of a session that is wanted to resync; and for every host after a take-over. One
 * thread.
 */
public final class ControlDesk {
    /**
     * So many sessions of a host are known to have been told. One that is over beats no more, so it
     * is among those that beat longest ago, and these are forgotten first; were as many watchers
     * alive under one host id, each would merely be told again.
     */
    static final int MOST_TOLD = 16;

    private final Map<String, WatcherControl> said = new HashMap<>();

    /** The sessions that were told, of each host: that which beat longest ago first. */
    private final Map<String, LinkedHashSet<Long>> told = new HashMap<>();

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
        LinkedHashSet<Long> sessions = told.computeIfAbsent(host, _ -> new LinkedHashSet<>());
        boolean known = sessions.remove(session);
        sessions.addLast(session);
        if (sessions.size() > MOST_TOLD) {
            sessions.removeFirst();
        }
        return !known;
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
