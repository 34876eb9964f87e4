package io.signalbox.bench.fuzz;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch.Kind;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads back from the conditions of one rule what the route asked for. For one rule. */
final class RuleReader {
    private static final String QUERY = "(^|&)";
    private static final String QUERY_END = "(=|&|$)";
    private static final int BITS_BELOW_PRIORITY = 42;

    private String host = "";
    private String path = "/";
    private HostKind hostKind = HostKind.EXACT;
    private PathKind pathKind = PathKind.PREFIX;
    private List<String> excluded = List.of();
    private List<String> methods = List.of();
    private List<String> sources = List.of();
    private final List<FieldMatch> headers = new ArrayList<>();
    private final List<FieldMatch> queries = new ArrayList<>();
    private String scheme = "";
    private @Nullable Boolean webSocket;

    /** What an entry of the map says. */
    void hostAndPath(String said, HostKind kind, String prefix) {
        host = said;
        hostKind = kind;
        path = prefix;
    }

    /**
     * One condition.
     *
     * @param words what stands behind the name of the list
     * @param holds whether it must hold, or must not
     */
    void take(List<String> words, boolean holds) {
        String fetch = words.getFirst();
        int dashes = words.indexOf("--");
        List<String> values = dashes < 0 ? List.of() : words.subList(dashes + 1, words.size());
        String method = words.size() > 2 ? words.get(2) : "";
        if (fetch.equals("var(txn.https)")) {
            scheme = holds ? "https" : "http";
        } else if (fetch.equals("req.hdr(upgrade)") && words.contains("-i")) {
            webSocket = holds;
        } else if (fetch.equals("var(txn.path),concat(/)") && !holds) {
            excluded = values.stream().map(RuleReader::unslashed).toList();
        } else if (!holds) {
            check(words, "[var(txn.host), -m, sub, /]");
        } else {
            takePositive(fetch, method, values);
        }
    }

    private void takePositive(String fetch, String method, List<String> values) {
        switch (fetch) {
            case "var(txn.host)" -> host(method, values.getFirst());
            case "var(txn.path)" -> path(method, values.getFirst());
            case "var(txn.path),concat(/)" -> path = unslashed(values.getFirst());
            case "method" -> methods = List.copyOf(values);
            case "src" -> sources = List.copyOf(values);
            case "query" ->
                    queries.add(new FieldMatch(parameter(values.getFirst()), Kind.PRESENT, ""));
            default -> {
                String name = fetch.substring(fetch.indexOf('(') + 1, fetch.length() - 1);
                (fetch.startsWith("url_param(") ? queries : headers)
                        .add(field(name, method, values));
            }
        }
    }

    private static void check(List<String> words, String expected) {
        if (!words.toString().equals(expected)) {
            throw new IllegalArgumentException("an unknown condition " + words);
        }
    }

    private static String unslashed(String prefix) {
        return prefix.equals("/") ? prefix : prefix.substring(0, prefix.length() - 1);
    }

    private static String parameter(String regex) {
        return regex.substring(QUERY.length(), regex.length() - QUERY_END.length())
                .replace("\\.", ".");
    }

    private void host(String method, String value) {
        switch (method) {
            case "str" -> host = value;
            case "end" -> {
                hostKind = HostKind.WILDCARD;
                host = "*" + value;
            }
            case "beg" -> {
                hostKind = HostKind.PREFIX;
                host = value + "*";
            }
            default -> {
                hostKind = HostKind.REGEX;
                host = whole(value);
            }
        }
    }

    private void path(String method, String value) {
        if (method.equals("str")) {
            pathKind = PathKind.EXACT;
            path = value;
        } else if (method.equals("beg")) {
            pathKind = PathKind.BEGINNING;
            path = value;
        } else if (value.startsWith("^(")) {
            pathKind = PathKind.REGEX;
            path = whole(value);
        } else {
            pathKind = PathKind.WILDCARD;
            path = wildcard(value.substring(1, value.length() - 1));
        }
    }

    private static FieldMatch field(String name, String method, List<String> values) {
        return switch (method) {
            case "found" -> new FieldMatch(name, Kind.PRESENT, "");
            case "str" -> new FieldMatch(name, Kind.EXACT, values.getFirst());
            case "sub" -> new FieldMatch(name, Kind.CONTAINS, values.getFirst());
            default -> new FieldMatch(name, Kind.REGEX, whole(values.getFirst()));
        };
    }

    private static String whole(String regex) {
        if (!regex.startsWith("^(") || !regex.endsWith(")$")) {
            throw new IllegalArgumentException("it does not fit a whole: " + regex);
        }
        return regex.substring(2, regex.length() - 2);
    }

    private static String wildcard(String regex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            switch (c) {
                case '\\' -> text.append(regex.charAt(++i));
                case '.' -> {
                    i++;
                    text.append('*');
                }
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    /** The route as a whole, of that service and rank. */
    ReadRoute route(String service, long rank) {
        long priority = rank >> BITS_BELOW_PRIORITY;
        return new ReadRoute(
                service,
                host,
                path,
                new RouteMatch(
                        hostKind,
                        pathKind,
                        excluded,
                        methods,
                        headers,
                        queries,
                        List.of(),
                        scheme,
                        webSocket,
                        sources,
                        priority == 0 ? null : Math.toIntExact(priority),
                        null,
                        false));
    }
}
