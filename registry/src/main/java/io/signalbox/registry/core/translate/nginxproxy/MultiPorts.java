package io.signalbox.registry.core.translate.nginxproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the YAML of nginx-proxy's {@code VIRTUAL_HOST_MULTIPORTS}: mappings of names to mappings or
 * to plain words, three deep. A text with anything else in it, such as a list or an alias, is read
 * as a whole not. It goes by the parser's events and so needs no stack for what is nested too deep.
 */
final class MultiPorts {
    private static final int DEEPEST = 3;
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable Node root;

    private MultiPorts() {}

    /**
     * A word, or names.
     *
     * @param word empty where there are names
     */
    record Node(String word, TreeMap<String, Node> names) {}

    /** A mapping that is being read, and the name whose value comes next. */
    private static final class Open {
        private final TreeMap<String, Node> names = new TreeMap<>();
        private @Nullable String next;
    }

    /** What the text says; empty where it is not read. */
    static Optional<Node> read(String text) {
        MultiPorts reader = new MultiPorts();
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                if (!reader.take(event)) {
                    return Optional.empty();
                }
            }
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(reader.root);
    }

    /** Whether that is read. */
    private boolean take(Event event) {
        return switch (event.getEventId()) {
            case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> true;
            case MappingStart -> begin();
            case MappingEnd -> put(new Node("", open.pop().names));
            case Scalar -> scalar((ScalarEvent) event);
            case Alias, SequenceStart, SequenceEnd -> false;
        };
    }

    private boolean begin() {
        Open around = open.peek();
        open.push(new Open());
        return open.size() <= DEEPEST && (around == null || around.next != null);
    }

    private boolean scalar(ScalarEvent scalar) {
        Open around = open.peek();
        if (around == null) {
            return false;
        }
        String word = scalar.getValue();
        if (around.next == null) {
            around.next = word;
            return true;
        }
        boolean isNull = word.equals("~") || word.equals("null");
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return put(new Node(isNull && plain ? "" : word, new TreeMap<>()));
    }

    private boolean put(Node node) {
        Open around = open.peek();
        if (around == null) {
            boolean first = root == null;
            root = node;
            return first;
        }
        String name = around.next;
        around.next = null;
        return name != null && around.names.putIfAbsent(name, node) == null;
    }
}
