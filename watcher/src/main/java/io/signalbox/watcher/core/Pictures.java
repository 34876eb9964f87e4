package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the engine's containers, and what of it was said in this session. Owned by
 * {@link WatcherCore}.
 *
 * <p>Each event leads to an inspection, at most one at a time for a container; an event that comes
 * meanwhile leads to another one afterwards. A snapshot inspects everything and says it in any
 * case; live events are served meanwhile, and a container counts for it when it is first said. The
 * periodic comparison inspects everything one by one; a difference that no event explains within a
 * moment is drift.
 */
final class Pictures {
    private static final String SOURCE = Event.DOCKER;

    private static final int MOST_LIST_FAILURES = 3;
    private static final String UNEXPLAINED = "without an event: ";

    private final WatcherLimits limits;
    private final Speech speech;
    private final Stops stops;
    private final Reconciliation reconciliation;
    private final Map<String, Inspection.Found> seen = new HashMap<>();
    private final Map<String, Container> said = new HashMap<>();
    private final Map<String, Asked> asked = new HashMap<>();
    private final Map<String, Doubt> doubts = new LinkedHashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private @Nullable Snapshot snapshot;
    private @Nullable Instant listAgainAt;
    private long listCall;
    private int listFailures;
    private long saidAllAt = Long.MAX_VALUE;

    Pictures(WatcherLimits limits, Speech speech, Reconciliation reconciliation) {
        this.limits = limits;
        this.speech = speech;
        this.reconciliation = reconciliation;
        this.stops = new Stops(limits, speech);
    }

    // ---------------------------------------------------------------- snapshot

    /** Forgets what was said; the next snapshot says it again. */
    void silence() {
        said.clear();
        doubts.clear();
        snapshot = null;
        listAgainAt = null;
        listCall++;
        listFailures = 0;
        saidAllAt = Long.MAX_VALUE;
        reconciliation.stop();
    }

    boolean inSnapshot() {
        return snapshot != null;
    }

    /** Begins a snapshot; it goes on with {@link #list} when the event stream is open. */
    void beginSnapshot(HostIdentity identity, Turn turn) {
        silence();
        snapshot = new Snapshot();
        speech.publish(new Fact.SnapshotBegan(SOURCE, identity), null, turn);
    }

    void list(Turn turn) {
        listAgainAt = null;
        listCall++;
        turn.add(new Output.ListContainers(listCall));
    }

    void listed(long call, List<String> containers, Turn turn) {
        if (call != listCall) {
            return;
        }
        listFailures = 0;
        if (snapshot != null) {
            snapshot.expect(containers);
            proceed(turn);
        } else if (reconciliation.listing()) {
            Set<String> all = new TreeSet<>(containers);
            all.addAll(said.keySet());
            reconciliation.listed(all);
            reconcileNext(turn);
        }
    }

    void listFailed(long call, Turn turn) {
        if (call != listCall) {
            return;
        }
        listFailures++;
        listAgainAt = turn.now().plus(limits.retryAfter());
    }

    /** Whether the engine has not answered for so long that the event stream is in doubt too. */
    boolean deaf() {
        return listFailures >= MOST_LIST_FAILURES;
    }

    private void proceed(Turn turn) {
        Snapshot open = snapshot;
        if (open == null || !open.listed) {
            return;
        }
        while (open.underWay.size() < limits.parallelInspections()
                && speech.hasRoom()
                && !open.toAsk.isEmpty()) {
            String container = open.toAsk.remove();
            if (open.missing.contains(container) && !asked.containsKey(container)) {
                open.underWay.add(container);
                ask(container, Asked.Why.SNAPSHOT, null, turn);
            }
        }
        if (open.missing.isEmpty()) {
            endSnapshot(open, turn);
        }
    }

    private void endSnapshot(Snapshot open, Turn turn) {
        snapshot = null;
        speech.publish(new Fact.SnapshotEnded(SOURCE, open.observed.size()), null, turn);
        saidAllAt = speech.seq();
        turn.report(Output.Matter.SNAPSHOT_ENDED, open.observed.size() + " containers");
        seen.keySet().retainAll(said.keySet());
        stops.keep(said.keySet());
        unreadable.retainAll(open.listedOnes);
        reconciliation.ended(turn.now());
        stops.sayAgain(seen, turn);
    }

    // ---------------------------------------------------------------- events

    void hinted(Input.Hinted hint, Turn turn) {
        Inspection.Found picture = seen.get(hint.container());
        boolean asleep = picture == null || !picture.alive();
        if (asleep && hint.action().startsWith("network ")) {
            // The engine attaches networks while it holds the container; its start comes soon.
            doubt(hint.container(), false, turn);
        } else {
            ask(hint.container(), Asked.Why.EVENT, hint.at(), turn);
        }
    }

    void killed(Input.Killed kill, boolean active, Turn turn) {
        if (stops.killed(kill, seen.get(kill.container()), turn) && active) {
            ask(kill.container(), Asked.Why.EVENT, kill.at(), turn);
        }
    }

    /** The registry knows these runs as stopping. */
    void adopt(List<StoppingRun> runs, Turn turn) {
        stops.adopt(runs, seen, turn);
    }

    // ---------------------------------------------------------------- inspections

    private void ask(String container, Asked.Why why, @Nullable Instant cause, Turn turn) {
        Asked before = asked.get(container);
        if (before == null) {
            asked.put(container, new Asked(why, cause, false, null));
            turn.add(new Output.Inspect(container));
        } else if (why == Asked.Why.EVENT) {
            asked.put(container, new Asked(before.why(), before.cause(), true, cause));
        }
    }

    /** An answer came; it is said if this watcher speaks for the host. */
    void inspected(String container, Inspection inspection, boolean active, Turn turn) {
        Asked question = asked.remove(container);
        if (question == null) {
            return;
        }
        if (question.stale()) {
            asked.put(container, new Asked(Asked.Why.EVENT, question.again(), false, null));
            turn.add(new Output.Inspect(container));
        }
        switch (inspection) {
            case Inspection.Found found -> seen.put(container, found);
            case Inspection.Missing() -> seen.remove(container);
            case Inspection.Unreadable(String reason) -> unreadable(container, reason, turn);
            case Inspection.Failed(String reason) -> failed(container, reason, turn);
        }
        if (active) {
            say(container, inspection, question, turn);
        }
        stops.inspected(container, inspection, !question.stale(), turn);
        if (active) {
            stops.settle(container, inspection, turn);
        }
        if (snapshot != null) {
            snapshot.underWay.remove(container);
            proceed(turn);
        }
        if (reconciliation.answered(container)) {
            reconcileNext(turn);
        }
    }

    private void unreadable(String container, String reason, Turn turn) {
        if (unreadable.add(container)) {
            turn.report(Output.Matter.INSPECTION_FAILED, container + ": " + reason);
        }
    }

    private void failed(String container, String reason, Turn turn) {
        if (!doubts.containsKey(container)) {
            turn.report(Output.Matter.INSPECTION_FAILED, container + ": " + reason);
        }
    }

    private void say(String container, Inspection inspection, Asked question, Turn turn) {
        switch (inspection) {
            case Inspection.Found(Container picture, _) -> observed(picture, question, turn);
            case Inspection.Missing() -> gone(container, question, turn);
            case Inspection.Unreadable _ -> leftOut(container);
            case Inspection.Failed _ -> {
                doubt(container, question.why() == Asked.Why.DOUBT, turn);
                lastKnown(container, question, turn);
            }
        }
    }

    private void leftOut(String container) {
        doubts.remove(container);
        if (snapshot != null) {
            snapshot.missing.remove(container);
        }
    }

    /** A container that the engine has no answer about must not hold a snapshot up for ever. */
    private void lastKnown(String container, Asked question, Turn turn) {
        Inspection.Found known = seen.get(container);
        if (snapshot != null && known != null && snapshot.failed(container)) {
            observed(known.container(), question, turn);
        }
    }

    private void observed(Container picture, Asked question, Turn turn) {
        String id = picture.id();
        boolean first = snapshot != null && snapshot.observe(id);
        Container before = said.get(id);
        if (!first && picture.equals(before)) {
            doubts.remove(id);
        } else if (question.why() == Asked.Why.RECONCILIATION) {
            doubt(id, true, turn);
        } else {
            if (question.why() == Asked.Why.DOUBT) {
                drift(id, Difference.between(before, picture), turn);
            }
            doubts.remove(id);
            said.put(id, picture);
            speech.publish(
                    new Fact.ContainerObserved(picture), question.cause(before, picture), turn);
        }
    }

    private void gone(String container, Asked question, Turn turn) {
        if (snapshot != null) {
            snapshot.missing.remove(container);
        }
        if (!said.containsKey(container)) {
            doubts.remove(container);
        } else if (question.why() == Asked.Why.RECONCILIATION) {
            doubt(container, true, turn);
        } else {
            if (question.why() == Asked.Why.DOUBT) {
                drift(container, "gone", turn);
            }
            doubts.remove(container);
            said.remove(container);
            stops.gone(container);
            speech.publish(new Fact.ContainerGone(container), question.cause(), turn);
        }
    }

    private void drift(String container, String difference, Turn turn) {
        speech.publish(new Fact.Drift(container, UNEXPLAINED + difference), null, turn);
        turn.report(Output.Matter.DRIFT, container + " " + UNEXPLAINED + difference);
    }

    private void doubt(String container, boolean drift, Turn turn) {
        doubts.putIfAbsent(container, new Doubt(turn.now().plus(limits.doubtFor()), drift));
    }

    // ---------------------------------------------------------------- time

    /** What is due now; only while this watcher speaks and hears the engine. */
    void onTime(Turn turn) {
        if (listAgainAt != null && !turn.now().isBefore(listAgainAt)) {
            list(turn);
        }
        List<String> lookAt = new ArrayList<>();
        doubts.replaceAll(
                (container, doubt) -> {
                    if (turn.now().isBefore(doubt.due())) {
                        return doubt;
                    }
                    lookAt.add(container);
                    return new Doubt(turn.now().plus(limits.retryAfter()), doubt.drift());
                });
        for (String container : lookAt) {
            Doubt doubt = doubts.get(container);
            boolean drift = doubt != null && doubt.drift();
            ask(container, drift ? Asked.Why.DOUBT : Asked.Why.SNAPSHOT, null, turn);
        }
        for (String container : stops.due(turn.now())) {
            ask(container, Asked.Why.SNAPSHOT, null, turn);
        }
        if (snapshot == null && reconciliation.due(turn.now())) {
            reconciliation.begin();
            list(turn);
        }
    }

    /** An acknowledgement made room for more of a snapshot. */
    void roomMade(Turn turn) {
        proceed(turn);
    }

    private void reconcileNext(Turn turn) {
        String next = reconciliation.next();
        while (next != null && asked.containsKey(next)) {
            next = reconciliation.next();
        }
        if (next == null) {
            reconciliation.ended(turn.now());
        } else {
            ask(next, Asked.Why.RECONCILIATION, null, turn);
        }
    }

    Instant next() {
        Instant next = Speech.earlier(stops.next(), reconciliation.dueAt());
        for (Doubt doubt : doubts.values()) {
            next = Speech.earlier(next, doubt.due());
        }
        return listAgainAt == null ? next : Speech.earlier(next, listAgainAt);
    }

    /** Where in the session everything was said for the first time since it was silent. */
    long saidAllAt() {
        return saidAllAt;
    }

    int containers() {
        return said.size();
    }

    /** A difference that may yet be explained by an event, or a failed inspection. */
    private record Doubt(Instant due, boolean drift) {}
}
