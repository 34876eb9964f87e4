package io.signalbox.applier;

import io.signalbox.applier.Reloading.Ended;
import io.signalbox.applier.Reporter.Standing;
import io.signalbox.applier.WorkerLink.Outcome;
import io.signalbox.applier.core.ApplyPlanner;
import io.signalbox.applier.core.ConfigReading.Accepted;
import io.signalbox.applier.core.Desired;
import io.signalbox.applier.core.Plan;
import io.signalbox.applier.core.ReloadLimit;
import io.signalbox.applier.core.ReloadReason;
import io.signalbox.applier.core.ReloadReason.Kind;
import io.signalbox.applier.core.Running;
import io.signalbox.applier.core.Saved;
import io.signalbox.applier.core.Step;
import io.signalbox.applier.core.Step.OfServer;
import io.signalbox.applier.core.Step.ReplaceMap;
import io.signalbox.applier.core.Touched;
import io.signalbox.applier.core.Version;
import io.signalbox.applier.core.VersionMark;
import io.signalbox.applier.core.Wanted;
import io.signalbox.applier.core.WantedServer;
import io.signalbox.applier.core.WantedServer.Run;
import io.signalbox.applier.core.WantedService;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ConfigRecord.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the worker to what is desired: by commands at once, by reload when due, and again when it
 * is found to differ. Owned by the loop.
 */
final class Convergence {
    private static final Logger log = LoggerFactory.getLogger(Convergence.class);
    private static final Duration FIRST_DELETE_RETRY = Duration.ofMillis(20);
    private static final Duration LAST_DELETE_RETRY = Duration.ofSeconds(2);
    private static final Duration FILES_REST = Duration.ofMillis(300);
    private static final Duration FILES_BUSY = Duration.ofMillis(50);

    /** Of no service, and still to be compared at each manifest. */
    private static final Set<String> FRAME_AND_VERSION = Set.of("");

    private final Desired desired;
    private final Worker worker;
    private final Reloading reloading;
    private final Knocking knocking;
    private final FileFollower files;
    private final Reporter reporter;
    private final InstantSource clock;
    private final Touched touched = new Touched();
    private final ReloadLimit limit = new ReloadLimit();
    private Version target = Version.NONE;
    private boolean heard;
    private String topicId = "";
    private int refusals;
    private final Set<String> lingering = new TreeSet<>();
    private Duration deleteRest = FIRST_DELETE_RETRY;
    private Instant deleteAgain = Instant.MAX;
    private Instant filesDue = Instant.MAX;

    Convergence(
            Desired desired,
            Worker worker,
            Reloading reloading,
            Knocking knocking,
            FileFollower files,
            Reporter reporter,
            InstantSource clock) {
        this.desired = desired;
        this.worker = worker;
        this.reloading = reloading;
        this.knocking = knocking;
        this.files = files;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** A saved configuration is what is desired until the log says more. */
    void begin(Saved saved) {
        desired.begin(saved.wanted());
        target = saved.wanted().version();
        topicId = saved.topicId();
    }

    /** The version that is desired. */
    Version target() {
        return target;
    }

    /** The version that HAProxy has; lower than all where that is not known. */
    Version inForce() {
        if (!worker.known()) {
            return Version.NONE;
        }
        return worker.maps().contains(MapName.VERSION) ? worker.running().version() : target;
    }

    /** What there is to say about HAProxy now. */
    Standing standing() {
        return new Standing(desired, worker, knocking.silent(), knocking.held());
    }

    /** The topic that the version counts in; empty if none was read. */
    String topicId() {
        return topicId;
    }

    /** Another topic is read from here on: versions count anew. */
    void newTopic(String id) {
        topicId = id;
        target = Version.NONE;
    }

    /** The log says what is desired. */
    void accept(Accepted accepted) {
        Set<String> changed = desired.accept(accepted.parts(), accepted.whole());
        touched.add(changed);
        touched.add(FRAME_AND_VERSION);
        if (accepted.whole()) {
            touched.addEverything();
        }
        target = accepted.version();
        heard = true;
        reporter.accepted(accepted);
        List<Note> refusals = desired.refusals(changed);
        reporter.refused(refusals);
        if (!desired.known() && !refusals.isEmpty()) {
            String words = refusals.getFirst().message();
            reporter.rejected(words, standing());
        }
    }

    /** A knock succeeded. */
    void answered(Run run, String service) {
        if (knocking.answer(run)) {
            touched.add(Set.of(service));
        }
    }

    /** The worker may differ from what is desired in any way. */
    void lookAtEverything() {
        touched.addEverything();
    }

    /**
     * A worker was taken over and may differ from what is desired in any way. One that is ahead of
     * the disk, or may be, keeps what it has until the log was read: what its last applier did not
     * come to write down must not be undone.
     */
    void tookOver() {
        boolean tells = worker.maps().contains(MapName.VERSION);
        if (heard || (tells && worker.running().reached().compareTo(target) <= 0)) {
            touched.addEverything();
        }
    }

    /** The worker differs in these services; a name of none stands for what has no service. */
    void lookAt(Set<String> services) {
        touched.add(services);
    }

    /** Nothing is known of what HAProxy was started with. */
    void unknownConfiguration() {
        touched.add(new ReloadReason(Kind.UNKNOWN, ""));
    }

    /** When there is something to do without further input. */
    Instant due(Instant now) {
        if (touched.any()) {
            return now;
        }
        Instant reload =
                touched.reasons().isEmpty() ? Instant.MAX : limit.next(now, touched.urgent());
        Instant byFiles = touched.urgent() ? Instant.MAX : filesDue;
        return earliest(earliest(reload, deleteAgain), earliest(byFiles, knocking.due()));
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Does what is to be done by commands now. */
    void byCommands(Instant now) throws InterruptedException {
        if (!now.isBefore(deleteAgain)) {
            deleteAgain = Instant.MAX;
            touched.add(lingering);
        }
        touched.add(knocking.release(now));
        for (int tries = 0; touched.any() && worker.known() && tries < 3; tries++) {
            update(now);
        }
        if (!now.isBefore(filesDue) && worker.known() && !touched.urgent()) {
            if (files.ready()) {
                filesDue = Instant.MAX;
                files.follow(saved(), worker.capabilities());
            } else {
                filesDue = now.plus(FILES_BUSY);
            }
        }
    }

    /** At the end: writes at once what would be written soon. */
    void flush() {
        boolean interrupted = Thread.interrupted();
        if (!filesDue.equals(Instant.MAX) && worker.known() && !touched.urgent()) {
            files.follow(saved(), worker.capabilities());
        }
        files.write();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void update(Instant now) throws InterruptedException {
        Wanted wanted = desired.wanted(target);
        Running running = worker.running();
        Set<String> names = touched.names(wanted);
        Plan plan = touched.plan(wanted, running, run -> knocking.mayServe(run, now));
        touched.planned(plan);
        boolean inForce = !touched.urgent();
        List<Step> steps =
                worker.maps().contains(MapName.VERSION)
                        ? VersionMark.mark(plan.steps(), running, target, inForce)
                        : plan.steps();
        try {
            // Applications are knocked at while HAProxy is told of them.
            knock(names, wanted, running);
            Outcome outcome =
                    steps.isEmpty()
                            ? new Outcome(List.of(), List.of(), List.of())
                            : worker.execute(steps);
            knock(names, wanted, running);
            reporter.damped(knocking.carriedOut(outcome.done(), now));
            reporter.updated(outcome, inForce, standing());
            judge(outcome, now);
            filesDue =
                    outcome.done().isEmpty() ? filesDue : earliest(filesDue, now.plus(FILES_REST));
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.toString())
                    .log("HAProxy's command socket failed: its state is read again");
            worker.forget();
            touched.addEverything();
        }
    }

    private void knock(Set<String> names, Wanted wanted, Running running) {
        for (String name : names) {
            WantedService service = wanted.services().get(name);
            knocking.want(
                    name, service == null ? List.of() : ApplyPlanner.pending(service, running));
        }
    }

    /** After a reload: servers may serve that were waited for, or the other way round. */
    private void knockEverywhere() {
        Wanted wanted = desired.wanted(target);
        Set<String> names = new TreeSet<>(knocking.services());
        names.addAll(wanted.services().keySet());
        knock(names, wanted, worker.running());
    }

    /** Looks whether what was done is so; what is not is tried once more, then a reload is due. */
    private void judge(Outcome outcome, Instant now) throws IOException {
        Set<String> backends = new TreeSet<>();
        outcome.done().forEach(step -> backend(step, backends));
        outcome.refused().forEach(refusal -> backend(refusal.step(), backends));
        Set<String> differing = worker.readBack(backends);
        for (Step step : outcome.done()) {
            if (step instanceof ReplaceMap(MapName map, var _) && worker.readBack(map)) {
                differing.add(map.fileName());
            }
        }
        lingering.clear();
        outcome.lingering().forEach(delete -> lingering.add(serviceOf(delete.backend())));
        if (!outcome.lingering().isEmpty()) {
            deleteRest = outcome.done().isEmpty() ? longer(deleteRest) : FIRST_DELETE_RETRY;
            deleteAgain = now.plus(deleteRest);
        }
        if (outcome.refused().isEmpty() && differing.isEmpty()) {
            refusals = outcome.done().isEmpty() ? refusals : 0;
            return;
        }
        String first =
                outcome.refused().isEmpty()
                        ? "read back otherwise: " + differing
                        : outcome.refused().getFirst().toString();
        log.atWarn().addKeyValue("error", first).log("HAProxy did not do as told");
        refusals++;
        if (refusals > 1) {
            refusals = 0;
            touched.add(new ReloadReason(Kind.REFUSED, first));
        } else {
            for (MapName map : worker.maps()) {
                worker.readBack(map);
            }
            touched.addEverything();
        }
    }

    /** The service of a backend; backends of none are looked at whatever is touched. */
    private String serviceOf(String backend) {
        String service = worker.running().serviceOf(backend);
        return service == null ? "" : service;
    }

    private static void backend(Step step, Set<String> backends) {
        if (step instanceof OfServer server) {
            backends.add(server.backend());
        }
    }

    private static Duration longer(Duration rest) {
        Duration doubled = rest.multipliedBy(2);
        return doubled.compareTo(LAST_DELETE_RETRY) > 0 ? LAST_DELETE_RETRY : doubled;
    }

    /** Reloads if that is due; the caller waits for it. */
    void byReload(Instant now) throws InterruptedException {
        List<ReloadReason> reasons = touched.reasons();
        if (reasons.isEmpty() || now.isBefore(limit.next(now, touched.urgent()))) {
            return;
        }
        ReloadReason reason =
                reasons.stream()
                        .filter(ReloadReason::urgent)
                        .findFirst()
                        .orElse(reasons.getFirst());
        bring(reason, How.RELOAD, now);
    }

    /** Puts what is desired in force by a start or a reload. */
    boolean bring(ReloadReason reason, How how, Instant now) throws InterruptedException {
        limit.taken(now);
        files.cancel();
        filesDue = Instant.MAX;
        try {
            Ended ended = reloading.bring(this::saved);
            switch (ended) {
                case Ended.Serving serving -> {
                    limit.succeeded();
                    touched.reloaded();
                    knockEverywhere();
                }
                case Ended.Refused refused -> limit.failed(clock.instant());
                case Ended.Failed failed -> limit.failed(clock.instant());
            }
            reporter.ended(ended, how, reason, standing());
            return ended instanceof Ended.Serving;
        } catch (IOException e) {
            limit.failed(clock.instant());
            worker.forget();
            reporter.ended(new Ended.Failed(e.toString()), how, reason, standing());
            return false;
        }
    }

    /** What is desired, as it is to lie on the disk. */
    private Saved saved() {
        Wanted wanted = desired.wanted(target);
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
        return Saved.of(wanted, topicId, quiet);
    }

    /** Knocks at everything, so that the first start has as many servers as possible. */
    void knockAtAll() {
        for (WantedService service : desired.wanted(target).services().values()) {
            knocking.want(
                    service.name(),
                    service.servers().stream().filter(server -> !server.stopping()).toList());
        }
    }

    /** Whether every server that is knocked at has answered. */
    boolean allAnswered() {
        return knocking.silent().isEmpty();
    }
}
