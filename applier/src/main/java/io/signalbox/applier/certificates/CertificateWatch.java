package io.signalbox.applier.certificates;

import io.signalbox.applier.RuntimeSocket;
import io.signalbox.applier.certificates.WorkerCertificates.Outcome;
import io.signalbox.haproxy.ConfigPath;
import io.signalbox.haproxy.ProcessInfo;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the store again and again, and makes what changed there serve. Files are written
 * first, so a new worker has them; after each change, and when another worker answers, the worker
 * is asked what it has, because a command may have reached one that was on its way out. One thread,
 * in {@link #run}.
 */
public final class CertificateWatch {
    private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(100);
    private static final Duration LOOK_AT_WORKER = Duration.ofSeconds(1);
    private static final Duration DOUBT = Duration.ofSeconds(15);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final CertificateKeeper keeper;
    private final WorkerCertificates worker;
    private final Listener listener;
    private final InstantSource clock;
    private @Nullable Served before;
    private List<Note> noted = List.of();
    private final Set<ConfigPath> doubtful = new HashSet<>();
    private Instant doubtUntil = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private Instant nextSweep = Instant.MIN;
    private List<String> problems = List.of();
    private boolean pending;
    private long pid = -1;

    /** Is told what happened; may wait. */
    public interface Listener {
        /** The store was looked into. */
        void looked();

        /** Certificates serve only after a reload. */
        void reload(String why);

        /** There is something else to say about certificates. */
        void noted();
    }

    /** Watches for that keeper, and talks with the worker by that socket. */
    public CertificateWatch(
            CertificateKeeper keeper,
            RuntimeSocket socket,
            Listener listener,
            InstantSource clock) {
        this.keeper = keeper;
        this.worker = new WorkerCertificates(socket, keeper.files());
        this.listener = listener;
        this.clock = clock;
        keeper.served().ifPresent(served -> before = served);
    }

    /** Watches until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            Thread.sleep(keeper.unsettled() ? SHORT_PAUSE : PAUSE);
            pass(clock.instant());
        }
    }

    void pass(Instant now) throws InterruptedException {
        keeper.look(now);
        listener.looked();
        List<Note> notes = keeper.notes();
        if (!notes.equals(noted)) {
            noted = notes;
            listener.noted();
        }
        Served served = keeper.served().orElse(null);
        if (served == null) {
            return;
        }
        changes(served, now);
        if (pending || !now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_AT_WORKER);
            bring(served, now);
        }
    }

    private void changes(Served served, Instant now) {
        Served last = before;
        before = served;
        if (last == null || last.equals(served)) {
            return;
        }
        Map<ConfigPath, Certificate> old = last.byFile(keeper.files());
        served.byFile(keeper.files())
                .forEach(
                        (file, certificate) -> {
                            if (!certificate.equals(old.get(file))) {
                                doubtful.add(file);
                            }
                        });
        pending = true;
        doubtUntil = now.plus(DOUBT);
    }

    private void bring(Served served, Instant now) {
        try {
            ProcessInfo info = worker.worker();
            boolean other = info.pid() != pid;
            if (!pending && !other && now.isBefore(nextSweep)) {
                return;
            }
            Set<ConfigPath> again = pending || other ? Set.copyOf(doubtful) : Set.of();
            Outcome outcome = worker.bring(served, again, info);
            pid = info.pid();
            pending = false;
            nextSweep = now.plus(SWEEP);
            if (now.isAfter(doubtUntil)) {
                doubtful.clear();
            }
            report(outcome);
        } catch (IOException e) {
            // The worker is away, or another one comes: it is asked again at the next look.
            pid = -1;
        }
    }

    private void report(Outcome outcome) {
        if (!outcome.changed().isEmpty()) {
            log.atInfo()
                    .addKeyValue("certificates", outcome.changed())
                    .log("certificates changed without a reload");
        }
        if (!outcome.problems().isEmpty() && !outcome.problems().equals(problems)) {
            // The files were written before: a new worker has them all.
            doubtful.clear();
            listener.reload(outcome.problems().getFirst());
        }
        problems = outcome.problems();
    }
}
