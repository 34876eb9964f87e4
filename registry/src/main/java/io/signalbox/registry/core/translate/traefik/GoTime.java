package io.signalbox.registry.core.translate.traefik;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Go writes them, such as {@code 1m30s}, or as a number of seconds. */
final class GoTime {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h)){1,4}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private GoTime() {}

    /** The same in the words of a native label; empty where it is none. */
    static Optional<String> text(String written) {
        String text = written.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Long.parseLong(text) + "s");
        }
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        long millis = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            millis += Long.parseLong(part.group(1)) * unit(part.group(2));
        }
        return Optional.of(millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms");
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
