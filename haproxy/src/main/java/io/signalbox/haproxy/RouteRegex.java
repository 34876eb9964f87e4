package io.signalbox.haproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A regular expression that must fit a whole host, path or value. Only what Java, PCRE and POSIX
 * read alike is allowed, and no repetition of a repetition or of alternatives: it could take a
 * proxy's time without end.
 *
 * @param value at most 256 printable characters: letters, digits, {@code . [] [^] ( ) | * + ? {m,n}
 *     \d \w}, and punctuation behind a backslash
 */
public record RouteRegex(String value) {
    private static final int LONGEST = 256;
    private static final int MOST_REPEATED = 255;
    private static final int MOST_UNBOUNDED = 4;
    private static final String DIGIT = "0-9";
    private static final String WORD = "A-Za-z0-9_";
    private static final String PLAIN = "-_~!&',;=:@/%\"#<> ";
    private static final String SPECIAL = ".^$*+?()[]{}|\\";
    private static final String IN_SET = "_.~!$'()*+,;=:@/% ";

    public RouteRegex {
        var unused = new Reader(value).read();
        if (unused.isEmpty()) {
            throw illegal(value, "must not be empty");
        }
        compile(value);
    }

    /** As it stands in a configuration: for the whole of what it is compared with. */
    String whole() {
        return "^(" + new Reader(value).read() + ")$";
    }

    /** Whether it fits the whole text. */
    public boolean fits(String text) {
        return compile(value).matcher(text).matches();
    }

    /** The expression for a text in which each asterisk stands for any characters. */
    static String ofWildcard(String wildcard) {
        var regex = new StringBuilder("^");
        for (var i = 0; i < wildcard.length(); i++) {
            var c = wildcard.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else {
                regex.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.append('$').toString();
    }

    private static Pattern compile(String value) {
        try {
            return Pattern.compile(value);
        } catch (IllegalArgumentException e) {
            throw illegal(value, "must be a regular expression");
        }
    }

    private static IllegalValue illegal(String value, String rule) {
        return new IllegalValue("regular expression", rule, value);
    }

    /** Reads an expression piece by piece and writes it in the words that all engines share. */
    private static final class Reader {
        private final String value;
        private final StringBuilder text = new StringBuilder();
        private final Deque<Boolean> open = new ArrayDeque<>();
        private int at;
        private int unbounded;
        private boolean repeatable;

        /** Whether what was read last is a group that must not be repeated. */
        private boolean fixed;

        /** Whether the open group holds a repetition or alternatives. */
        private boolean costly;

        Reader(String value) {
            this.value = value;
        }

        String read() {
            if (value.length() > LONGEST) {
                throw illegal(value, "must be at most " + LONGEST + " long");
            }
            var end = value.length();
            if (value.endsWith("$") && !value.endsWith("\\$")) {
                end--;
            }
            at = value.startsWith("^") ? 1 : 0;
            while (at < end) {
                piece(value.charAt(at++));
            }
            if (!open.isEmpty()) {
                throw illegal(value, "must close each bracket");
            }
            return text.toString();
        }

        private void piece(char c) {
            switch (c) {
                case '(' -> begin();
                case ')' -> end();
                case '|' -> {
                    costly = true;
                    follow("|", false);
                }
                case '[' -> set();
                case '\\' -> escaped();
                case '*', '+', '?' -> repeat(Character.toString(c), c != '?', c != '?');
                case '{' -> repeatCounted();
                case '.' -> follow(".", true);
                default -> {
                    if (!isLetterOrDigit(c) && PLAIN.indexOf(c) < 0) {
                        throw illegal(
                                value,
                                "must have a backslash before such punctuation, and only printable"
                                        + " ASCII");
                    }
                    follow(Character.toString(c), true);
                }
            }
        }

        private void follow(String piece, boolean mayRepeat) {
            text.append(piece);
            repeatable = mayRepeat;
            fixed = false;
        }

        private void begin() {
            if (value.startsWith("?:", at)) {
                at += 2;
            }
            open.push(costly);
            costly = false;
            follow("(", false);
        }

        private void end() {
            if (open.isEmpty()) {
                throw illegal(value, "must open each bracket that it closes");
            }
            var inside = costly;
            costly = open.pop() || inside;
            follow(")", true);
            fixed = inside;
        }

        private void repeat(String sign, boolean many, boolean endless) {
            if (!repeatable) {
                throw illegal(value, "must repeat something, and once");
            }
            if (many && fixed) {
                throw illegal(value, "must not repeat what has alternatives or repetitions in it");
            }
            unbounded += endless ? 1 : 0;
            if (unbounded > MOST_UNBOUNDED) {
                throw illegal(value, "must have at most " + MOST_UNBOUNDED + " of * and +");
            }
            costly |= many;
            text.append(sign);
            repeatable = false;
        }

        private void repeatCounted() {
            var close = value.indexOf('}', at);
            var counts = close < 0 ? "" : value.substring(at, close);
            if (!counts.matches("\\d{1,3}(,(\\d{1,3})?)?")) {
                throw illegal(value, "must count repetitions as {m}, {m,} or {m,n}");
            }
            for (var count : counts.split(",", -1)) {
                if (!count.isEmpty() && Integer.parseInt(count) > MOST_REPEATED) {
                    throw illegal(value, "must repeat nothing more than 255 times");
                }
            }
            at = close + 1;
            repeat("{" + counts + "}", true, counts.endsWith(","));
        }

        private void escaped() {
            var c = at < value.length() ? value.charAt(at++) : 'x';
            switch (c) {
                case 'd' -> follow("[" + DIGIT + "]", true);
                case 'w' -> follow("[" + WORD + "]", true);
                default -> {
                    if (isLetterOrDigit(c) || c < ' ' || c > '~') {
                        throw illegal(value, "must have only \\d, \\w or punctuation escaped");
                    }
                    // Before other characters POSIX gives a backslash a meaning of its own.
                    follow((SPECIAL.indexOf(c) >= 0 ? "\\" : "") + c, true);
                }
            }
        }

        private void set() {
            text.append('[');
            if (at < value.length() && value.charAt(at) == '^') {
                text.append('^');
                at++;
            }
            var first = at;
            while (at < value.length() && value.charAt(at) != ']') {
                at += member(at == first);
            }
            if (at == first || at >= value.length()) {
                throw illegal(value, "must have something between [ and ]");
            }
            at++;
            follow("]", true);
        }

        /** One member of a set; its length. */
        private int member(boolean isFirst) {
            var c = value.charAt(at);
            if (value.startsWith("\\d", at) || value.startsWith("\\w", at)) {
                text.append(value.charAt(at + 1) == 'd' ? DIGIT : WORD);
                return 2;
            }
            if (isLetterOrDigit(c) && value.startsWith("-", at + 1) && at + 2 < value.length()) {
                var to = value.charAt(at + 2);
                if (isLetterOrDigit(to) && c <= to) {
                    text.append(c).append('-').append(to);
                    return 3;
                }
            }
            var atTheEnd = value.startsWith("]", at + 1);
            if (!isLetterOrDigit(c)
                    && IN_SET.indexOf(c) < 0
                    && !(c == '-' && (isFirst || atTheEnd))) {
                throw illegal(
                        value,
                        "must have between [ and ] only letters, digits, ranges, \\d, \\w and "
                                + IN_SET.strip()
                                + ", and - first or last");
            }
            text.append(c);
            return 1;
        }

        private static boolean isLetterOrDigit(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
    }
}
