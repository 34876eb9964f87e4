package io.signalbox.haproxy;

import io.signalbox.haproxy.RegexPart.Literal;
import java.util.regex.Pattern;

/**
 * A regular expression for paths, from their beginning on; what is allowed in it says {@link
 * RegexReader}.
 *
 * @param text beginning with {@code ^/}, at most 250 characters
 */
public record PathPattern(String text) {

    static final int LONGEST_PATH = 2_000;

    private static final String SUBJECT = "path pattern";
    private static final int LONGEST = 250;
    private static final int MOST_GROUPS = 9;
    private static final String ESCAPED = ".+*?()[]{}|^$/\\-";
    private static final Pattern FROM_THE_BEGINNING = Pattern.compile("\\^/\\S*");

    public PathPattern {
        PrintableText.checked(SUBJECT, text, LONGEST);
        PrintableText.matching(
                SUBJECT, text, FROM_THE_BEGINNING, "must begin with ^/ and have no space in it");
        var regex = Regex.read(SUBJECT, text);
        if (regex.groups() > MOST_GROUPS) {
            throw new IllegalValue(SUBJECT, "must have at most " + MOST_GROUPS + " groups", text);
        }
        if (regex.repetitions(true) > Regex.MOST_REPETITIONS) {
            throw new IllegalValue(
                    SUBJECT, "must have at most " + Regex.MOST_REPETITIONS + " repetitions", text);
        }
        if (regex.whole().flat().anyMatch(PathPattern::isEscapedForNothing)) {
            throw new IllegalValue(
                    SUBJECT, "must have a backslash only before d D w W s S or " + ESCAPED, text);
        }
    }

    /** An engine may give a backslash before any other character a meaning of its own. */
    private static boolean isEscapedForNothing(RegexPart part) {
        return part instanceof Literal(var c, var isEscaped) && isEscaped && ESCAPED.indexOf(c) < 0;
    }

    /** How many groups a replacement may refer to. */
    int groups() {
        return Regex.read(SUBJECT, text).groups();
    }

    /**
     * The condition that a path fits, as it stands behind {@code if}. A longer path never does:
     * what a match may cost grows with the square of the length, and more.
     */
    void condition(ConfigWriter line) {
        line.words("{ path -m len 1:" + LONGEST_PATH + " } { path -m reg").value(text).words("}");
    }
}
