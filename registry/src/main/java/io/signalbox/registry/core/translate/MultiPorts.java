package io.signalbox.registry.core.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the YAML of nginx-proxy's {@code VIRTUAL_HOST_MULTIPORTS}: mappings of names to mappings or
 * to plain words, by indentation or in braces. Nothing else of YAML is read, and a text with
 * anything else in it is read as a whole not.
 */
final class MultiPorts {
    private static final int DEEPEST = 3;
    private static final int MOST_LINES = 1000;

    private final List<String> signs = new ArrayList<>();
    private int at;

    private MultiPorts() {}

    /**
     * A word, or names.
     *
     * @param word empty where there are names
     */
    record Node(String word, TreeMap<String, Node> names) {}

    /** What the text says; empty where it is not read. */
    static Optional<Node> read(String text) {
        MultiPorts reader = new MultiPorts();
        if (!reader.tokens(text)) {
            return Optional.empty();
        }
        try {
            Node node = reader.mapping(0);
            return reader.at == reader.signs.size() ? Optional.of(node) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Turns indentation into braces; whether that could be done. */
    private boolean tokens(String text) {
        String[] lines = text.split("\n", MOST_LINES + 1);
        if (lines.length > MOST_LINES) {
            return false;
        }
        Deque<Integer> open = new ArrayDeque<>();
        boolean fits = true;
        for (String line : lines) {
            String bare = withoutComment(line).stripTrailing();
            if (bare.isBlank() || bare.equals("---")) {
                continue;
            }
            int indent = bare.length() - bare.stripLeading().length();
            while (!open.isEmpty() && open.peek() > indent) {
                open.pop();
                signs.add("}");
            }
            if (open.isEmpty() || open.peek() < indent) {
                open.push(indent);
                signs.add("{");
            }
            fits &= indent == open.peek() && bare.indexOf('\t') < 0 && words(bare.strip());
        }
        open.forEach(_ -> signs.add("}"));
        if (signs.size() > 1 && signs.get(1).equals("{")) {
            signs.removeFirst();
            signs.removeLast();
        }
        return fits;
    }

    private static String withoutComment(String line) {
        int hash = line.startsWith("#") ? 0 : line.indexOf(" #");
        return hash < 0 ? line : line.substring(0, hash);
    }

    private boolean words(String line) {
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                int close = line.indexOf(c, i + 1);
                if (close < 0) {
                    return false;
                }
                signs.add("=" + line.substring(i + 1, close));
                i = close + 1;
            } else if ("{},".indexOf(c) >= 0 || isColon(line, i)) {
                signs.add(Character.toString(c));
                i++;
            } else if (c == ' ') {
                i++;
            } else if ("&!|>[]%@`".indexOf(c) >= 0 || line.startsWith("- ", i)) {
                return false;
            } else {
                int end = plain(line, i);
                signs.add("=" + line.substring(i, end).strip());
                i = end;
            }
        }
        return true;
    }

    private static boolean isColon(String line, int at) {
        return line.charAt(at) == ':'
                && (at + 1 == line.length()
                        || " {}".indexOf(line.charAt(at + 1)) >= 0
                        || (at > 0 && "\"'".indexOf(line.charAt(at - 1)) >= 0));
    }

    private static int plain(String line, int from) {
        int i = from;
        while (i < line.length() && "{},".indexOf(line.charAt(i)) < 0 && !isColon(line, i)) {
            i++;
        }
        return i;
    }

    private Node mapping(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        take("{");
        TreeMap<String, Node> names = new TreeMap<>();
        while (!isNext("}")) {
            String name = word();
            take(":");
            if (names.putIfAbsent(name, value(depth)) != null) {
                throw new IllegalArgumentException("twice");
            }
            if (isNext(",")) {
                at++;
            }
        }
        take("}");
        return new Node("", names);
    }

    private Node value(int depth) {
        if (isNext("{")) {
            return mapping(depth + 1);
        }
        boolean empty = at >= signs.size() || !signs.get(at).startsWith("=") || isName();
        String word = empty ? "" : word();
        return new Node(word.equals("~") || word.equals("null") ? "" : word, new TreeMap<>());
    }

    /** Whether what comes is the name of what follows, not a value. */
    private boolean isName() {
        return at + 1 < signs.size() && signs.get(at + 1).equals(":");
    }

    private String word() {
        if (at >= signs.size() || !signs.get(at).startsWith("=")) {
            throw new IllegalArgumentException("no word");
        }
        return signs.get(at++).substring(1);
    }

    private boolean isNext(String sign) {
        return at < signs.size() && signs.get(at).equals(sign);
    }

    private void take(String sign) {
        if (!isNext(sign)) {
            throw new IllegalArgumentException("no " + sign);
        }
        at++;
    }
}
