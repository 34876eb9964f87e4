package io.signalbox.watcher.core;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.Liveness;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to speak for the host: each has a producer of its own, opens one session, numbers
 * its facts, and ends for good when an acknowledgement fails or stays away. Owned by {@link
 * WatcherCore}.
 */
final class Speech {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int UNHURRIED_FACTS = 1_000;

    private final String host;
    private final WatcherLimits limits;
    private final Backlog backlog = new Backlog();
    private long attempt;
    private long session = Event.NO_SESSION;
    private long seq;
    private boolean opening;
    private @Nullable Instant openAgainAt;
    private Duration wait = Duration.ofSeconds(1);
    private Instant nextBeat = Instant.MAX;
    private Instant heardAt = Instant.MIN;
    private boolean beatUnderWay;

    Speech(String host, WatcherLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    /** Ends the session, if there is one, with all that was not acknowledged. */
    void end(Turn turn) {
        if (opening || session != Event.NO_SESSION) {
            turn.add(new Output.CloseSession(attempt));
        }
        opening = false;
        openAgainAt = null;
        session = Event.NO_SESSION;
        seq = 0;
        backlog.clear();
        beatUnderWay = false;
        nextBeat = Instant.MAX;
    }

    /** Opens a session, unless that is under way or waits for its time. */
    void open(HostIdentity identity, Turn turn) {
        if (!opening && openAgainAt == null) {
            attempt++;
            opening = true;
            turn.add(new Output.OpenSession(attempt, new Fact.SessionOpened(identity)));
        }
    }

    /** The attempt to open failed: the next one waits, longer each time. */
    void openingFailed(Turn turn) {
        end(turn);
        openAgainAt = turn.now().plus(wait);
        wait =
                wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0
                        ? LONGEST_WAIT
                        : wait.multipliedBy(2);
    }

    /** Whether the wait for the next attempt is over. */
    boolean mayOpenAgain(Instant now) {
        if (openAgainAt == null || now.isBefore(openAgainAt)) {
            return false;
        }
        openAgainAt = null;
        return true;
    }

    void opened(long offset, Turn turn) {
        opening = false;
        session = offset;
        wait = Duration.ofSeconds(1);
        heardAt = turn.now();
        nextBeat = turn.now();
    }

    /** Says a fact of the engine. */
    void publish(Fact.Watched fact, @Nullable Instant dockerTime, Turn turn) {
        publish(Event.DOCKER, fact, dockerTime, turn);
    }

    /** Says a fact of this source. */
    void publish(String source, Fact.Watched fact, @Nullable Instant dockerTime, Turn turn) {
        if (session == Event.NO_SESSION || overflowing()) {
            return;
        }
        seq++;
        backlog.add(seq, fact);
        turn.add(new Output.Publish(attempt, session, seq, source, dockerTime, fact));
    }

    /** Sends a beat when it is time, one at a time. */
    void beat(Turn turn) {
        if (session == Event.NO_SESSION || turn.now().isBefore(nextBeat)) {
            return;
        }
        nextBeat = turn.now().plus(limits.beatEvery());
        if (!beatUnderWay) {
            beatUnderWay = true;
            turn.add(new Output.Beat(attempt, new Liveness.HostBeat(host, session)));
        }
    }

    void beatEnded(boolean acknowledged, Instant now) {
        beatUnderWay = false;
        heardAt = acknowledged ? now : heardAt;
    }

    void acknowledged(long upTo) {
        backlog.acknowledge(upTo);
    }

    /** Whether more waits for acknowledgement than may. */
    boolean overflowing() {
        return backlog.facts() > limits.backlogFacts() || backlog.bytes() > limits.backlogBytes();
    }

    /** Whether there is room for facts that may as well be said a little later. */
    boolean hasRoom() {
        return backlog.facts() < Math.min(UNHURRIED_FACTS, limits.backlogFacts())
                && backlog.bytes() < limits.backlogBytes() / 2;
    }

    /** Whether no beat was acknowledged for too long. */
    boolean unheard(Instant now) {
        return session != Event.NO_SESSION && !now.isBefore(heardAt.plus(limits.sessionPatience()));
    }

    /** Starts the patience with beats anew. */
    void excuse(Instant now) {
        heardAt = now;
    }

    Instant next() {
        Instant next = nextBeat;
        if (session != Event.NO_SESSION) {
            next = earlier(next, heardAt.plus(limits.sessionPatience()));
        }
        return openAgainAt == null ? next : earlier(next, openAgainAt);
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    boolean is(long someAttempt) {
        return attempt == someAttempt && (opening || session != Event.NO_SESSION);
    }

    boolean opening() {
        return opening;
    }

    long session() {
        return session;
    }

    /** Whether this session has said anything. */
    boolean begun() {
        return seq > 0;
    }

    long seq() {
        return seq;
    }

    Backlog backlog() {
        return backlog;
    }
}
