package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RouteRegex;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.regex.Pattern;

/**
 * A path as {@code .path} gives it: a prefix by whole segments, {@code =/exact}, {@code ^/chars}
 * for a beginning by characters, {@code /img/*.png}, or behind a tilde a regular expression.
 *
 * @param text as a route has it
 */
record RoutePath(PathKind kind, String text) {
    private static final Pattern WILDCARD =
            Pattern.compile("/([A-Za-z0-9._~!&()+=:@*/-]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern ONLY_STARS = Pattern.compile("[/*]*");
    private static final String STAR_RULE =
            "a path with '*' begins with a slash, has letters, digits, %XX and ._~!&()+=:@- besides,"
                    + " and at most 8 of '*'";

    /** Any path. */
    static final RoutePath ANY = new RoutePath(PathKind.PREFIX, "/");

    static Parsed<RoutePath> parse(String key, String text) {
        String path = Values.trimmed(text);
        if (path.startsWith("=")) {
            return literal(key, text, path.substring(1), PathKind.EXACT);
        }
        if (path.startsWith("^")) {
            return literal(key, text, path.substring(1), PathKind.BEGINNING);
        }
        if (path.startsWith("~")) {
            return regex(key, text, path.substring(1));
        }
        if (path.indexOf('*') >= 0) {
            return wildcard(key, text, path);
        }
        return switch (PathPrefixes.parse(key, text)) {
            case Parsed.Good<String>(String prefix) ->
                    new Parsed.Good<>(new RoutePath(PathKind.PREFIX, prefix));
            case Parsed.Bad<String>(Rejection rejection) -> new Parsed.Bad<>(rejection);
        };
    }

    /** The path itself: unlike in a prefix, a slash at its end stays. */
    private static Parsed<RoutePath> literal(String key, String text, String path, PathKind kind) {
        return switch (PathPrefixes.parse(key, path)) {
            case Parsed.Good<String> _ -> new Parsed.Good<>(new RoutePath(kind, path));
            case Parsed.Bad<String>(Rejection rejection) -> bad(key, text, rejection.message());
        };
    }

    private static Parsed<RoutePath> regex(String key, String text, String expression) {
        try {
            return new Parsed.Good<>(
                    new RoutePath(PathKind.REGEX, new RouteRegex(expression).value()));
        } catch (IllegalValue e) {
            return bad(key, text, e.subject() + " " + e.rule());
        }
    }

    private static Parsed<RoutePath> wildcard(String key, String text, String path) {
        boolean fits =
                WILDCARD.matcher(path).matches()
                        && !ONLY_STARS.matcher(path).matches()
                        && !(path + "/").contains("/../")
                        && path.chars().filter(c -> c == '*').count() <= 8;
        return fits
                ? new Parsed.Good<>(new RoutePath(PathKind.WILDCARD, path))
                : bad(key, text, STAR_RULE);
    }

    private static Parsed<RoutePath> bad(String key, String text, String rule) {
        return new Parsed.Bad<>(Rejections.of("bad-path", key, text, rule));
    }
}
