package io.signalbox.haproxy;

/**
 * A name that HAProxy accepts for a section, a server or an entry point.
 *
 * @param value 1 to 128 of {@code A-Z a-z 0-9 _ . : -}
 */
public record Identifier(String value) implements Comparable<Identifier> {

    /** The longest name. */
    public static final int MAX_LENGTH = 128;

    private static final String RULE =
            "must be 1 to " + MAX_LENGTH + " of the characters A-Z a-z 0-9 _ . : -";

    public Identifier {
        if (!isLegal(value, MAX_LENGTH)) {
            throw new IllegalValue("name", RULE, value);
        }
    }

    static boolean isLegal(String value, int maxLength) {
        return !value.isEmpty()
                && value.length() <= maxLength
                && value.chars().allMatch(Identifier::isLegal);
    }

    private static boolean isLegal(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "_.:-".indexOf(c) >= 0;
    }

    @Override
    public int compareTo(Identifier other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
