package io.signalbox.haproxy;

import java.util.ArrayList;
import java.util.List;

/**
 * The one writer of configuration text. Every argument of every directive goes through {@link
 * #argument}, so that no value can end its line, begin a comment, expand a variable, or become a
 * second argument.
 *
 * <p>Not thread-safe: one per text.
 */
public final class ConfigWriter {

    private static final String INDENT = "    ";
    private static final String BARE = "_.:/*@,()%[]{}=+-";
    private static final String NOT = "!{";
    private static final String ARGUMENT_RULE = "must be printable ASCII";

    private final List<String> lines = new ArrayList<>();

    /** Begins a section such as {@code global} or {@code frontend in_http}. */
    public ConfigWriter section(String keyword, Identifier... names) {
        var line = new StringBuilder(argument(keyword));
        for (var name : names) {
            line.append(' ').append(name);
        }
        lines.add(line.toString());
        return this;
    }

    /**
     * Begins a directive of the open section.
     *
     * @param words its keyword and further arguments, separated by spaces: ours, never a value from
     *     outside
     */
    public ConfigWriter line(String words) {
        lines.add(INDENT + arguments(words));
        return this;
    }

    /** Continues the directive with further arguments of ours, separated by spaces. */
    public ConfigWriter words(String words) {
        return append(arguments(words));
    }

    /**
     * Continues the directive with one argument, whatever it contains.
     *
     * @throws IllegalValue for anything but printable ASCII, and for what a {@link Placeholder}
     *     would be taken for
     */
    public ConfigWriter value(String value) {
        if (Placeholder.isIn(value)) {
            throw new IllegalValue("argument", "must not contain a placeholder", value);
        }
        return append(argument(value));
    }

    /** Continues the directive with a number. */
    public ConfigWriter value(long value) {
        return append(Long.toString(value));
    }

    /** Lines that this writer wrote before, such as the parts of a configuration. */
    public ConfigWriter lines(List<String> written) {
        lines.addAll(written);
        return this;
    }

    /** What was written, a line each, without line ends. */
    public List<String> toLines() {
        return List.copyOf(lines);
    }

    /**
     * One argument as it stands in a configuration: bare where that is safe, else in strong quotes,
     * inside which HAProxy expands and escapes nothing.
     *
     * @throws IllegalValue for anything but printable ASCII
     */
    public static String argument(String value) {
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalValue("argument", ARGUMENT_RULE, value);
        }
        if (!value.isEmpty() && value.chars().allMatch(ConfigWriter::isBare)) {
            return value;
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private ConfigWriter append(String text) {
        lines.set(lines.size() - 1, lines.getLast() + " " + text);
        return this;
    }

    private static String arguments(String words) {
        return areBare(words) ? words : argumentsOneByOne(words);
    }

    /** Whether these are words with one space between them, none of which needs quotes. */
    private static boolean areBare(String words) {
        var wordBegan = false;
        for (var i = 0; i < words.length(); i++) {
            var isBare = isBare(words.charAt(i)) || words.startsWith(NOT, i);
            if (!isBare && !(wordBegan && words.charAt(i) == ' ')) {
                return false;
            }
            wordBegan = isBare;
        }
        return wordBegan;
    }

    private static String argumentsOneByOne(String words) {
        var text = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            text.append(text.isEmpty() ? "" : " ").append(argument(word));
        }
        return text.toString();
    }

    private static boolean isBare(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || BARE.indexOf(c) >= 0;
    }
}
