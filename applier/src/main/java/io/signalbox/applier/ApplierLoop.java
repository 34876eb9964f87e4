package io.signalbox.applier;

import io.signalbox.applier.core.ConfigReading;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Version;
import io.signalbox.process.ProcessRuntime.Stop;
import io.signalbox.process.Readiness;
import io.signalbox.schemas.ConfigRecord.Manifest;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps HAProxy what the group's topic says. The thread in {@link #run} owns all state of the
 * applier; others only {@link #offer} inputs. One pass: take all inputs, act on the newest manifest
 * that is complete, then do what is due by time.
 */
final class ApplierLoop {
    private static final Logger log = LoggerFactory.getLogger(ApplierLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
    private static final Duration WITHOUT_WORKER = Duration.ofMillis(20);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Mailbox mailbox;
    private final ConfigReading reading = new ConfigReading();
    private final Parts parts;
    private final InstantSource clock;
    private final String adoptTopic;
    private boolean otherTopic;
    private Instant nextBeat = Instant.EPOCH;

    /** What the loop works with. */
    record Parts(
            Reporter.Identity identity,
            Desired desired,
            Worker worker,
            Supervision supervision,
            Convergence convergence,
            Reporter reporter,
            Reports reports,
            ConfigLog configLog,
            Readiness.Condition loaded) {}

    /**
     * @param adoptTopic the id of a topic that replaces the one known so far; empty for none
     */
    ApplierLoop(Mailbox mailbox, Parts parts, String adoptTopic, InstantSource clock) {
        this.mailbox = mailbox;
        this.parts = parts;
        this.adoptTopic = adoptTopic;
        this.clock = clock;
    }

    /** Hands an input to the loop; waits while too many are waiting. Safe for all threads. */
    void offer(Input input) {
        mailbox.offer(input);
    }

    /** Runs until asked to stop. */
    void run(Stop stop) throws InterruptedException {
        parts.supervision().begin(clock.instant());
        try {
            while (!stop.requested()) {
                pass();
            }
        } finally {
            parts.convergence().flush();
        }
    }

    private void pass() throws InterruptedException {
        Input input = mailbox.take(patience().toMillis());
        Instant now = clock.instant();
        for (; input != null; input = mailbox.take(0)) {
            take(input);
        }
        act(now);
    }

    private Duration patience() {
        if (!parts.worker().known()) {
            return parts.desired().known() ? WITHOUT_WORKER : LONGEST_WAIT;
        }
        Instant now = clock.instant();
        Duration until = Duration.between(now, parts.convergence().due(now));
        if (until.isNegative()) {
            return Duration.ZERO;
        }
        return until.compareTo(LONGEST_WAIT) < 0 ? until : LONGEST_WAIT;
    }

    private void take(Input input) {
        switch (input) {
            case Input.Begun(String topicId) -> begin(topicId);
            case Input.Batch batch -> batch.entries().forEach(entry -> read(entry, batch));
            case Input.ReachedEnd() -> reading.reachedEnd();
            case Input.Answered(var run, String service) ->
                    parts.convergence().answered(run, service);
        }
    }

    private void begin(String topicId) {
        String known = parts.convergence().topicId();
        otherTopic = !known.isEmpty() && !topicId.equals(known) && !topicId.equals(adoptTopic);
        if (otherTopic) {
            String line =
                    "the group's topic was created again: its id was %s and is %s; nothing is"
                                    .formatted(known, topicId)
                            + " applied until the applier is started with --adopt-topic "
                            + topicId;
            parts.loaded().fails(line);
            log.atError().log(line);
        } else {
            if (!topicId.equals(known)) {
                parts.convergence().newTopic(topicId);
            }
            reading.begin();
        }
    }

    private void read(Input.Entry entry, Input.Batch batch) {
        if (!otherTopic) {
            reading.read(
                    entry.offset(),
                    entry.key(),
                    entry.value(),
                    entry.appendedAt(),
                    batch.receivedAt());
        }
    }

    private void act(Instant now) throws InterruptedException {
        reading.take(parts.convergence().target()).ifPresent(parts.convergence()::accept);
        Convergence convergence = parts.convergence();
        if (parts.worker().known()) {
            convergence.byCommands(now);
        }
        if (parts.worker().known()) {
            convergence.byReload(now);
        }
        parts.supervision().look(clock.instant());
        remedy(now);
        if (parts.reporter().fullyLoaded() && !otherTopic) {
            parts.loaded().holds();
        }
        if (!now.isBefore(nextBeat)) {
            nextBeat = now.plus(BEAT);
            beat();
        }
    }

    private void remedy(Instant now) {
        switch (reading.remedy(now)) {
            case NONE -> {}
            case READ_AGAIN -> parts.configLog().readAgain();
            case SAY_INCOMPLETE -> {
                Manifest manifest = reading.unmatched();
                if (manifest != null) {
                    parts.reporter().incomplete(manifest, parts.convergence().standing());
                }
            }
        }
    }

    private void beat() {
        Version version = parts.convergence().inForce();
        parts.reports()
                .beat(
                        new ApplierBeat(
                                parts.identity().group(),
                                parts.identity().applier(),
                                parts.identity().reach().host(),
                                version.epoch(),
                                version.generation()));
    }
}
