package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Tcp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why entry points that a route names lead nothing by it. */
final class EntryPointNotes {
    private EntryPointNotes() {}

    /**
     * For each of them at which the route leads nothing, why.
     *
     * @param known all of the group
     */
    static List<Note> of(RoutePattern route, List<EntryPoint> known) {
        List<Note> notes = new ArrayList<>();
        for (String name : route.match().entryPoints()) {
            Optional<EntryPoint> named =
                    known.stream().filter(point -> point.name().equals(name)).findFirst();
            Optional<Note> note =
                    named.isEmpty()
                            ? Optional.of(Notes.noEntryPoint(route.text(), name))
                            : against(route, named.get());
            note.ifPresent(notes::add);
        }
        return notes;
    }

    private static Optional<Note> against(RoutePattern route, EntryPoint point) {
        String text = route.text();
        String name = point.name();
        Tcp tcp = point.tcp();
        if (!route.match().tcp()) {
            return tcp == null
                    ? Optional.empty()
                    : Optional.of(Notes.entryPointOfConnections(text, name));
        }
        return switch (tcp) {
            case null -> Optional.of(Notes.entryPointOfRequests(text, name));
            case ALL ->
                    route.host().isEmpty()
                            ? Optional.empty()
                            : Optional.of(Notes.entryPointWithoutNames(text, name));
            case BY_NAME -> Optional.empty();
        };
    }
}
