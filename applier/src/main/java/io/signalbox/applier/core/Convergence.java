package io.signalbox.applier.core;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Report.Standing;
import io.signalbox.applier.core.WantedServer.Run;
import io.signalbox.haproxy.MapName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Brings the worker to what is desired by commands, as far as these go. One owner thread. */
final class Convergence {
    private static final int TRIES = 3;
    private static final Duration FIRST_DELETE_RETRY = Duration.ofMillis(20);
    private static final Duration LAST_DELETE_RETRY = Duration.ofSeconds(2);

    private final Goal goal;
    private final Worker worker;
    private final Knocking knocking;
    private final DiskCopy copy;
    private final Touched touched;
    private final ReadBack readBack;
    private final Report report;
    private final Set<String> lingering = new TreeSet<>();
    private final RetryDelay deleteRest = new RetryDelay(FIRST_DELETE_RETRY, LAST_DELETE_RETRY);
    private Instant deleteAgain = Instant.MAX;

    Convergence(
            Goal goal,
            Worker worker,
            Knocking knocking,
            DiskCopy copy,
            Touched touched,
            Report report) {
        this.goal = goal;
        this.worker = worker;
        this.knocking = knocking;
        this.copy = copy;
        this.touched = touched;
        this.readBack = new ReadBack(worker, touched, report);
        this.report = report;
    }

    /** What there is to say about HAProxy now. */
    Standing standing() {
        return new Standing(goal.desired(), worker, knocking.silent(), knocking.held());
    }

    /** A knock succeeded. */
    void answered(Run run, String service) {
        if (knocking.answer(run)) {
            touched.add(Set.of(service));
        }
    }

    /** When there is something to do without further input; the worker is known. */
    Instant due(Instant now) {
        if (goal.isBehind(worker)) {
            return Instant.MAX;
        }
        if (touched.any()) {
            return now;
        }
        Instant byFiles = touched.urgent() ? Instant.MAX : copy.due();
        return earliest(deleteAgain, earliest(byFiles, knocking.due()));
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Does what is to be done by commands now; the worker is known. */
    void byCommands(Instant now) throws InterruptedException {
        if (goal.isBehind(worker)) {
            return;
        }
        if (!now.isBefore(deleteAgain)) {
            deleteAgain = Instant.MAX;
            touched.add(lingering);
        }
        touched.add(knocking.release(now));
        for (int tries = 0; touched.any() && worker.known() && tries < TRIES; tries++) {
            update(now);
        }
        if (worker.known() && !touched.urgent()) {
            copy.write(now);
        }
    }

    private void update(Instant now) throws InterruptedException {
        Wanted wanted = goal.wanted();
        Running running = worker.running();
        Set<String> names = touched.names(wanted);
        Plan plan = touched.plan(wanted, running, run -> knocking.mayServe(run, now));
        touched.planned(plan);
        boolean inForce = !touched.urgent();
        List<Step> steps =
                worker.maps().contains(MapName.VERSION)
                        ? VersionMark.mark(plan.steps(), running, goal.target(), inForce)
                        : plan.steps();
        try {
            // Applications are knocked at while HAProxy is told of them.
            knock(names, wanted, running);
            Outcome outcome = steps.isEmpty() ? Outcome.NOTHING : worker.execute(steps);
            knock(names, wanted, running);
            report.damped(knocking.carriedOut(outcome.done(), now));
            report.updated(outcome, inForce, standing());
            readBack.judge(outcome);
            leave(outcome, now);
            if (!outcome.done().isEmpty()) {
                copy.changed(now);
            }
        } catch (IOException e) {
            report.mishap("HAProxy's command socket failed: its state is read again", e.toString());
            worker.forget();
            touched.addEverything();
        }
    }

    private void leave(Outcome outcome, Instant now) {
        lingering.clear();
        outcome.lingering().forEach(delete -> lingering.add(serviceOf(delete.backend())));
        if (!outcome.lingering().isEmpty()) {
            if (!outcome.done().isEmpty()) {
                deleteRest.reset();
            }
            deleteAgain = now.plus(deleteRest.next());
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
    void knockEverywhere() {
        Wanted wanted = goal.wanted();
        Set<String> names = new TreeSet<>(knocking.services());
        names.addAll(wanted.services().keySet());
        knock(names, wanted, worker.running());
    }

    /** Knocks at everything, so that the first start has as many servers as possible. */
    void knockAtAll() {
        for (WantedService service : goal.wanted().services().values()) {
            knocking.want(
                    service.name(),
                    service.servers().stream().filter(server -> !server.stopping()).toList());
        }
    }

    /** Whether every server that is knocked at has answered. */
    boolean allAnswered() {
        return knocking.silent().isEmpty();
    }

    /** The service of a backend; backends of none are looked at whatever is touched. */
    private String serviceOf(String backend) {
        String service = worker.running().serviceOf(backend);
        return service == null ? "" : service;
    }
}
