package io.signalbox.watcher;

import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.Output;
import io.signalbox.watcher.core.WatcherCore;
import io.signalbox.watcher.core.WatcherStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the core, on the one thread that runs {@link #run}: takes inputs out of the inbox and
 * carries out what the core wants, in order.
 */
final class WatcherLoop {
    private static final Logger log = LoggerFactory.getLogger(WatcherLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String host;
    private final WatcherCore core;
    private final Inbox inbox;
    private final Source source;
    private final FactLog facts;
    private final WatcherMetrics metrics;
    private final Readiness.Condition ready;
    private final InstantSource clock;
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private volatile WatcherStatus status;

    WatcherLoop(
            String host,
            WatcherCore core,
            Inbox inbox,
            Source source,
            FactLog facts,
            WatcherMetrics metrics,
            Readiness.Condition ready,
            InstantSource clock) {
        this.host = host;
        this.core = core;
        this.inbox = inbox;
        this.source = source;
        this.facts = facts;
        this.metrics = metrics;
        this.ready = ready;
        this.clock = clock;
        this.status = core.status();
    }

    /** Runs until the end is requested or the thread interrupted. */
    void run(ProcessRuntime.Stop stop) throws InterruptedException {
        carryOut(core.start(now()));
        while (!stop.requested()) {
            Input input = inbox.poll(untilNext());
            carryOut(input == null ? core.onTime(now()) : core.handle(input, now()));
            publishStatus();
        }
    }

    /** What the watcher tells of itself; for all threads. */
    WatcherStatus status() {
        return status;
    }

    /** A clock that never steps, for timers. */
    private Instant now() {
        return begun.plusNanos(System.nanoTime() - begunNanos);
    }

    private Duration untilNext() {
        Instant next = core.next();
        Instant now = now();
        Instant latest = now.plus(LONGEST_WAIT);
        return Duration.between(now, next.isBefore(latest) ? next : latest);
    }

    private void publishStatus() {
        WatcherStatus before = status;
        WatcherStatus after = core.status();
        status = after;
        if (after.ready() && (!before.ready() || ready.cause().isPresent())) {
            ready.holds();
        } else if (!after.ready() && !after.because().equals(before.because())) {
            ready.fails(after.because().isEmpty() ? "first snapshot under way" : after.because());
        }
    }

    private void carryOut(List<Output> outputs) {
        for (Output output : outputs) {
            carryOut(output);
        }
    }

    private void carryOut(Output output) {
        switch (output) {
            case Output.OpenStream(long stream) -> source.openStream(stream);
            case Output.CloseStream(long stream) -> source.closeStream(stream);
            case Output.Inspect(String container) -> source.inspect(container);
            case Output.ListContainers(long call) -> source.list(call);
            case Output.OpenSession(long attempt, Fact.SessionOpened opened) ->
                    facts.open(attempt, event(Event.NO_SESSION, 0, Event.DOCKER, null, opened));
            case Output.CloseSession(long attempt) -> facts.close(attempt);
            case Output.Publish publish -> publish(publish);
            case Output.Beat(long attempt, var beat) -> facts.beat(attempt, beat);
            case Output.Report(Output.Matter matter, String detail) -> report(matter, detail);
        }
    }

    private void publish(Output.Publish publish) {
        Event event =
                event(
                        publish.session(),
                        publish.seq(),
                        publish.source(),
                        publish.dockerTime(),
                        publish.fact());
        facts.publish(publish.attempt(), event);
        metrics.published(publish.fact(), publish.dockerTime(), event.observedAt());
    }

    private Event event(
            long session, long seq, String source, @Nullable Instant dockerTime, Fact fact) {
        return new Event(host, session, seq, clock.instant(), dockerTime, source, fact);
    }

    private void report(Output.Matter matter, String detail) {
        metrics.matter(matter);
        switch (matter) {
            case SESSION_OPENED ->
                    log.atInfo().addKeyValue("session", detail).log("session opened");
            case SESSION_ENDED -> log.atWarn().addKeyValue("reason", detail).log("session ended");
            case SNAPSHOT_ENDED -> log.atInfo().addKeyValue("said", detail).log("snapshot ended");
            case STANDBY -> log.atWarn().addKeyValue("reason", detail).log("standing by");
            case ACTIVE_AGAIN -> log.atInfo().addKeyValue("as", detail).log("active again");
            case GAP -> log.atWarn().addKeyValue("reason", detail).log("gap in what is heard");
            case DRIFT -> log.atWarn().addKeyValue("container", detail).log("drift repaired");
            case INSPECTION_FAILED ->
                    log.atWarn().addKeyValue("container", detail).log("inspection failed");
        }
    }
}
