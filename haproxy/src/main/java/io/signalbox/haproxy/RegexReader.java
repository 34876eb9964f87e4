package io.signalbox.haproxy;

import io.signalbox.haproxy.RegexPart.Alternatives;
import io.signalbox.haproxy.RegexPart.AnyCharacter;
import io.signalbox.haproxy.RegexPart.End;
import io.signalbox.haproxy.RegexPart.Group;
import io.signalbox.haproxy.RegexPart.Kind;
import io.signalbox.haproxy.RegexPart.Literal;
import io.signalbox.haproxy.RegexPart.Member;
import io.signalbox.haproxy.RegexPart.OneOf;
import io.signalbox.haproxy.RegexPart.Range;
import io.signalbox.haproxy.RegexPart.Repetition;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads regular expressions: printable characters, {@code .}, classes, groups, alternatives and
 * repetition. Look-around, back-references and options are none of it, nor what engines read
 * differently.
 *
 * <p>Not thread-safe: one per expression.
 */
final class RegexReader {
    private static final String NAMES = ".:=";
    private static final int MOST_TIMES = 100;
    private static final int DEEPEST = 10;

    private final String subject;
    private final String text;
    private int at;

    private RegexReader(String subject, String text) {
        this.subject = subject;
        this.text = text;
    }

    /**
     * The expression behind the {@code ^} that may stand before it.
     *
     * @param subject what it is, for the message of an {@link IllegalValue}
     */
    static Alternatives read(String subject, String text) {
        var reader = new RegexReader(subject, text);
        reader.skip('^');
        var whole = reader.alternatives(0);
        if (reader.at < text.length()) {
            throw reader.wrong("must have an opening bracket for each closing one");
        }
        return whole;
    }

    /** Up to the end or a closing bracket. */
    private Alternatives alternatives(int depth) {
        if (depth > DEEPEST) {
            throw wrong("must have at most " + DEEPEST + " groups in each other");
        }
        var sequences = new ArrayList<List<RegexPart>>();
        do {
            sequences.add(sequence(depth));
        } while (skip('|'));
        return new Alternatives(sequences);
    }

    private List<RegexPart> sequence(int depth) {
        var sequence = new ArrayList<RegexPart>();
        while (at < text.length() && next() != '|' && next() != ')') {
            sequence.add(repeated(one(depth)));
        }
        return sequence;
    }

    /** One thing that can be repeated. */
    private RegexPart one(int depth) {
        var c = text.charAt(at++);
        return switch (c) {
            case '.' -> new AnyCharacter();
            case '(' -> group(depth);
            case '[' -> oneOf();
            case '\\' -> escaped();
            case '$' -> end();
            case '*', '+', '?', '{', '}', ']', '^' ->
                    throw wrong("must have a backslash before a '" + c + "' that means itself");
            default -> literal(c);
        };
    }

    private Literal literal(char c) {
        if (c < ' ' || c > '~' || c == '`') {
            throw wrong("must have only printable ASCII, and a backslash before a '`'");
        }
        return new Literal(c, false);
    }

    private RegexPart group(int depth) {
        var isCaptured = !text.startsWith("?:", at);
        at += isCaptured ? 0 : 2;
        var inside = alternatives(depth + 1);
        if (!skip(')')) {
            throw wrong("must have a closing bracket for each opening one");
        }
        return new Group(isCaptured, inside);
    }

    private RegexPart oneOf() {
        var isNegated = skip('^');
        var members = new ArrayList<Member>();
        while (next() != ']') {
            if (at == text.length() || next() == '[' || text.startsWith("&&", at)) {
                throw wrong(
                        "must have a ] for each [, and a backslash before a [ or && inside of them");
            }
            members.add(member(members.isEmpty()));
        }
        if (members.isEmpty()) {
            throw wrong("must have a character between [ and ]");
        }
        if (!isNegated && looksLikeName(members)) {
            throw wrong(
                    "must not begin and end the characters between [ and ] with the same one of "
                            + NAMES
                            + ", which means a name of characters");
        }
        at++;
        return new OneOf(isNegated, members);
    }

    /** PCRE takes {@code [.a.]} for a collating element, and refuses it. */
    private static boolean looksLikeName(List<Member> members) {
        return members.size() > 1
                && members.getFirst() instanceof Literal(var first, _)
                && members.getLast() instanceof Literal(var last, _)
                && first == last
                && NAMES.indexOf(first) >= 0;
    }

    private Member member(boolean isFirst) {
        var c = text.charAt(at++);
        if (c == '\\') {
            return escaped();
        }
        var isRange = next() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (isRange && c != '-') {
            at++;
            return range(c, text.charAt(at++));
        }
        if (c == '-' && !isFirst && next() != ']') {
            throw wrong("must have a backslash before a - that means itself inside of [ ]");
        }
        return literal(c);
    }

    private Range range(char least, char most) {
        if (!isLetterOrDigit(least) || !isLetterOrDigit(most) || least > most) {
            throw wrong("must have a backslash before a - that means itself inside of [ ]");
        }
        return new Range(least, most);
    }

    private static boolean isLetterOrDigit(char c) {
        return c < 0x7f && Character.isLetterOrDigit(c);
    }

    private Member escaped() {
        var c = next();
        at++;
        if (Kind.LETTERS.indexOf(c) >= 0) {
            return new Kind(c);
        }
        if (isLetterOrDigit(c) || c < ' ' || c > '~') {
            throw wrong("must have one of d D w W s S or a punctuation mark behind a backslash");
        }
        return new Literal(c, true);
    }

    private End end() {
        if (at < text.length() && next() != ')' && next() != '|') {
            throw wrong("must have a backslash before a '$' that means itself");
        }
        return new End(at == text.length());
    }

    private RegexPart repeated(RegexPart one) {
        var repetition =
                switch (next()) {
                    case '?' -> signed(one, 0, 1);
                    case '*' -> signed(one, 0, Repetition.ENDLESS);
                    case '+' -> signed(one, 1, Repetition.ENDLESS);
                    case '{' -> counted(one);
                    default -> one;
                };
        if ("*+?{".indexOf(next()) >= 0) {
            throw wrong("must not repeat a repetition");
        }
        return repetition;
    }

    private RegexPart signed(RegexPart one, int least, int most) {
        at++;
        return new Repetition(one, least, most, skip('?'));
    }

    private RegexPart counted(RegexPart one) {
        var end = text.indexOf('}', at);
        var said = end < 0 ? "" : text.substring(at + 1, end);
        if (!said.matches("[0-9]{1,3}(?:,[0-9]{0,3})?")) {
            throw wrong("must say {n}, {n,} or {n,m} behind what is repeated");
        }
        var counts = said.split(",", -1);
        var last = counts[counts.length - 1];
        var least = Integer.parseInt(counts[0]);
        var most = last.isEmpty() ? MOST_TIMES : Integer.parseInt(last);
        if (most < 1 || least > most || most > MOST_TIMES) {
            throw wrong("must repeat from least to most, 1 to " + MOST_TIMES + " times");
        }
        at = end + 1;
        return new Repetition(one, least, last.isEmpty() ? Repetition.ENDLESS : most, skip('?'));
    }

    /** The character that comes next; 0 at the end. */
    private char next() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char c) {
        var isNext = at < text.length() && next() == c;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private IllegalValue wrong(String rule) {
        return new IllegalValue(subject, rule, text);
    }
}
