package io.signalbox.cli.group;

import io.signalbox.applier.template.PebbleTemplates;
import io.signalbox.haproxy.Snippet;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.Snippets;
import io.signalbox.schemas.Snippets.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads and writes the lines of the operator's own in a group definition: each a list of lines, or
 * a block of text in which empty lines and comments are left out.
 */
final class SnippetsYaml {

    /** Where the lines of a template may go, entry points aside. */
    static final List<String> PLACES =
            List.of("global", "defaults", "frontend", "backends", "sections");

    /** What of the frame a template may replace, entry points aside. */
    static final List<String> PARTS = List.of("global", "defaults", "unavailable");

    private static final String ENTRY_POINTS = "entry-points.";

    private final YamlMap section;
    private final YamlMistakes mistakes;

    private SnippetsYaml(YamlMap section, YamlMistakes mistakes) {
        this.section = section;
        this.mistakes = mistakes;
    }

    static Snippets read(YamlMap section, List<EntryPoint> entryPoints, YamlMistakes mistakes) {
        SnippetsYaml reader = new SnippetsYaml(section, mistakes);
        List<String> known = entryPoints.stream().map(EntryPoint::name).toList();
        return new Snippets(
                reader.lines("global"),
                reader.lines("defaults"),
                reader.lines("frontend"),
                reader.named("entry-points", known),
                reader.lines("backends"),
                reader.named("services", null),
                reader.sections(),
                reader.allTemplates(known));
    }

    private List<Named> allTemplates(List<String> entryPoints) {
        List<Named> all = new ArrayList<>(templates("templates", PLACES, entryPoints));
        for (Named one : templates("replace", PARTS, entryPoints)) {
            all.add(new Named(Snippets.REPLACE + one.name(), one.lines()));
        }
        return all;
    }

    private List<String> sections() {
        List<String> lines = lines("sections");
        Snippet.problem(lines).ifPresent(words -> section.mistake("sections", words));
        return lines;
    }

    /**
     * @param places where their lines may go
     * @param entryPoints which there are: their lines may go there, too
     */
    private List<Named> templates(String key, List<String> places, List<String> entryPoints) {
        section.templates(key);
        List<String> known = new ArrayList<>(places);
        entryPoints.forEach(name -> known.add(ENTRY_POINTS + name));
        List<Named> found = new ArrayList<>();
        Node node = section.node(key);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> template(key, tuple, known).ifPresent(found::add));
        } else if (node != null) {
            mistakes.add(node, section.at(key), "must be a mapping of places to templates");
        }
        return found;
    }

    private Optional<Named> template(String key, NodeTuple tuple, List<String> places) {
        String place = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        String at = section.at(key) + "." + place;
        if (!places.contains(place)) {
            mistakes.add(tuple.getKeyNode(), at, "is none of " + String.join(", ", places));
        } else if (tuple.getValueNode() instanceof ScalarNode text) {
            Optional<String> problem = PebbleTemplates.problem(at, text.getValue());
            problem.ifPresent(words -> mistakes.add(text, at, words));
            return problem.isPresent()
                    ? Optional.empty()
                    : Optional.of(new Named(place, text.getValue().lines().toList()));
        } else {
            mistakes.add(tuple.getValueNode(), at, "must be a block of text");
        }
        return Optional.empty();
    }

    private List<String> lines(String key) {
        Snippet.Place place = section.lines(key).place();
        Node node = section.node(key);
        return node == null ? List.of() : lines(node, section.at(key), place);
    }

    /**
     * @param known which names there are; null for any
     */
    private List<Named> named(String key, @Nullable List<String> known) {
        Snippet.Place place = section.linesByName(key).place();
        List<Named> found = new ArrayList<>();
        Node node = section.node(key);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                named(key, tuple, known, place).ifPresent(found::add);
            }
        } else if (node != null) {
            mistakes.add(node, section.at(key), "must be a mapping of names to lines");
        }
        return found;
    }

    private Optional<Named> named(
            String key, NodeTuple tuple, @Nullable List<String> known, Snippet.Place place) {
        String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        String at = section.at(key) + "." + name;
        if (known != null && !known.contains(name)) {
            mistakes.add(tuple.getKeyNode(), at, "is none of " + String.join(", ", known));
            return Optional.empty();
        }
        return Optional.of(new Named(name, lines(tuple.getValueNode(), at, place)));
    }

    private List<String> lines(Node node, String at, Snippet.Place place) {
        List<String> found = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode line) {
                    take(line.getValue(), line, 0, at, place, found);
                } else {
                    mistakes.add(item, at, "must be a list of lines");
                }
            }
        } else if (node instanceof ScalarNode block) {
            int first = block.getScalarStyle() == ScalarStyle.LITERAL ? 1 : 0;
            List<String> lines = block.getValue().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                take(lines.get(i), block, first + i, at, place, found);
            }
        } else {
            mistakes.add(node, at, "must be a list of lines or a block of text");
        }
        return found;
    }

    private void take(
            String text, Node node, int below, String at, Snippet.Place place, List<String> found) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Optional<String> problem = Snippet.problem(place, line);
        problem.ifPresent(words -> mistakes.add(node, below, at, words));
        if (problem.isEmpty()) {
            found.add(line);
        }
    }

    /** As {@link #read} reads it. */
    static Map<String, Object> write(Snippets snippets) {
        Map<String, Object> all = new LinkedHashMap<>();
        put(all, "global", snippets.global());
        put(all, "defaults", snippets.defaults());
        put(all, "frontend", snippets.frontend());
        putNamed(all, "entry-points", snippets.entryPoints());
        put(all, "backends", snippets.backends());
        putNamed(all, "services", snippets.services());
        put(all, "sections", snippets.sections());
        putTemplates(all, snippets.templates());
        return all;
    }

    private static void putTemplates(Map<String, Object> all, List<Named> templates) {
        Map<String, Object> further = new LinkedHashMap<>();
        Map<String, Object> replace = new LinkedHashMap<>();
        for (Named one : templates) {
            String text = String.join("\n", one.lines());
            if (one.name().startsWith(Snippets.REPLACE)) {
                replace.put(one.name().substring(Snippets.REPLACE.length()), text);
            } else {
                further.put(one.name(), text);
            }
        }
        if (!further.isEmpty()) {
            all.put("templates", further);
        }
        if (!replace.isEmpty()) {
            all.put("replace", replace);
        }
    }

    private static void put(Map<String, Object> all, String key, List<String> lines) {
        if (!lines.isEmpty()) {
            all.put(key, lines);
        }
    }

    private static void putNamed(Map<String, Object> all, String key, List<Named> named) {
        if (!named.isEmpty()) {
            Map<String, Object> section = new LinkedHashMap<>();
            named.forEach(one -> section.put(one.name(), one.lines()));
            all.put(key, section);
        }
    }
}
