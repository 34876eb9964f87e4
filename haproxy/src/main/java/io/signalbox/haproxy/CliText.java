package io.signalbox.haproxy;

/**
 * Checks every word that goes into a runtime command: no word can be two, end its command, or begin
 * a payload.
 */
final class CliText {

    private static final String ALLOWED = "_.:/*@,()%[]{}=+-~!$&'";
    private static final String RULE =
            "must be letters, digits and " + ALLOWED + " only, and not be empty";

    private CliText() {}

    /**
     * Words separated by one space each.
     *
     * @throws IllegalValue if one of them is illegal
     */
    static String words(Object... words) {
        var text = new StringBuilder();
        for (var word : words) {
            text.append(text.isEmpty() ? "" : " ").append(word(word.toString()));
        }
        return text.toString();
    }

    static String word(String word) {
        if (word.isEmpty() || !word.chars().allMatch(CliText::isAllowed)) {
            throw new IllegalValue("word of a command", RULE, word);
        }
        return word;
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || ALLOWED.indexOf(c) >= 0;
    }
}
