package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RouteRegex;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hosts as {@code .host} gives them: exact names, {@code *.example.com} for all below, {@code
 * api.*} for all that begin so, and behind a tilde a regular expression, which ends the list and
 * may have commas in it.
 *
 * @param text as a route has it
 */
record HostPattern(HostKind kind, String text) {
    private static final int MOST = 256;
    private static final String BELOW = "*.";
    private static final String BEGINNING = ".*";
    private static final String STAR_RULE =
            "'*' stands for the first labels of a name, as in *.example.com, or for the last, as in"
                    + " api.*";

    /** Any host. */
    static final HostPattern ANY = new HostPattern(HostKind.EXACT, "");

    /** The good ones of a list in their order, each once; bad ones are reported. */
    static List<HostPattern> list(String key, String value, Rejections rejections) {
        List<HostPattern> good = new ArrayList<>();
        int from = 0;
        int count = 0;
        while (from <= value.length()) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            if (Values.trimmed(value.substring(from, to)).startsWith("~")) {
                to = value.length();
            }
            if (++count > MOST) {
                String rule = "a list has at most " + MOST + " names; the others are left out";
                rejections.add(Rejections.of("too-many", key, value, rule));
                break;
            }
            switch (parse(key, value.substring(from, to))) {
                case Parsed.Good<HostPattern>(HostPattern host) -> good.add(host);
                case Parsed.Bad<HostPattern>(Rejection rejection) -> rejections.add(rejection);
            }
            from = to + 1;
        }
        return good.stream().distinct().toList();
    }

    private static Parsed<HostPattern> parse(String key, String text) {
        String name = Values.trimmed(text);
        if (name.startsWith("~")) {
            return regex(key, text, name.substring(1));
        }
        if (name.startsWith(BELOW)) {
            return around(key, text, name.substring(BELOW.length()), HostKind.WILDCARD);
        }
        if (name.endsWith(BEGINNING)) {
            int length = name.length() - BEGINNING.length();
            return around(key, text, name.substring(0, length), HostKind.PREFIX);
        }
        if (name.indexOf('*') >= 0) {
            return new Parsed.Bad<>(Rejections.of("wildcard-host", key, text, STAR_RULE));
        }
        return switch (HostNames.parse(key, text)) {
            case Parsed.Good<String>(String host) ->
                    new Parsed.Good<>(new HostPattern(HostKind.EXACT, host));
            case Parsed.Bad<String>(Rejection rejection) -> new Parsed.Bad<>(rejection);
        };
    }

    private static Parsed<HostPattern> around(String key, String text, String name, HostKind kind) {
        return switch (HostNames.parse(key, name)) {
            case Parsed.Good<String>(String host) when isName(host) ->
                    new Parsed.Good<>(
                            new HostPattern(
                                    kind,
                                    kind == HostKind.WILDCARD ? BELOW + host : host + BEGINNING));
            case Parsed.Good<String> _, Parsed.Bad<String> _ ->
                    new Parsed.Bad<>(Rejections.of("wildcard-host", key, text, STAR_RULE));
        };
    }

    private static boolean isName(String host) {
        return !host.startsWith("[") && !host.matches("[0-9.]+");
    }

    private static Parsed<HostPattern> regex(String key, String text, String expression) {
        if (!expression.equals(expression.toLowerCase(Locale.ROOT))) {
            String rule = "hosts are compared in small letters";
            return new Parsed.Bad<>(
                    Rejections.of(
                            "bad-host",
                            key,
                            text,
                            rule,
                            "~" + expression.toLowerCase(Locale.ROOT)));
        }
        try {
            return new Parsed.Good<>(
                    new HostPattern(HostKind.REGEX, new RouteRegex(expression).value()));
        } catch (IllegalValue e) {
            return new Parsed.Bad<>(
                    Rejections.of("bad-host", key, text, e.subject() + " " + e.rule()));
        }
    }
}
