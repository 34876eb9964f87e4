package io.signalbox.watcher.lists;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects every mistake of one file, each with its line and key. Not safe for threads. */
final class Mistakes {
    private static final int MOST = 50;

    private final String file;
    private final List<String> found = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    void add(Node at, String key, String message) {
        found.add(file + ":" + line(at) + ": " + key + ": " + message);
    }

    void add(String message) {
        found.add(file + ": " + message);
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** One line for each, the first ones of very many. */
    List<String> lines() {
        return found.stream().limit(MOST).toList();
    }
}
