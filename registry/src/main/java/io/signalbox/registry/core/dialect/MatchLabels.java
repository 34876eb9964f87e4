package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Network;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a route asks of a request besides host and path. One thread, for one route. */
final class MatchLabels {
    private static final List<String> METHODS =
            List.of(
                    "GET",
                    "HEAD",
                    "POST",
                    "PUT",
                    "PATCH",
                    "DELETE",
                    "OPTIONS",
                    "TRACE",
                    "CONNECT",
                    "PROPFIND",
                    "PROPPATCH",
                    "MKCOL",
                    "COPY",
                    "MOVE",
                    "LOCK",
                    "UNLOCK",
                    "REPORT",
                    "SEARCH",
                    "PURGE");
    private static final List<String> SCHEMES = List.of("http", "https");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");
    private static final int WHOLE = 100;

    private final SortedMap<String, Said> said;
    private final Rejections rejections;
    private boolean bad;

    /** A label as it was written. */
    record Said(String key, String value) {}

    /**
     * @param said what holds for the route, by the key behind its prefix
     */
    MatchLabels(SortedMap<String, Said> said, Rejections rejections) {
        this.said = said;
        this.rejections = rejections;
    }

    /** What it asks for, with the kinds of host and path left open; empty where a label is bad. */
    Optional<RouteMatch> match() {
        RouteMatch match =
                new RouteMatch(
                        HostKind.EXACT,
                        PathKind.PREFIX,
                        list(RouteKeys.PATH_EXCLUDE, MatchLabels::excluded),
                        list(RouteKeys.METHOD, MatchLabels::method),
                        fields(RouteKeys.HEADER),
                        fields(RouteKeys.QUERY),
                        list(RouteKeys.ENTRYPOINT, MatchLabels::entryPoint),
                        one(RouteKeys.SCHEME, MatchLabels::scheme).orElse(""),
                        one(RouteKeys.WEBSOCKET, MatchLabels::truth).orElse(null),
                        list(RouteKeys.SOURCE, MatchLabels::source),
                        one(RouteKeys.PRIORITY, MatchLabels::priority).orElse(null),
                        one(RouteKeys.PERCENT, MatchLabels::percent).orElse(null),
                        one(RouteKeys.PERCENT_STICKY, MatchLabels::truth).orElse(false));
        return bad ? Optional.empty() : Optional.of(match);
    }

    /** The same for these kinds of host and path. */
    static RouteMatch ofKinds(RouteMatch match, HostKind host, PathKind path) {
        return new RouteMatch(
                host,
                path,
                match.excludedPaths(),
                match.methods(),
                match.headers(),
                match.queries(),
                match.entryPoints(),
                match.scheme(),
                match.webSocket(),
                match.sources(),
                match.priority(),
                match.percent(),
                match.percentSticky());
    }

    private <T> Optional<T> one(String word, Function<Said, Parsed<T>> parse) {
        Said label = said.get(word);
        return label == null ? Optional.empty() : kept(parse.apply(label));
    }

    private List<String> list(String word, Function<Said, Parsed<String>> parse) {
        Said label = said.get(word);
        if (label == null) {
            return List.of();
        }
        List<String> good = new ArrayList<>();
        for (String one : label.value().split(",", -1)) {
            kept(parse.apply(new Said(label.key(), Values.trimmed(one)))).ifPresent(good::add);
        }
        return good.stream().distinct().toList();
    }

    private List<FieldMatch> fields(String prefix) {
        List<FieldMatch> fields = new ArrayList<>();
        said.forEach(
                (word, label) -> {
                    if (word.startsWith(prefix)) {
                        String name = word.substring(prefix.length());
                        boolean header = prefix.equals(RouteKeys.HEADER);
                        kept(field(header ? name.toLowerCase(Locale.ROOT) : name, label, header))
                                .ifPresent(fields::add);
                    }
                });
        return fields;
    }

    private <T> Optional<T> kept(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T value) -> Optional.of(value);
            case Parsed.Bad<T>(Rejection rejection) -> {
                rejections.add(rejection);
                bad = true;
                yield Optional.empty();
            }
        };
    }

    /**
     * A value in its signs: {@code *} for any, {@code *text*} for text in it, {@code ~} before a
     * regular expression, else the value itself.
     */
    private static Parsed<FieldMatch> field(String name, Said label, boolean header) {
        String value = Values.trimmed(label.value());
        FieldMatch field;
        if (value.equals("*")) {
            field = new FieldMatch(name, FieldMatch.Kind.PRESENT, "");
        } else if (value.startsWith("~")) {
            field = new FieldMatch(name, FieldMatch.Kind.REGEX, value.substring(1));
        } else if (value.length() > 2 && value.startsWith("*") && value.endsWith("*")) {
            String text = value.substring(1, value.length() - 1);
            field = new FieldMatch(name, FieldMatch.Kind.CONTAINS, text);
        } else {
            field = new FieldMatch(name, FieldMatch.Kind.EXACT, value);
        }
        String what = header ? "header" : "query";
        if (field.kind() != FieldMatch.Kind.REGEX && field.value().indexOf('*') >= 0) {
            String rule = "'*' stands alone for any value, or before and behind a text";
            return bad("bad-" + what, label, rule);
        }
        return checked("bad-" + what, label, field, asking(field, header));
    }

    private static RouteMatch asking(FieldMatch field, boolean header) {
        List<FieldMatch> fields = List.of(field);
        List<FieldMatch> none = List.of();
        return new RouteMatch(
                HostKind.EXACT,
                PathKind.PREFIX,
                List.of(),
                List.of(),
                header ? fields : none,
                header ? none : fields,
                List.of(),
                "",
                null,
                List.of(),
                null,
                null,
                false);
    }

    private static Parsed<FieldMatch> checked(
            String code, Said label, FieldMatch field, RouteMatch match) {
        try {
            RoutePattern unused = RoutePattern.of("", "/", match);
            return unused.host().isEmpty() ? new Parsed.Good<>(field) : bad(code, label, "");
        } catch (IllegalValue e) {
            return bad(code, label, e.subject() + " " + e.rule());
        }
    }

    private static Parsed<String> excluded(Said label) {
        return PathPrefixes.parse(label.key(), label.value());
    }

    private static Parsed<String> method(Said label) {
        String method = label.value().toUpperCase(Locale.ROOT);
        return METHODS.contains(method)
                ? new Parsed.Good<>(method)
                : bad("bad-method", label, "it is an HTTP method", nearest(method, METHODS));
    }

    private static @Nullable String nearest(String word, List<String> known) {
        List<String> lower = known.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList();
        String near = Spelling.nearest(word, lower);
        return near == null ? null : near.toUpperCase(Locale.ROOT);
    }

    private static Parsed<String> entryPoint(Said label) {
        try {
            return new Parsed.Good<>(new Identifier(label.value()).value());
        } catch (IllegalValue e) {
            return bad("bad-entrypoint", label, "an entry point's name " + e.rule());
        }
    }

    private static Parsed<String> scheme(Said label) {
        String scheme = Values.trimmed(label.value()).toLowerCase(Locale.ROOT);
        return SCHEMES.contains(scheme)
                ? new Parsed.Good<>(scheme)
                : bad(
                        "bad-scheme",
                        label,
                        "it is 'http' or 'https'",
                        Spelling.nearest(scheme, SCHEMES));
    }

    private static Parsed<String> source(Said label) {
        try {
            return new Parsed.Good<>(Network.parse(label.value()).text());
        } catch (IllegalValue e) {
            return bad("bad-source", label, "a source " + e.rule());
        }
    }

    private static Parsed<Boolean> truth(Said label) {
        return Values.truth(label.key(), label.value());
    }

    private static Parsed<Integer> priority(Said label) {
        return number(
                "bad-priority", label, 1, RoutePattern.MOST_PRIORITY, "it is from 1 to 1000000");
    }

    private static Parsed<Integer> percent(Said label) {
        return number("bad-percent", label, 0, WHOLE, "it is a whole number from 0 to 100");
    }

    private static Parsed<Integer> number(
            String code, Said label, int least, int most, String rule) {
        String text = Values.trimmed(label.value());
        if (NUMBER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return new Parsed.Good<>(number);
            }
        }
        String bare = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
        return bad(code, label, rule, NUMBER.matcher(bare).matches() ? bare : null);
    }

    private static <T> Parsed<T> bad(String code, Said label, String rule) {
        return bad(code, label, rule, null);
    }

    private static <T> Parsed<T> bad(
            String code, Said label, String rule, @Nullable String suggestion) {
        return new Parsed.Bad<>(Rejections.of(code, label.key(), label.value(), rule, suggestion));
    }
}
