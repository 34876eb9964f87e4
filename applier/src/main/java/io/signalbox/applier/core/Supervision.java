package io.signalbox.applier.core;

import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.disk.Deployed;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.schemas.ApplyResult.How;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that HAProxy runs and that its worker is known: takes over one that still serves,
 * starts one from the disk before the log is read, starts it again when it dies (ever later where
 * it dies as soon as it is started), and notices when somebody else reloads it. One owner thread.
 */
final class Supervision {
    private static final Duration LOOK_AT_PID = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration KNOCK_FIRST = Duration.ofMillis(300);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Proxy proxy;
    private final boolean owned;
    private final Goal goal;
    private final Worker worker;
    private final Convergence convergence;
    private final Bringing bringing;
    private final Touched touched;
    private final Sweep sweep;
    private final Report report;
    private final RetryDelay delay = new RetryDelay(FIRST_WAIT, LONGEST_WAIT);
    private final Restarts restarts = new Restarts();
    private Instant nextLook = Instant.EPOCH;
    private Instant nextStart = Instant.EPOCH;
    private @Nullable Instant knockingSince;
    private boolean served;

    /**
     * What is supervised.
     *
     * @param owned whether it is ours to start
     */
    record Watched(Proxy proxy, boolean owned, Worker worker, Sweep sweep) {}

    Supervision(
            Watched watched,
            Goal goal,
            Convergence convergence,
            Bringing bringing,
            Touched touched,
            Report report) {
        this.proxy = watched.proxy();
        this.owned = watched.owned();
        this.worker = watched.worker();
        this.sweep = watched.sweep();
        this.goal = goal;
        this.convergence = convergence;
        this.bringing = bringing;
        this.touched = touched;
        this.report = report;
    }

    /** Begins with what is on the disk and with an HAProxy that still serves. */
    void begin(Instant now) throws InterruptedException {
        try {
            Optional<Deployed> last = proxy.lastKnownGood();
            if (last.isPresent()) {
                goal.begin(last.get().saved());
                proxy.isGood(last.get());
            }
        } catch (IOException e) {
            report.mishap("the last known good configuration cannot be read", e.toString());
        }
        look(now);
    }

    /** Does what is due; nothing is being started or reloaded. */
    void look(Instant now) throws InterruptedException {
        if (!proxy.alive()) {
            dead(now);
            return;
        }
        restarts.runs(now);
        if (!worker.known()) {
            unknown(now);
        } else if (now.isBefore(nextLook)) {
            sweep(now);
        } else {
            nextLook = now.plus(LOOK_AT_PID);
            compare();
        }
    }

    private void sweep(Instant now) {
        try {
            Set<String> differing = sweep.look(now);
            if (!differing.isEmpty()) {
                report.drift(differing);
                touched.add(differing);
            }
        } catch (IOException e) {
            worker.forget();
        }
    }

    private void compare() {
        try {
            long pid = worker.answeringPid();
            if (pid != worker.pid()) {
                report.mishap(
                        "another worker serves than the one that was started: it is read back",
                        "worker " + pid);
                worker.forget();
            }
        } catch (IOException e) {
            worker.forget();
        }
    }

    private void dead(Instant now) throws InterruptedException {
        worker.forget();
        Instant restart = restarts.next(now);
        boolean waits = now.isBefore(restart);
        if (waits) {
            report.away("HAProxy ends as soon as it is started: started again at " + restart);
        } else if (served) {
            report.away("HAProxy has ended and is started again");
        }
        if (waits || now.isBefore(nextStart) || !goal.known()) {
            return;
        }
        if (fromDisk()) {
            up();
        } else if (knockedFirst(now)) {
            bringing.bring(How.START, new ReloadReason(Kind.UNKNOWN, "start"), now);
        }
    }

    /** Starts from the newest configuration on the disk. */
    private boolean fromDisk() throws InterruptedException {
        try {
            Optional<Deployed> last = proxy.lastKnownGood();
            if (last.isEmpty()) {
                return false;
            }
            proxy.startFrom(last.get());
            touched.addEverything();
            return true;
        } catch (IOException e) {
            report.mishap(
                    "HAProxy does not start from the configuration on the disk",
                    String.valueOf(e.getMessage()));
            proxy.stop();
            return false;
        }
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
        if (now.isBefore(nextLook)) {
            return;
        }
        try {
            Optional<Deployed> last = proxy.lastKnownGood();
            if (last.isPresent() && worker.adopt(proxy::read, last.get().saved())) {
                report.tookOver(worker);
                proxy.serves(worker.directory());
                goal.tookOver(worker);
                touched.addEverything();
                up();
                return;
            }
        } catch (IOException e) {
            if (owned || served) {
                report.away("HAProxy does not answer on its command socket: " + e.getMessage());
                nextLook = now.plus(TRY_AGAIN);
                return;
            }
        }
        if (goal.known() && !now.isBefore(nextStart) && knockedFirst(now)) {
            bringing.bring(How.RELOAD, new ReloadReason(Kind.UNKNOWN, ""), now);
        }
    }

    /** A start or reload has ended so. */
    void ended(Ended ended, Instant now) {
        if (ended instanceof Ended.Serving) {
            up();
        } else {
            nextStart = now.plus(delay.next());
        }
    }

    /** Something else is wanted than what may have failed: it is tried at once. */
    void otherFrame() {
        delay.reset();
        restarts.forgive();
        nextStart = Instant.EPOCH;
    }

    private void up() {
        served = true;
        restarts.started();
        knockingSince = null;
        delay.reset();
        report.back();
        nextLook = Instant.EPOCH;
    }
}
