package io.signalbox.applier.core;

import io.signalbox.haproxy.Snippet;
import io.signalbox.haproxy.Snippet.Place;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.Service;
import io.signalbox.schemas.Snippets;
import java.util.List;
import java.util.Optional;

/**
 * Whether lines of the operator's own may become configuration here. They can do whatever HAProxy
 * can, so whoever runs this proxy must have agreed to take them from the topic; and they may not
 * touch what Signalbox steers HAProxy by, whoever wrote them.
 *
 * @param group the group that this proxy is of
 * @param allowed whether lines are taken at all
 */
public record SnippetCheck(String group, boolean allowed) {

    private static final String NOT_TAKEN =
            " has snippets, and this proxy does not take them: it was started without"
                    + " --allow-snippets";

    /** What is wrong with a frame; empty where nothing is. */
    Optional<Note> problem(Frame frame) {
        Snippets snippets = frame.snippets();
        if (snippets.isEmpty()) {
            return Optional.empty();
        }
        if (!allowed) {
            return Optional.of(note(PartCheck.FRAME, "the group " + group + NOT_TAKEN));
        }
        return first(Place.GLOBAL, snippets.global())
                .or(() -> first(Place.DEFAULTS, snippets.defaults()))
                .or(() -> first(Place.FRONTEND, snippets.frontend()))
                .or(() -> first(Place.FRONTEND, all(snippets.entryPoints())))
                .or(() -> first(Place.BACKEND, snippets.backends()))
                .or(() -> first(Place.BACKEND, all(snippets.services())))
                .or(() -> Snippet.problem(snippets.sections()))
                .map(words -> note(PartCheck.FRAME, words));
    }

    /** What is wrong with a service; empty where nothing is. */
    Optional<Note> problem(Service service) {
        if (service.snippet().isEmpty()) {
            return Optional.empty();
        }
        if (!allowed) {
            return Optional.of(
                    note(
                            service.service(),
                            "the service in the definition of the group " + group + NOT_TAKEN));
        }
        return first(Place.BACKEND, service.snippet()).map(words -> note(service.service(), words));
    }

    private static List<String> all(List<Snippets.Named> named) {
        return named.stream().flatMap(one -> one.lines().stream()).toList();
    }

    private static Optional<String> first(Place place, List<String> lines) {
        return lines.stream().flatMap(line -> Snippet.problem(place, line).stream()).findFirst();
    }

    private static Note note(String subject, String words) {
        return new Note(Desired.QUARANTINED, subject, words);
    }
}
