package io.signalbox.applier.core;

import io.signalbox.applier.core.Link.Outcome;
import io.signalbox.applier.core.plan.ReloadReason;
import io.signalbox.applier.core.plan.ReloadReason.Kind;
import io.signalbox.applier.core.plan.Step;
import io.signalbox.applier.core.plan.Step.OfServer;
import io.signalbox.applier.core.plan.Step.ReplaceMap;
import io.signalbox.applier.core.plan.Touched;
import io.signalbox.haproxy.MapName;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks whether what was done is so; what is not is tried once more, then a reload is due. One
 * owner thread.
 */
final class ReadBack {
    private final Worker worker;
    private final Touched touched;
    private final Report report;
    private int refusals;

    ReadBack(Worker worker, Touched touched, Report report) {
        this.worker = worker;
        this.touched = touched;
        this.report = report;
    }

    /** Compares the worker with what it was told. */
    void judge(Outcome outcome) throws IOException {
        Set<String> differing = differing(outcome);
        if (outcome.refused().isEmpty() && differing.isEmpty()) {
            refusals = outcome.done().isEmpty() ? refusals : 0;
            return;
        }
        String first =
                outcome.refused().isEmpty()
                        ? "read back otherwise: " + differing
                        : outcome.refused().getFirst().toString();
        report.mishap("HAProxy did not do as told", first);
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

    private Set<String> differing(Outcome outcome) throws IOException {
        Set<String> backends = new TreeSet<>();
        outcome.done().forEach(step -> backend(step, backends));
        outcome.refused().forEach(refusal -> backend(refusal.step(), backends));
        Set<String> differing = worker.readBack(backends);
        for (Step step : outcome.done()) {
            if (step instanceof ReplaceMap(MapName map, var _) && worker.readBack(map)) {
                differing.add(map.fileName());
            }
        }
        return differing;
    }

    private static void backend(Step step, Set<String> backends) {
        if (step instanceof OfServer server) {
            backends.add(server.backend());
        }
    }
}
