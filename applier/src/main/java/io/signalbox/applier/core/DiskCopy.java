package io.signalbox.applier.core;

import io.signalbox.applier.core.disk.Saved;
import io.signalbox.applier.core.plan.ApplyPlanner;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps what lies on the disk close behind what HAProxy has, so that the next start begins with it.
 * One owner thread.
 */
final class DiskCopy {
    private static final Duration REST = Duration.ofMillis(300);
    private static final Duration BUSY = Duration.ofMillis(50);

    private final Goal goal;
    private final Worker worker;
    private final Knocking knocking;
    private final DiskWriter writer;
    private Instant due = Instant.MAX;

    DiskCopy(Goal goal, Worker worker, Knocking knocking, DiskWriter writer) {
        this.goal = goal;
        this.worker = worker;
        this.knocking = knocking;
        this.writer = writer;
    }

    /** Something has changed at run time. */
    void changed(Instant now) {
        Instant soon = now.plus(REST);
        due = due.isBefore(soon) ? due : soon;
    }

    /** When it writes next; {@link Instant#MAX} if nothing has changed. */
    Instant due() {
        return due;
    }

    /** Writes if that is due, and what could not be written once more. */
    void write(Instant now) {
        if (writer.failed()) {
            changed(now);
        }
        if (now.isBefore(due)) {
            return;
        }
        if (writer.ready()) {
            due = Instant.MAX;
            writer.follow(saved(), worker.capabilities());
        } else {
            due = now.plus(BUSY);
        }
    }

    /** At the end: writes at once what would be written soon. */
    void flush() {
        if (!due.equals(Instant.MAX)) {
            writer.follow(saved(), worker.capabilities());
        }
        writer.write();
    }

    /** A start or reload writes all: what was to be written counts no more. */
    void cancel() {
        writer.cancel();
        due = Instant.MAX;
    }

    /** What is desired, as it is to lie on the disk. */
    Saved saved() {
        Wanted wanted = goal.wanted();
        Set<String> quiet = new TreeSet<>();
        for (WantedService service : wanted.services().values()) {
            List<WantedServer> waiting =
                    worker.known()
                            ? ApplyPlanner.pending(service, worker.running())
                            : service.servers();
            waiting.stream()
                    .filter(server -> !knocking.hasAnswered(server.key()))
                    .forEach(server -> quiet.add(server.name()));
        }
        return Saved.of(wanted, goal.topicId(), quiet);
    }
}
