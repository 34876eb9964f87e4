package io.signalbox.registry.core.dialect;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Path prefixes as {@code .path} gives them. */
final class PathPrefixes {
    private static final int LONGEST = 1024;
    private static final Pattern SEGMENT =
            Pattern.compile("([A-Za-z0-9._~!&()+=:@-]|%[0-9A-Fa-f]{2})+");

    private PathPrefixes() {}

    /** The prefix with a leading slash and, but for the root, without one at the end. */
    static Parsed<String> parse(String key, String text) {
        String path = Values.trimmed(text);
        if (path.length() > LONGEST) {
            return bad(key, text, "a path has at most " + LONGEST + " characters", null);
        }
        if (path.equals("/")) {
            return new Parsed.Good<>("/");
        }
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!trimmed.startsWith("/")) {
            boolean likely = isPath("/" + trimmed);
            return bad(key, text, "a path begins with a slash", likely ? "/" + trimmed : null);
        }
        if (trimmed.indexOf(',') >= 0) {
            return bad(key, text, "a path is one prefix; further ones are named routes", null);
        }
        return isPath(trimmed)
                ? new Parsed.Good<>(trimmed)
                : bad(
                        key,
                        text,
                        "a path is a prefix of whole segments: letters, digits, %XX and"
                                + " ._~!&()+=:@- between single slashes, no '.' or '..'",
                        null);
    }

    private static boolean isPath(String path) {
        for (String segment : path.substring(1).split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()
                    || segment.equals(".")
                    || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static Parsed<String> bad(
            String key, String value, String message, @Nullable String suggestion) {
        return new Parsed.Bad<>(Rejections.of("bad-path", key, value, message, suggestion));
    }
}
