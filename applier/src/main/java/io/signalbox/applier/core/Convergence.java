package io.signalbox.applier.core;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.Report.Standing;
import io.signalbox.applier.core.plan.ApplyPlanner;
import io.signalbox.applier.core.plan.Plan;
import io.signalbox.applier.core.plan.Running;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.applier.core.plan.VersionMark;
import io.signalbox.applier.core.plan.Waits;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedServer.Run;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.MapName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Brings the worker to what is desired by commands, as far as these go. One owner thread. */
final class Convergence {
    private static final int TRIES = 3;

    private final Goal goal;
    private final Worker worker;
    private final Knocking knocking;
    private final DiskCopy copy;
    private final Touched touched;
    private final ReadBack readBack;
    private final Report report;
    private final Leaving leaving = new Leaving();
    private final Holding holding = new Holding();

    /** Of the worker that the two above are about. */
    private long pid = -1;

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
        return Stream.of(byFiles, knocking.due(), leaving.due(), holding.due())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Does what is to be done by commands now; the worker is known. */
    void byCommands(Instant now) throws InterruptedException {
        if (goal.isBehind(worker)) {
            return;
        }
        if (worker.pid() != pid) {
            pid = worker.pid();
            leaving.begin(worker.running().loaded().frame().defaults());
            holding.begin();
        }
        touched.add(knocking.release(now));
        look(leaving.release(now));
        look(holding.release(now));
        for (int tries = 0; touched.any() && worker.known() && tries < TRIES; tries++) {
            update(now);
        }
        if (worker.known() && !touched.urgent()) {
            copy.write(now);
        }
    }

    private void look(Set<String> backends) {
        backends.forEach(backend -> touched.add(Set.of(worker.running().serviceOrNone(backend))));
    }

    private void update(Instant now) throws InterruptedException {
        Wanted wanted = goal.wanted();
        Running running = worker.running();
        Set<String> names = touched.names(wanted);
        Plan plan = touched.plan(wanted, running, waits(now));
        touched.planned(plan);
        boolean inForce = !touched.urgent();
        List<Step> steps = new ArrayList<>(plan.steps());
        steps.addAll(leaving.overdue(now));
        if (worker.maps().contains(MapName.VERSION)) {
            steps = VersionMark.mark(steps, running, goal.target(), inForce);
        }
        try {
            // Applications are knocked at while HAProxy is told of them.
            knock(names, wanted, running);
            Outcome outcome = steps.isEmpty() ? Outcome.NOTHING : worker.execute(steps);
            knock(names, wanted, running);
            holding.carriedOut(outcome.done(), now);
            leaving.carriedOut(outcome, this::drain, now);
            report.damped(knocking.carriedOut(outcome.done(), now));
            report.updated(outcome, inForce, standing());
            readBack.judge(outcome);
            if (!outcome.done().isEmpty()) {
                copy.changed(now);
            }
        } catch (IOException e) {
            report.mishap("HAProxy's command socket failed: its state is read again", e.toString());
            worker.forget();
            touched.addEverything();
        }
    }

    private Waits waits(Instant now) {
        return new Waits() {
            @Override
            public boolean answered(Run run) {
                return knocking.mayServe(run, now);
            }

            @Override
            public boolean holds(String backend) {
                return holding.holds(backend, now);
            }

            @Override
            public boolean rests(String backend, String server) {
                return leaving.rests(backend, server, now);
            }
        };
    }

    /** How long requests may go on at a server of that backend that was taken out. */
    private Optional<Duration> drain(String backend) {
        WantedService service =
                goal.wanted().services().get(worker.running().serviceOrNone(backend));
        return service == null ? Optional.empty() : service.drain();
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
}
