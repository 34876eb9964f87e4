package io.signalbox.applier;

import io.signalbox.applier.core.Damping;
import io.signalbox.applier.core.Report.Standing;
import io.signalbox.applier.core.Worker;
import io.signalbox.applier.core.plan.BackendNames;
import io.signalbox.haproxy.MapName;
import io.signalbox.schemas.ConfigRecord.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What results say of how things stand. */
final class Standings {
    private Standings() {}

    /** Services that a spare backend serves; all others have one of their own name. */
    static Map<String, String> backends(Worker worker) {
        if (!worker.known()) {
            return Map.of();
        }
        Map<String, String> spares = new TreeMap<>();
        worker.running()
                .entries(MapName.SERVICES)
                .forEach(
                        (service, backend) -> {
                            if (!backend.equals(BackendNames.own(service))) {
                                spares.put(service, backend);
                            }
                        });
        return spares;
    }

    /** Notes about what does not serve, and about certificates. */
    static List<Note> leftOut(Standing standing, List<Note> certificates) {
        List<Note> notes = new ArrayList<>(standing.desired().leftOut());
        notes.addAll(certificates);
        standing.held()
                .forEach(
                        (server, until) ->
                                notes.add(
                                        new Note(
                                                Reporter.DAMPED,
                                                server,
                                                "it came back %d times within %d s: it gets requests again from %s on"
                                                        .formatted(
                                                                Damping.MOST,
                                                                Damping.WINDOW.toSeconds(),
                                                                until))));
        return notes;
    }
}
