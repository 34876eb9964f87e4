package io.signalbox.registry.core.dialect;

import java.util.Locale;

/** Values of labels that need no rules of their own. */
final class Values {
    private static final int LONGEST = 8192;

    private Values() {}

    /** Whether the text is one line of printable ASCII. */
    static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** Whether the text is short enough to be looked at. */
    static boolean isTooLong(String text) {
        return text.length() > LONGEST;
    }

    /** Without spaces around it. Other white space, a newline say, stays and is refused. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** {@code true} or {@code false} in any case. */
    static Parsed<Boolean> truth(String key, String value) {
        return switch (trimmed(value).toLowerCase(Locale.ROOT)) {
            case "true" -> new Parsed.Good<>(true);
            case "false" -> new Parsed.Good<>(false);
            default ->
                    new Parsed.Bad<>(
                            Rejections.of("bad-boolean", key, value, "it is 'true' or 'false'"));
        };
    }
}
