package io.signalbox.registry.core.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A foreign label or variable as it was written.
 *
 * @param key without the prefix of its dialect
 */
public record Said(String key, String value) {
    private static final int MOST = 256;

    /** The value without white space around it. */
    public String text() {
        return value.strip();
    }

    /** The same in small letters. */
    public String lower() {
        return text().toLowerCase(Locale.ROOT);
    }

    public boolean isTrue() {
        return lower().equals("true");
    }

    /** What stands between commas, without white space around it, at most {@value #MOST}. */
    public List<String> list() {
        return split(value, ',');
    }

    /** What stands between a sign, empty ones aside. */
    public static List<String> split(String text, char sign) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from <= text.length() && parts.size() < MOST) {
            int next = text.indexOf(sign, from);
            int to = next < 0 ? text.length() : next;
            String part = text.substring(from, to).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            from = to + 1;
        }
        return parts;
    }

    /** Whether the list has more than is looked at. */
    public boolean isTooMany() {
        return value.chars().filter(c -> c == ',').count() >= MOST;
    }
}
