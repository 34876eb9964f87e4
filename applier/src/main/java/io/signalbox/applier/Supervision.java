package io.signalbox.applier;

import io.signalbox.applier.Deployment.Deployed;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.ReloadReason;
import io.signalbox.applier.core.ReloadReason.Kind;
import io.signalbox.process.Backoff;
import io.signalbox.process.Outage;
import io.signalbox.schemas.ApplyResult.How;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that HAProxy runs and that its worker is known: takes over one that still serves,
 * starts one from the disk before the log is read, starts it again when it dies, and notices when
 * somebody else reloads it. Owned by the loop.
 */
final class Supervision {
    private static final Logger log = LoggerFactory.getLogger(Supervision.class);
    private static final Duration LOOK_AT_PID = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration KNOCK_FIRST = Duration.ofMillis(300);

    private final Haproxy haproxy;
    private final boolean owned;
    private final Worker worker;
    private final Deployment deployment;
    private final Reloading reloading;
    private final Convergence convergence;
    private final Desired desired;
    private final Sweep sweep;
    private final Reporter reporter;
    private final Outage outage;
    private final Backoff backoff = Backoff.random();
    private Instant nextLook = Instant.EPOCH;
    private Instant nextStart = Instant.EPOCH;
    private @Nullable Instant knockingSince;
    private boolean served;

    /**
     * What is supervised.
     *
     * @param owned whether it is ours to start
     */
    record Watched(Haproxy haproxy, boolean owned, Worker worker) {}

    Supervision(
            Watched watched,
            Deployment deployment,
            Reloading reloading,
            Convergence convergence,
            Desired desired,
            Reporter reporter,
            Outage outage) {
        this.haproxy = watched.haproxy();
        this.owned = watched.owned();
        this.worker = watched.worker();
        this.deployment = deployment;
        this.reloading = reloading;
        this.convergence = convergence;
        this.desired = desired;
        this.sweep = new Sweep(worker);
        this.reporter = reporter;
        this.outage = outage;
    }

    /** Begins with what is on the disk and with an HAProxy that still serves. */
    void begin(Instant now) throws InterruptedException {
        try {
            Optional<Deployed> last = deployment.lastKnownGood();
            if (last.isPresent()) {
                convergence.begin(last.get().saved());
                reloading.isGood(last.get());
            }
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.toString())
                    .log("the last known good configuration cannot be read");
        }
        look(now);
    }

    /** Does what is due. */
    void look(Instant now) throws InterruptedException {
        if (now.isBefore(nextLook) && (worker.known() || !desired.known())) {
            sweep(now);
            return;
        }
        if (!haproxy.alive()) {
            dead(now);
        } else if (!worker.known()) {
            unknown(now);
        } else {
            nextLook = now.plus(LOOK_AT_PID);
            compare();
        }
    }

    private void sweep(Instant now) {
        if (!haproxy.alive()) {
            worker.forget();
            return;
        }
        try {
            Set<String> differing = sweep.look(now);
            if (!differing.isEmpty()) {
                reporter.drift(differing);
                convergence.lookAt(differing);
            }
        } catch (IOException e) {
            worker.forget();
        }
    }

    private void compare() {
        try {
            if (worker.answeringPid() != worker.pid()) {
                log.atWarn().log("another worker serves than the one that was started: read back");
                worker.forget();
            }
        } catch (IOException e) {
            worker.forget();
        }
    }

    private void dead(Instant now) throws InterruptedException {
        worker.forget();
        if (served) {
            outage.away("HAProxy has ended and is started again");
        }
        if (now.isBefore(nextStart) || !desired.known()) {
            return;
        }
        if (fromDisk() || fresh(now)) {
            up();
        } else {
            nextStart = now.plus(backoff.next());
        }
    }

    /** Starts from the newest configuration on the disk. */
    private boolean fromDisk() throws InterruptedException {
        try {
            Optional<Deployed> last = deployment.lastKnownGood();
            if (last.isEmpty()) {
                return false;
            }
            reloading.startFrom(last.get());
            convergence.lookAtEverything();
            return true;
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("HAProxy does not start from the configuration on the disk");
            haproxy.stop();
            return false;
        }
    }

    private boolean fresh(Instant now) throws InterruptedException {
        return knockedFirst(now)
                && convergence.bring(new ReloadReason(Kind.UNKNOWN, "start"), How.START, now);
    }

    /** Gives applications a moment to answer, so that the first configuration has them. */
    private boolean knockedFirst(Instant now) {
        Instant since = knockingSince;
        if (since == null) {
            knockingSince = now;
            convergence.knockAtAll();
            return false;
        }
        return convergence.allAnswered() || now.isAfter(since.plus(KNOCK_FIRST));
    }

    private void unknown(Instant now) throws InterruptedException {
        try {
            Optional<Deployed> last = deployment.lastKnownGood();
            if (last.isPresent() && worker.adopt(deployment, last.get().saved())) {
                log.atInfo()
                        .addKeyValue("worker", worker.pid())
                        .addKeyValue("version", worker.version())
                        .log("took over the HAProxy that serves");
                reloading.serves(worker.directory());
                convergence.tookOver();
                up();
                return;
            }
        } catch (IOException e) {
            if (owned || served) {
                outage.away("HAProxy does not answer on its command socket: " + e.getMessage());
                nextLook = now.plus(TRY_AGAIN);
                return;
            }
        }
        boolean due = desired.known() && !now.isBefore(nextStart);
        if (due && knockedFirst(now)) {
            if (convergence.bring(new ReloadReason(Kind.UNKNOWN, ""), How.RELOAD, now)) {
                up();
            } else {
                nextStart = now.plus(backoff.next());
            }
        }
    }

    private void up() {
        served = true;
        knockingSince = null;
        backoff.reset();
        outage.back();
        nextLook = Instant.EPOCH;
    }
}
