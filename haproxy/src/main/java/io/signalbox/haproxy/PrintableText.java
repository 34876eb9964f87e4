package io.signalbox.haproxy;

import java.util.regex.Pattern;

/** Rules for text from outside that is one argument of a directive. */
final class PrintableText {

    private PrintableText() {}

    /** The text, if it is 1 to {@code longest} characters of printable ASCII. */
    static String checked(String subject, String text, int longest) {
        if (text.isEmpty()
                || text.length() > longest
                || Placeholder.isIn(text)
                || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new IllegalValue(
                    subject,
                    "must be 1 to " + longest + " characters of printable ASCII, no placeholder",
                    text);
        }
        return text;
    }

    /** The same where HAProxy expects a log format: every character stands for itself. */
    static String format(String text) {
        return text.replace("%", "%%");
    }

    /** The text, if it fits a pattern; the rule says in words what that asks for. */
    static String matching(String subject, String text, Pattern pattern, String rule) {
        if (!pattern.matcher(text).matches() || Placeholder.isIn(text)) {
            throw new IllegalValue(subject, rule, text);
        }
        return text;
    }
}
