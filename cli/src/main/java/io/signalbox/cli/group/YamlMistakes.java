package io.signalbox.cli.group;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects every mistake of one YAML file, each with its line and key; not thread-safe. */
final class YamlMistakes {

    private final String file;
    private final List<String> found = new ArrayList<>();

    YamlMistakes(String file) {
        this.file = file;
    }

    void add(Node at, String key, String message) {
        add(at, 0, key, message);
    }

    /** What is wrong so many lines below the beginning of a node. */
    void add(Node at, int below, String key, String message) {
        int line = at.getStartMark().map(mark -> mark.getLine() + 1 + below).orElse(0);
        found.add(file + ":" + line + ": " + key + ": " + message);
    }

    void addWithoutLine(String message) {
        found.add(file + ": " + message);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The exception that names them all. */
    GroupYaml.Invalid toException() {
        return new GroupYaml.Invalid(
                found.stream().collect(Collectors.joining(System.lineSeparator())));
    }
}
