package io.signalbox.registry;

import io.signalbox.process.Readiness;
import io.signalbox.registry.core.LivenessJudge.MassLoss;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others once a second how the loop is doing: status, readiness, and alarms in the log. Owned
 * by the registry's loop; {@link #latest()} is safe for all threads.
 */
final class LoopReport {
    private static final Logger log = LoggerFactory.getLogger(LoopReport.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Readiness.Condition partitions;
    private Optional<MassLoss> saidMassLoss = Optional.empty();
    private long dueNanos;
    private volatile RegistryStatus latest = RegistryStatus.STARTING;

    LoopReport(Readiness.Condition partitions) {
        this.partitions = partitions;
    }

    RegistryStatus latest() {
        return latest;
    }

    /** Looks again if it is time. */
    void report(long nowNanos, Supplier<RegistryStatus> look, BooleanSupplier member) {
        if (nowNanos - dueNanos < 0) {
            return;
        }
        dueNanos = nowNanos + EVERY.toNanos();
        RegistryStatus status = look.get();
        latest = status;
        sayMassLoss(status.massLoss());
        if (!status.refused().isEmpty()) {
            partitions.fails(String.join("; ", new TreeSet<>(status.refused().values())));
        } else if (!status.pending().isEmpty()) {
            partitions.fails("partitions are being taken over: " + status.pending());
        } else if (status.folding().isEmpty() && !member.getAsBoolean()) {
            partitions.fails("not yet a member of the registries' group");
        } else {
            partitions.holds();
        }
    }

    private void sayMassLoss(Optional<MassLoss> now) {
        if (now.isPresent() && saidMassLoss.isEmpty()) {
            log.atError()
                    .addKeyValue("silent", now.get().silent())
                    .addKeyValue("hosts", now.get().all())
                    .log("too many hosts are silent at once: none is declared lost");
        } else if (now.isEmpty() && saidMassLoss.isPresent()) {
            log.atInfo().log("hosts are judged one by one again");
        }
        saidMassLoss = now;
    }
}
