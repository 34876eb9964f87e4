package io.signalbox.watcher.core;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watcher of one host as a state machine: inputs and time in, outputs out, nothing else.
 *
 * <pre>
 *            engine met              offset of SessionOpened
 *   NEW ─────────────────► OPENING ───────────────────────────► ACTIVE ──┐ send failed, no beat
 *                             ▲                                 │    ▲   │ acknowledged, backlog
 *                             ├─────────────────────────────────┼────┼───┘ full, resync wanted,
 *                             │                higher session   │    │     another engine
 *                             │ suspected      current, or      ▼    │ none of both any more
 *                             └──────────────── refused ────── STANDBY
 * </pre>
 *
 * <p>A session says {@code SnapshotBegan} at once, because that makes it the host's current one;
 * the list follows as soon as the event stream is open. The stream outlives sessions. Stop signals
 * are remembered in every mode but standby and said again after each snapshot. Other sources say
 * their snapshots before the engine, and what changes at any time.
 *
 * <p>Not safe for threads; {@code now} is a steady clock's and never goes back.
 */
public final class WatcherCore {
    private final Speech speech;
    private final Pictures pictures;
    private final SourceLists lists;
    private final WatcherLimits limits;
    private WatcherMode mode = WatcherMode.NEW;
    private long stream;
    private boolean hearing;
    private boolean snapshotDue;
    private @Nullable HostIdentity identity;
    private @Nullable WatcherControl control;
    private @Nullable String gap;
    private String because = "";
    private boolean refused;
    private boolean spoken;

    /**
     * A watcher of this host that has not begun.
     *
     * @param sources all sources beside the engine, those that have nothing to show included: what
     *     an earlier watcher said of them must go
     */
    public WatcherCore(String host, WatcherLimits limits, List<String> sources) {
        this.limits = limits;
        this.speech = new Speech(host, limits);
        this.pictures = new Pictures(limits, speech, new Reconciliation(host, limits));
        this.lists = new SourceLists(sources, speech);
    }

    /** Begins: the first thing is to hear the engine. */
    public List<Output> start(Instant now) {
        Turn turn = new Turn(now);
        openStream(turn);
        return turn.outputs();
    }

    /** Takes an input in. */
    public List<Output> handle(Input input, Instant now) {
        Turn turn = new Turn(now);
        take(input, turn);
        return finish(turn);
    }

    /** Does what is due; to be called at {@link #next()} at the latest. */
    public List<Output> onTime(Instant now) {
        return finish(new Turn(now));
    }

    /** When {@link #onTime} is wanted next; {@link Instant#MAX} for never. */
    public Instant next() {
        return listening() ? Speech.earlier(speech.next(), pictures.next()) : speech.next();
    }

    /** Where it stands. */
    public WatcherStatus status() {
        return new WatcherStatus(
                mode,
                speech.session(),
                hearing,
                spoken,
                mode == WatcherMode.STANDBY && refused,
                because,
                pictures.containers() + lists.said(),
                speech.backlog().facts(),
                speech.backlog().bytes());
    }

    private List<Output> finish(Turn turn) {
        saySources(turn);
        if (mode == WatcherMode.ACTIVE && speech.overflowing()) {
            Backlog backlog = speech.backlog();
            begin(
                    "backlog of %d facts, about %d bytes dropped"
                            .formatted(backlog.facts(), backlog.bytes()),
                    turn);
        }
        if (speech.unheard(turn.now())) {
            if (mode == WatcherMode.ACTIVE) {
                begin(
                        "no beat acknowledged for " + limits.sessionPatience().toSeconds() + " s",
                        turn);
            } else {
                speech.excuse(turn.now());
            }
        }
        if (identity != null && speech.mayOpenAgain(turn.now())) {
            speech.open(identity, turn);
        }
        speech.beat(turn);
        if (listening()) {
            pictures.onTime(turn);
        }
        return turn.outputs();
    }

    /** One snapshot is open at a time; those that need no engine come first. */
    private void saySources(Turn turn) {
        HostIdentity who = identity;
        if (mode != WatcherMode.ACTIVE || who == null) {
            return;
        }
        lists.proceed(who, pictures.inSnapshot(), turn);
        if (snapshotDue && !lists.inSnapshot()) {
            snapshotDue = false;
            snapshot(who, turn);
        }
    }

    private boolean listening() {
        return mode == WatcherMode.ACTIVE && hearing;
    }

    private void take(Input input, Turn turn) {
        switch (input) {
            case Input.FromEngine said -> takeFromEngine(said, turn);
            case Input.FromLog answered -> takeFromLog(answered, turn);
            case Input.Shown shown -> lists.shown(shown);
            case Input.Heard(WatcherControl said) -> {
                control = said;
                heard(said, turn);
            }
            case Input.Forgotten _ -> {
                control = null;
                forgotten(turn);
            }
        }
    }

    private void takeFromEngine(Input.FromEngine input, Turn turn) {
        boolean active = mode == WatcherMode.ACTIVE;
        switch (input) {
            case Input.StreamOpened(long number, HostIdentity met) -> {
                if (number == stream) {
                    streamOpened(met, turn);
                }
            }
            case Input.StreamLost(long number, String reason) -> {
                if (number == stream) {
                    streamLost(reason, turn);
                }
            }
            case Input.Hinted hint -> {
                if (hint.stream() == stream && active) {
                    pictures.hinted(hint, turn);
                }
            }
            case Input.Killed kill -> {
                if (kill.stream() == stream) {
                    pictures.killed(kill, active, turn);
                }
            }
            case Input.Inspected(String container, Inspection inspection) ->
                    pictures.inspected(container, inspection, active, turn);
            case Input.Listed(long call, List<String> containers) ->
                    pictures.listed(call, containers, turn);
            case Input.ListFailed(long call, String reason) -> listFailed(call, reason, turn);
        }
    }

    private void takeFromLog(Input.FromLog input, Turn turn) {
        switch (input) {
            case Input.SessionAcknowledged(long attempt, long offset) -> {
                if (speech.is(attempt) && speech.opening()) {
                    sessionOpened(offset, turn);
                }
            }
            case Input.FactAcknowledged(long attempt, long seq) -> {
                if (speech.is(attempt)) {
                    acknowledged(seq, turn);
                }
            }
            case Input.SendFailed(long attempt, String reason) -> {
                if (speech.is(attempt)) {
                    sendFailed(reason, turn);
                }
            }
            case Input.BeatAcknowledged(long attempt) -> {
                if (speech.is(attempt)) {
                    speech.beatEnded(true, turn.now());
                }
            }
            case Input.BeatFailed(long attempt) -> {
                if (speech.is(attempt)) {
                    speech.beatEnded(false, turn.now());
                }
            }
        }
    }

    // ---------------------------------------------------------------- the engine

    private void openStream(Turn turn) {
        stream++;
        hearing = false;
        turn.add(new Output.OpenStream(stream));
    }

    private void streamOpened(HostIdentity met, Turn turn) {
        HostIdentity before = identity;
        hearing = true;
        identity = met;
        switch (mode) {
            case NEW, OPENING -> {
                mode = WatcherMode.OPENING;
                speech.open(met, turn);
            }
            case ACTIVE -> {
                if (before != null && !before.engineId().equals(met.engineId())) {
                    begin("another engine", turn);
                } else if (pictures.inSnapshot()) {
                    pictures.list(turn);
                } else {
                    snapshotDue = true;
                }
            }
            case STANDBY -> {}
        }
    }

    private void listFailed(long call, String reason, Turn turn) {
        pictures.listFailed(call, turn);
        if (listening() && pictures.deaf()) {
            turn.add(new Output.CloseStream(stream));
            streamLost(reason, turn);
        }
    }

    private void streamLost(String reason, Turn turn) {
        turn.report(Output.Matter.GAP, reason);
        openStream(turn);
        if (mode == WatcherMode.ACTIVE) {
            speech.publish(new Fact.Gap(reason), null, turn);
            pictures.silence();
        }
    }

    private void snapshot(HostIdentity of, Turn turn) {
        pictures.beginSnapshot(of, turn);
        if (gap != null) {
            speech.publish(new Fact.Gap(gap), null, turn);
            gap = null;
        }
        if (hearing) {
            pictures.list(turn);
        }
    }

    // ---------------------------------------------------------------- the session

    /** Ends the session and opens a new one, which says everything again. */
    private void begin(String reason, Turn turn) {
        gap = reason;
        turn.report(Output.Matter.SESSION_ENDED, reason);
        speech.end(turn);
        silence();
        mode = WatcherMode.OPENING;
        because = reason;
        if (identity != null) {
            speech.open(identity, turn);
        }
    }

    private void sessionOpened(long offset, Turn turn) {
        speech.opened(offset, turn);
        turn.report(Output.Matter.SESSION_OPENED, Long.toString(offset));
        mode = WatcherMode.ACTIVE;
        because = "";
        WatcherControl said = control;
        if (said != null && said.currentSession() > offset && !said.suspected()) {
            standBy(said, turn);
        } else {
            snapshotDue = true;
        }
    }

    private void silence() {
        pictures.silence();
        lists.silence();
        snapshotDue = false;
    }

    private void sendFailed(String reason, Turn turn) {
        if (mode == WatcherMode.OPENING) {
            because = reason;
            speech.openingFailed(turn);
        } else if (mode == WatcherMode.ACTIVE) {
            begin(reason, turn);
        }
    }

    private void acknowledged(long seq, Turn turn) {
        speech.acknowledged(seq);
        lists.acknowledged(seq);
        if (mode != WatcherMode.ACTIVE) {
            return;
        }
        spoken |= seq >= pictures.saidAllAt();
        pictures.roomMade(turn);
    }

    // ---------------------------------------------------------------- the registry's word

    private void heard(WatcherControl said, Turn turn) {
        long session = speech.session();
        switch (mode) {
            case NEW, OPENING -> {}
            case ACTIVE -> {
                if (said.currentSession() > session) {
                    standBy(said, turn);
                } else if (said.resyncSession() == session) {
                    begin("resync wanted", turn);
                } else if (said.refuses(session)) {
                    standBy(said, turn);
                } else if (said.currentSession() == session) {
                    pictures.adopt(said.stopping(), turn);
                }
                if (mode == WatcherMode.STANDBY) {
                    heardOnStandby(said, turn);
                }
            }
            case STANDBY -> heardOnStandby(said, turn);
        }
    }

    /** Also the very record that made it stand by may say that the current session is suspected. */
    private void heardOnStandby(WatcherControl said, Turn turn) {
        long session = speech.session();
        if (said.suspected()) {
            openStream(turn);
            begin("the current session is suspected", turn);
        } else if (said.currentSession() <= session && !said.refuses(session)) {
            mode = WatcherMode.ACTIVE;
            because = "";
            turn.report(Output.Matter.ACTIVE_AGAIN, "session " + session);
            openStream(turn);
        }
    }

    /** Numbers of sessions of the old log say nothing in the new one: a new session is opened. */
    private void forgotten(Turn turn) {
        switch (mode) {
            case NEW, OPENING -> {}
            case ACTIVE -> begin("the log begins anew", turn);
            case STANDBY -> {
                openStream(turn);
                begin("the log begins anew", turn);
            }
        }
    }

    /** It stays refused where the engine that holds the host id opens a later session. */
    private void standBy(WatcherControl said, Turn turn) {
        mode = WatcherMode.STANDBY;
        refused = said.refuses(speech.session());
        because =
                refused
                        ? "refused: " + said.refusedReason()
                        : "session " + said.currentSession() + " speaks for this host";
        turn.report(Output.Matter.STANDBY, because);
        silence();
        turn.add(new Output.CloseStream(stream));
        stream++;
        hearing = false;
    }
}
