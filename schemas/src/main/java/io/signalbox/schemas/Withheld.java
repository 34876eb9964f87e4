package io.signalbox.schemas;

import java.util.Optional;

/**
 * Stands in a picture where a label's or variable's value was not taken over, and says why: its
 * text is {@code !signalbox:<code>:<detail>}. Readers of labels reject it by that name. A container
 * that writes such a text itself only rejects itself.
 *
 * @param code stable name of the rule, such as {@code value-too-long}
 * @param detail what broke the rule, never the value itself
 */
public record Withheld(String code, String detail) {
    private static final String PREFIX = "!signalbox:";

    /** The code of a value that is longer than may be published; the detail is its length. */
    public static final String VALUE_TOO_LONG = "value-too-long";

    /** The code of a label whose own name is too long; the detail is its length. */
    public static final String NAME_TOO_LONG = "name-too-long";

    /** The code of values that are too long together; the detail is how many were published. */
    public static final String TOO_MUCH = "too-much";

    /** The code of a password hash that HAProxy cannot check; the detail names the algorithm. */
    public static final String UNKNOWN_HASH = "unknown-hash";

    /** The code of an entry that should be {@code user:password}. */
    public static final String NO_PASSWORD = "no-password";

    /** The text that stands for the value. */
    public String text() {
        return PREFIX + code + ':' + detail;
    }

    /** What a value says if it is such a text. */
    public static Optional<Withheld> parse(String value) {
        if (!value.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = value.substring(PREFIX.length());
        int colon = rest.indexOf(':');
        return colon < 1
                ? Optional.empty()
                : Optional.of(new Withheld(rest.substring(0, colon), rest.substring(colon + 1)));
    }
}
