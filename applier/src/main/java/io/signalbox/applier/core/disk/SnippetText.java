package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.AllowedText;
import io.signalbox.haproxy.Frame;
import io.signalbox.haproxy.Snippet;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Snippets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts lines of the operator's own into a configuration, and finds them there again. */
public final class SnippetText {
    private static final String SERVICES = "services.";
    private static final String INDENT = "    ";
    private static final String FRONTEND = "frontend in_";

    /** From here on it is decided where a request goes. */
    private static final String ROUTING = INDENT + "http-request set-var(txn.host) ";

    private SnippetText() {}

    /** The text of a service's backend with the lines for it alone. */
    public static List<String> ofService(ConfigRecord.Service service) {
        return with(service.backend(), service.snippet());
    }

    /** A backend's text with the lines for all of them. */
    static List<String> ofBackend(List<String> text, ConfigRecord.Frame frame) {
        return with(text, frame.snippets().backends());
    }

    /** The frame's text with its lines. */
    static Frame of(ConfigRecord.Frame frame) {
        Snippets snippets = frame.snippets();
        return new Frame(
                with(frame.global(), snippets.global()),
                with(frame.defaults(), snippets.defaults()),
                withSections(sections(frame.sections(), snippets), snippets));
    }

    /**
     * Whole sections stand before the others: the last of those are the defaults of services alone.
     */
    private static List<String> withSections(List<String> text, Snippets snippets) {
        if (snippets.sections().isEmpty()) {
            return text;
        }
        List<String> all = new ArrayList<>();
        snippets.sections()
                .forEach(line -> all.add(Snippet.isSection(line) ? line : INDENT + line));
        all.addAll(text);
        return all;
    }

    private static List<String> with(List<String> text, List<String> lines) {
        if (lines.isEmpty()) {
            return text;
        }
        List<String> all = new ArrayList<>(text);
        lines.forEach(line -> all.add(INDENT + line));
        return all;
    }

    /** Those of a frontend stand before its routing, or at its end where it has none. */
    private static List<String> sections(List<String> text, Snippets snippets) {
        if (snippets.frontend().isEmpty() && snippets.entryPoints().isEmpty()) {
            return text;
        }
        List<String> all = new ArrayList<>();
        Optional<String> open = Optional.empty();
        for (String line : text) {
            boolean routing = line.startsWith(ROUTING);
            if (open.isPresent() && (routing || !line.startsWith(INDENT))) {
                append(all, open.get(), routing, snippets);
                open = Optional.empty();
            }
            all.add(line);
            if (line.startsWith(FRONTEND)) {
                open = Optional.of(line.substring(FRONTEND.length()));
            }
        }
        open.ifPresent(entryPoint -> append(all, entryPoint, false, snippets));
        return all;
    }

    private static void append(
            List<String> all, String entryPoint, boolean http, Snippets snippets) {
        if (http) {
            snippets.frontend().forEach(line -> all.add(INDENT + line));
        }
        snippets.ofEntryPoint(entryPoint).forEach(line -> all.add(INDENT + line));
    }

    /** What stands in a service's text that no part of the topic may say but as such a line. */
    private static List<String> own(WantedService service) {
        return service.backend().stream()
                .filter(line -> AllowedText.problem(List.of(line)).isPresent())
                .map(String::strip)
                .toList();
    }

    /**
     * Which of the operator's lines stands in a configuration so, as the group definition calls it;
     * empty for none of them.
     */
    public static Optional<String> nameOf(String written, Saved saved) {
        Snippets snippets = saved.wanted().frame().snippets();
        Map<String, List<String>> places = new LinkedHashMap<>();
        places.put("global", snippets.global());
        places.put("defaults", snippets.defaults());
        places.put("frontend", snippets.frontend());
        snippets.entryPoints()
                .forEach(one -> places.put("entry-points." + one.name(), one.lines()));
        places.put("backends", snippets.backends());
        places.put("sections", snippets.sections());
        saved.wanted()
                .services()
                .values()
                .forEach(one -> places.put(SERVICES + one.name(), own(one)));
        String line = written.strip();
        return places.entrySet().stream()
                .filter(place -> place.getValue().contains(line))
                .map(place -> "snippets." + place.getKey() + " '" + line + "'")
                .findFirst();
    }
}
