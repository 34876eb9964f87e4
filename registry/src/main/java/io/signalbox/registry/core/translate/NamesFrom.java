package io.signalbox.registry.core.translate;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of services made of texts: the same of the same, others of others. */
public final class NamesFrom {
    private static final int LONGEST = 80;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,79}");
    private static final Pattern STRANGE = Pattern.compile("[^a-z0-9_.-]+");

    private NamesFrom() {}

    /** The text itself where it is a name, else what is left of it and a digest of it. */
    public static String text(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (NAME.matcher(lower).matches()) {
            return lower;
        }
        String left =
                STRANGE.matcher(lower.substring(0, Math.min(lower.length(), LONGEST)))
                        .replaceAll("-");
        return "v"
                + (left.startsWith("-") ? "" : "-")
                + left
                + (left.endsWith("-") ? "" : "-")
                + Integer.toHexString(lower.hashCode());
    }
}
