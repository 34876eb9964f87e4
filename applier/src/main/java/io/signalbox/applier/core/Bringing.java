package io.signalbox.applier.core;

import io.signalbox.applier.core.Proxy.Ended;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.schemas.ApplyResult.How;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is desired in force by starts and reloads, one at a time and no more often than the
 * limit allows. One owner thread.
 */
final class Bringing {
    private final Proxy proxy;
    private final DiskCopy copy;
    private final Touched touched;
    private final ReloadLimit limit = new ReloadLimit();
    private @Nullable Begun begun;

    Bringing(Proxy proxy, DiskCopy copy, Touched touched) {
        this.proxy = proxy;
        this.copy = copy;
        this.touched = touched;
    }

    /**
     * What was begun, and why.
     *
     * @param all the reasons that are gone if it succeeds
     */
    record Begun(How how, ReloadReason reason, List<ReloadReason> all) {
        Begun {
            all = List.copyOf(all);
        }
    }

    /** What was begun and has not ended; null for nothing. */
    @Nullable Begun begun() {
        return begun;
    }

    /** When a reload is due; {@link Instant#MAX} if there is no reason for one. */
    Instant due(Instant now) {
        return touched.reasons().isEmpty() ? Instant.MAX : limit.next(now, touched.urgent());
    }

    /** Reloads if that is due. */
    void byReload(Instant now) throws InterruptedException {
        if (!now.isBefore(due(now))) {
            bring(How.RELOAD, mostPressing(touched.reasons()), now);
        }
    }

    private static ReloadReason mostPressing(List<ReloadReason> reasons) {
        return reasons.stream().filter(ReloadReason::urgent).findFirst().orElse(reasons.getFirst());
    }

    /** Puts what is desired in force by a start or a reload, however soon after the last. */
    void bring(How how, ReloadReason reason, Instant now) throws InterruptedException {
        limit.taken(now);
        copy.cancel();
        begun = new Begun(how, reason, touched.take());
        proxy.bring(copy::saved);
    }

    /** Something else is wanted than what may have failed: it is tried at once. */
    void otherFrame() {
        limit.forgive();
    }

    /** What was begun has ended so. */
    void ended(Ended ended, Instant now) {
        if (ended instanceof Ended.Serving) {
            limit.succeeded();
            touched.reloaded();
        } else {
            limit.failed(now);
            all(begun).forEach(touched::add);
        }
        begun = null;
    }

    private static List<ReloadReason> all(@Nullable Begun begun) {
        return begun == null ? List.of() : begun.all();
    }
}
