package io.signalbox.renderer.core;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.RouteMatch;
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

    /**
     * Whether clients can show a certificate at any entry point that leads to a service.
     *
     * @param routes those of the service, by which it has its entry points
     * @param known all of the group
     */
    static boolean askForCertificates(List<HeldRoute> routes, List<EntryPoint> known) {
        return known.stream()
                .filter(EntryPointNotes::asksForCertificates)
                .anyMatch(point -> routes.stream().anyMatch(route -> leads(point, route)));
    }

    private static boolean asksForCertificates(EntryPoint point) {
        return point.tls() != null && !point.tls().clientCa().isEmpty();
    }

    private static boolean leads(EntryPoint point, HeldRoute route) {
        RouteMatch match = route.match();
        if (match == null) {
            return point.tcp() == null;
        }
        return match.tcp() == (point.tcp() != null)
                && (match.entryPoints().isEmpty() || match.entryPoints().contains(point.name()));
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
