package io.signalbox.haproxy;

/**
 * Reads a regular expression of the kind that is allowed: characters, {@code .}, classes, groups,
 * alternatives and repetition. Look-around, back-references and options are not. HAProxy matches
 * for all services in the same threads, so what could take long is refused too: repetition of what
 * itself repeats or has alternatives, and more than {@value #MOST_REPETITIONS} repetitions.
 *
 * <p>Not thread-safe: one per pattern.
 */
final class PatternReader {

    private static final int MOST_REPETITIONS = 4;
    private static final int MOST_TIMES = 100;
    private static final int MOST_GROUPS = 9;
    private static final int DEEPEST = 10;
    private static final String ESCAPED = "dDwWsS.+*?()[]{}|^$/\\-";

    private final String text;
    private int at;
    private int groups;
    private int repetitions;

    PatternReader(String text) {
        this.text = text;
    }

    /**
     * How many groups it has.
     *
     * @throws IllegalValue when it is none of the allowed kind
     */
    int groups() {
        at = 0;
        groups = 0;
        repetitions = 0;
        if (next() == '^') {
            at++;
        }
        alternatives(0);
        if (at < text.length()) {
            throw wrong("must have an opening bracket for each closing one");
        }
        return groups;
    }

    /** Reads up to the end or a closing bracket; whether it may have different lengths. */
    private boolean alternatives(int depth) {
        if (depth > DEEPEST) {
            throw wrong("must have at most " + DEEPEST + " groups in each other");
        }
        var varies = sequence(depth);
        while (next() == '|') {
            at++;
            sequence(depth);
            varies = true;
        }
        return varies;
    }

    private boolean sequence(int depth) {
        var varies = false;
        while (at < text.length() && next() != '|' && next() != ')') {
            var inside = atom(depth);
            varies |= quantifier(inside) || inside;
        }
        return varies;
    }

    /** Reads one thing that can be repeated; whether it may have different lengths. */
    private boolean atom(int depth) {
        var c = text.charAt(at++);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> characterClass();
            case '\\' -> escape();
            case '$' -> end();
            case '*', '+', '?', '{', '}', ']', '^' ->
                    throw wrong("must have a backslash before a '" + c + "' that means itself");
            default -> false;
        };
    }

    private boolean group(int depth) {
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (++groups > MOST_GROUPS) {
            throw wrong("must have at most " + MOST_GROUPS + " groups");
        }
        var varies = alternatives(depth + 1);
        if (next() != ')') {
            throw wrong("must have a closing bracket for each opening one");
        }
        at++;
        return varies;
    }

    private boolean characterClass() {
        if (next() == '^') {
            at++;
        }
        var from = at;
        var escaped = false;
        while (next() != ']') {
            if (at == text.length() || next() == '[') {
                throw wrong("must have a ] for each [, and a backslash before a [ inside of them");
            }
            var c = text.charAt(at++);
            if (c == '-' && at > from + 1 && next() != ']') {
                range(escaped ? '-' : text.charAt(at - 2), next());
                at++;
            }
            escaped = c == '\\';
            if (escaped) {
                escape();
            }
        }
        if (at == from) {
            throw wrong("must have a character between [ and ]");
        }
        at++;
        return false;
    }

    private void range(char least, char most) {
        if (!isLetterOrDigit(least) || !isLetterOrDigit(most) || least > most) {
            throw wrong("must have a backslash before a - that means itself inside of [ ]");
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return c < 0x7f && Character.isLetterOrDigit(c);
    }

    private boolean escape() {
        if (ESCAPED.indexOf(next()) < 0) {
            throw wrong("must have one of d D w W s S or a punctuation mark behind a backslash");
        }
        at++;
        return false;
    }

    private boolean end() {
        if (at < text.length() && next() != ')' && next() != '|') {
            throw wrong("must have a backslash before a '$' that means itself");
        }
        return false;
    }

    /** Reads how often what stands before it is repeated, if that is said; whether it varies. */
    private boolean quantifier(boolean inside) {
        var most = times();
        if (most == 0) {
            return false;
        }
        if (most > 1 && inside) {
            throw wrong("must not repeat what repeats itself or has alternatives");
        }
        if (most > 1 && ++repetitions > MOST_REPETITIONS) {
            throw wrong("must have at most " + MOST_REPETITIONS + " repetitions");
        }
        if (next() == '?') {
            at++;
        }
        if ("*+?{".indexOf(next()) >= 0) {
            throw wrong("must not repeat a repetition");
        }
        return true;
    }

    /** The highest number of times that is said next; 0 for nothing said. */
    private int times() {
        return switch (next()) {
            case '?' -> passed(1);
            case '*', '+' -> passed(Integer.MAX_VALUE);
            case '{' -> braces();
            default -> 0;
        };
    }

    private int passed(int times) {
        at++;
        return times;
    }

    private int braces() {
        var end = text.indexOf('}', at);
        var said = end < 0 ? "" : text.substring(at + 1, end);
        if (!said.matches("\\d{1,3}(?:,\\d{0,3})?")) {
            throw wrong("must say {n}, {n,} or {n,m} behind what is repeated");
        }
        at = end + 1;
        var comma = said.indexOf(',');
        var least = Integer.parseInt(comma < 0 ? said : said.substring(0, comma));
        var most =
                comma < 0
                        ? least
                        : comma == said.length() - 1
                                ? MOST_TIMES
                                : Integer.parseInt(said.substring(comma + 1));
        if (most < 1 || least > most || most > MOST_TIMES) {
            throw wrong("must repeat from least to most, 1 to " + MOST_TIMES + " times");
        }
        return most;
    }

    /** The character that comes next; 0 at the end. */
    private char next() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalValue wrong(String rule) {
        return new IllegalValue("path pattern", rule, text);
    }
}
