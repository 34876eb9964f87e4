package io.signalbox.haproxy;

import java.util.regex.Pattern;

/**
 * A regular expression for paths, from their beginning on. Only what is understood the same way by
 * every library of HAProxy's and needs no more than a short time for any path: see {@link
 * PatternReader}.
 *
 * @param text beginning with {@code ^/}, at most 250 characters
 */
public record PathPattern(String text) {

    static final int LONGEST_PATH = 2_000;

    private static final int LONGEST = 250;
    private static final Pattern FROM_THE_BEGINNING = Pattern.compile("\\^/\\S*");

    public PathPattern {
        PrintableText.checked("path pattern", text, LONGEST);
        PrintableText.matching(
                "path pattern",
                text,
                FROM_THE_BEGINNING,
                "must begin with ^/ and have no space in it");
        new PatternReader(text).groups();
    }

    /** How many groups a replacement may refer to. */
    int groups() {
        return new PatternReader(text).groups();
    }

    /**
     * The condition that a path fits, as it stands behind {@code if}. A longer path never does:
     * what a match may cost grows with the square of the length, and more.
     */
    void condition(ConfigWriter line) {
        line.words("{ path -m len 1:" + LONGEST_PATH + " } { path -m reg").value(text).words("}");
    }
}
