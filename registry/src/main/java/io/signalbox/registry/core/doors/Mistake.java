package io.signalbox.registry.core.doors;

/**
 * One thing in a request that is not followed.
 *
 * @param at where it stands, such as {@code candidates[0].cookie}
 * @param rule what holds there
 * @param value what was said instead, shortened and in printable ASCII; empty where nothing was
 */
public record Mistake(String at, String rule, String value) {
    private static final int SHOWN = 80;

    public Mistake {
        value = printable(value);
    }

    /** In one line: the thing, the rule and the value. */
    public String line() {
        return at + " " + rule + (value.isEmpty() ? "" : ", not '" + value + "'");
    }

    private static String printable(String value) {
        StringBuilder shown = new StringBuilder();
        value.chars()
                .limit(SHOWN)
                .forEach(c -> shown.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        if (value.length() > SHOWN) {
            shown.append("... (").append(value.length()).append(" characters)");
        }
        return shown.toString();
    }
}
