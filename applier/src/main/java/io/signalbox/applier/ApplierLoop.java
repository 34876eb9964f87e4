package io.signalbox.applier;

import io.signalbox.applier.core.ApplierCore;
import io.signalbox.applier.core.plan.Version;
import io.signalbox.process.ProcessRuntime.Stop;
import io.signalbox.schemas.Liveness.ApplierBeat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps HAProxy what the group's topic says. The thread in {@link #run} owns all state of the
 * applier; others only {@link #offer} inputs. One pass: take all inputs, then do what is due.
 */
final class ApplierLoop {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Mailbox mailbox;
    private final ApplierCore core;
    private final Reporter.Identity identity;
    private final Reports reports;
    private final ConfigLog configLog;
    private final InstantSource clock;
    private Instant nextBeat = Instant.EPOCH;
    private volatile Version inForce = Version.NONE;

    ApplierLoop(
            Mailbox mailbox,
            ApplierCore core,
            Reporter.Identity identity,
            Reports reports,
            ConfigLog configLog,
            InstantSource clock) {
        this.mailbox = mailbox;
        this.core = core;
        this.identity = identity;
        this.reports = reports;
        this.configLog = configLog;
        this.clock = clock;
    }

    /** Hands an input to the loop; waits while too many are waiting. Safe for all threads. */
    void offer(Input input) {
        mailbox.offer(input);
    }

    /** The version that HAProxy had at the last beat. Safe for all threads. */
    Version inForce() {
        return inForce;
    }

    /** Runs until asked to stop. */
    void run(Stop stop) throws InterruptedException {
        core.begin(clock.instant());
        try {
            while (!stop.requested()) {
                pass();
            }
        } finally {
            end();
        }
    }

    /** An interrupted thread would not come to write. */
    private void end() {
        boolean interrupted = Thread.interrupted();
        core.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass() throws InterruptedException {
        Input input = mailbox.take(patience().toMillis());
        Instant now = clock.instant();
        for (; input != null; input = mailbox.take(0)) {
            take(input);
        }
        if (core.act(now)) {
            configLog.readAgain();
        }
        if (!now.isBefore(nextBeat)) {
            nextBeat = now.plus(BEAT);
            beat();
        }
    }

    private Duration patience() {
        Instant now = clock.instant();
        Instant due = core.due(now);
        if (due.isAfter(now.plus(LONGEST_WAIT))) {
            return LONGEST_WAIT;
        }
        Duration until = Duration.between(now, due);
        return until.isNegative() ? Duration.ZERO : until;
    }

    private void take(Input input) {
        switch (input) {
            case Input.Begun(String topicId) -> core.reads(topicId);
            case Input.Batch batch ->
                    batch.entries()
                            .forEach(
                                    entry ->
                                            core.read(
                                                    entry.offset(),
                                                    entry.key(),
                                                    entry.value(),
                                                    entry.appendedAt(),
                                                    batch.receivedAt()));
            case Input.ReachedEnd() -> core.reachedEnd();
            case Input.Answered(var run, String service) -> core.answered(run, service);
            case Input.CertificatesWait(String why) -> core.certificatesWait(why);
            case Input.UsersWait(String list) -> core.usersWait(list);
            case Input.Noted() -> core.sayAgain();
        }
    }

    private void beat() {
        Version version = core.inForce();
        inForce = version;
        reports.beat(
                new ApplierBeat(
                        identity.group(),
                        identity.applier(),
                        identity.reach().host(),
                        version.epoch(),
                        version.generation()));
    }
}
