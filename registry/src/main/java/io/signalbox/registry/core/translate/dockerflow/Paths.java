package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Patterns;
import io.signalbox.registry.core.translate.Said;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker Flow Proxy's paths, in the words of HAProxy's matches, as native ones. */
final class Paths {
    private Paths() {}

    /** The native path; empty where the type is none that can be had. */
    static Optional<String> of(@Nullable Said type, String path) {
        String word = type == null ? "" : type.text().toLowerCase(Locale.ROOT);
        if (word.endsWith(" -i")) {
            word = word.substring(0, word.length() - 3).strip();
        }
        String literal = Patterns.literal(path);
        return switch (word) {
            case "" -> Optional.of(path);
            case "path_beg" -> Optional.of(path.equals("/") ? path : "^" + path);
            case "path" -> Optional.of("=" + path);
            case "path_end" -> Optional.of("~.*" + literal);
            case "path_sub" -> Optional.of("~.*" + literal + ".*");
            case "path_dir" -> Optional.of("~/(.*/)?" + inside(path) + "(/.*)?");
            case "path_reg" -> Patterns.anywhere(path).map("~"::concat);
            default -> Optional.empty();
        };
    }

    private static String inside(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        return Patterns.literal(
                inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner);
    }

    /**
     * What a search and a replacement mean as a native rewriting, which replaces the whole path;
     * empty where the search may fit elsewhere than at the beginning.
     */
    static Optional<String> rewrite(String search, String replacement) {
        String from = search.startsWith("/") ? "^" + search : search;
        if (!from.startsWith("^/") || from.indexOf(' ') >= 0 || replacement.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        if (from.endsWith("$") && !from.endsWith("\\$")) {
            return Optional.of(from + " " + slashed(replacement));
        }
        int groups = groups(from);
        return groups >= 9
                ? Optional.empty()
                : Optional.of(from + "(.*)$ " + slashed(replacement) + "\\" + (groups + 1));
    }

    private static String slashed(String replacement) {
        return replacement.startsWith("/") ? replacement : "/" + replacement;
    }

    private static int groups(String expression) {
        int groups = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                groups++;
            }
        }
        return groups;
    }
}
