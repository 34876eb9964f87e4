package io.signalbox.haproxy;

/**
 * A value that may not reach HAProxy. The message names what it is, the rule and the value, the
 * latter shortened and in printable ASCII, so that it is safe in a log line.
 */
public final class IllegalValue extends IllegalArgumentException {

    private static final int SHOWN = 60;

    private final String subject;
    private final String rule;
    private final String shownValue;

    /**
     * @param subject what the value was meant to be
     * @param rule what such a value must be like
     */
    public IllegalValue(String subject, String rule, String value) {
        super(subject);
        this.subject = subject;
        this.rule = rule;
        this.shownValue = printable(value);
    }

    @Override
    public String getMessage() {
        return subject + " " + rule + ", not '" + shownValue + "'";
    }

    /** What the value was meant to be, such as {@code service name}. */
    public String subject() {
        return subject;
    }

    /** What such a value must be like. */
    public String rule() {
        return rule;
    }

    /** The value, shortened and made printable. */
    public String shownValue() {
        return shownValue;
    }

    private static String printable(String value) {
        var shown = value.length() > SHOWN ? value.substring(0, SHOWN) : value;
        var text = new StringBuilder();
        shown.chars().forEach(c -> text.append(isPrintable(c) ? (char) c : '?'));
        if (value.length() > SHOWN) {
            text.append("... (").append(value.length()).append(" characters)");
        }
        return text.toString();
    }

    private static boolean isPrintable(int c) {
        return c >= 0x20 && c < 0x7f;
    }
}
