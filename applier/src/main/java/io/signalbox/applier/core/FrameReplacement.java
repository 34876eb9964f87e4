package io.signalbox.applier.core;

import io.signalbox.applier.core.template.TemplateFailed;
import io.signalbox.haproxy.Snippet;
import io.signalbox.haproxy.Snippet.Place;
import io.signalbox.schemas.ConfigRecord.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts lines of the operator's own in the place of those that were generated for one part of the
 * frame. They may leave out and change whatever lines of an operator may say; the lines that those
 * may not say must stay, all of them and in their order, as requests find their services, and the
 * runtime API its servers, by them.
 *
 * @param place {@code global}, {@code defaults}, {@code unavailable} or {@code entry-points.<name>}
 */
record FrameReplacement(String place) {
    private static final String ENTRY_POINTS = "entry-points.";
    private static final String UNAVAILABLE = "unavailable";
    private static final String INDENT = "    ";

    /**
     * What was generated there, without what it is indented by.
     *
     * @throws TemplateFailed if the frame has no such place
     */
    List<String> generated(Frame frame) throws TemplateFailed {
        List<String> text =
                switch (place) {
                    case "global" -> frame.global();
                    case "defaults" -> frame.defaults();
                    default -> {
                        int header = header(frame.sections());
                        yield frame.sections().subList(header + 1, end(frame.sections(), header));
                    }
                };
        return text.stream().map(String::strip).toList();
    }

    /**
     * The frame with those lines there.
     *
     * @throws TemplateFailed if they may not stand there, or what must stay is missing
     */
    Frame replaced(Frame frame, List<String> lines) throws TemplateFailed {
        check(generated(frame), lines);
        List<String> text = lines.stream().map(line -> INDENT + line).toList();
        return switch (place) {
            case "global" -> frame.with(text, frame.defaults(), frame.sections());
            case "defaults" -> frame.with(frame.global(), text, frame.sections());
            default -> {
                int header = header(frame.sections());
                List<String> sections = new ArrayList<>(frame.sections());
                List<String> body = sections.subList(header + 1, end(frame.sections(), header));
                body.clear();
                body.addAll(text);
                yield frame.with(frame.global(), frame.defaults(), sections);
            }
        };
    }

    private void check(List<String> generated, List<String> lines) throws TemplateFailed {
        List<String> needed =
                generated.stream()
                        .filter(line -> Snippet.problem(kind(), line).isPresent())
                        .toList();
        for (String line : lines) {
            if (!needed.contains(line)) {
                var problem = Snippet.problem(kind(), line);
                if (problem.isPresent()) {
                    throw failed(problem.get());
                }
            }
        }
        List<String> kept = lines.stream().filter(needed::contains).toList();
        for (int i = 0; i < needed.size(); i++) {
            if (i == kept.size() || !kept.get(i).equals(needed.get(i))) {
                throw failed(
                        "must keep what Signalbox needs, as it is and in its order: "
                                + needed.get(i));
            }
        }
        if (kept.size() > needed.size()) {
            throw failed("must say it once: " + kept.get(needed.size()));
        }
    }

    private Place kind() {
        return switch (place) {
            case "global" -> Place.GLOBAL;
            case "defaults" -> Place.DEFAULTS;
            case UNAVAILABLE -> Place.BACKEND;
            default -> Place.FRONTEND;
        };
    }

    private int header(List<String> sections) throws TemplateFailed {
        String header =
                place.startsWith(ENTRY_POINTS)
                        ? "frontend in_" + place.substring(ENTRY_POINTS.length())
                        : place.equals(UNAVAILABLE) ? "backend " + UNAVAILABLE : "";
        int at = sections.indexOf(header);
        if (at < 0) {
            throw failed("the frame has no such part");
        }
        return at;
    }

    /** Where the next section begins. */
    private static int end(List<String> sections, int header) {
        int at = header + 1;
        while (at < sections.size() && sections.get(at).startsWith(INDENT)) {
            at++;
        }
        return at;
    }

    private TemplateFailed failed(String words) {
        return new TemplateFailed("snippets.replace." + place + ": " + words);
    }
}
