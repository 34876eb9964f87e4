package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One alternative of a rule as the words of a native route. One thread, for one alternative. */
final class RouteWords {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:\\[\\]-]+");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern ONE_WORD = Pattern.compile("[A-Za-z0-9./:-]+");

    private final SortedMap<String, String> words = new TreeMap<>();
    private final PathCondition path = new PathCondition();
    private boolean never;

    private RouteWords() {}

    /** The words behind {@code signalbox.routes.<name>.}; empty where no request can fit. */
    static Optional<SortedMap<String, String>> of(List<Condition> conditions) throws RuleProblem {
        RouteWords route = new RouteWords();
        for (Condition condition : conditions) {
            if (!condition.negated()) {
                route.add(condition);
            }
        }
        for (Condition condition : conditions) {
            if (condition.negated()) {
                route.exclude(condition);
            }
        }
        Optional<String> path = route.path.path();
        if (path.isEmpty() || route.never) {
            return Optional.empty();
        }
        if (!path.get().equals("/") || !route.words.containsKey("host")) {
            route.words.put("path", path.get());
        }
        return Optional.of(route.words);
    }

    private void add(Condition condition) throws RuleProblem {
        String value = condition.value();
        switch (condition.kind()) {
            case HOST ->
                    exact(
                            "host",
                            checked(HOST, value, "Host takes one name").toLowerCase(Locale.ROOT));
            case HOST_REGEX -> once("host", "~" + hostRegex(value));
            case PATH, PATH_PREFIX, PATH_REGEX -> path.add(condition);
            case METHOD ->
                    exact(
                            "method",
                            checked(ONE_WORD, value, "Method takes one method")
                                    .toUpperCase(Locale.ROOT));
            case CLIENT -> once("source", checked(ONE_WORD, value, "ClientIP takes one network"));
            case HEADER -> once(field("header.", condition), literal(value));
            case HEADER_REGEX -> once(field("header.", condition), "~" + GoRegex.whole(value));
            case QUERY -> once(field("query.", condition), literal(value));
            case QUERY_REGEX -> once(field("query.", condition), "~" + GoRegex.whole(value));
        }
    }

    private static String hostRegex(String value) throws RuleProblem {
        return GoRegex.isTemplate(value)
                ? GoRegex.ofTemplate(value, "[^.]+")
                : GoRegex.whole(value);
    }

    private static String checked(Pattern shape, String value, String rule) throws RuleProblem {
        if (!shape.matcher(value).matches()) {
            throw new RuleProblem(rule);
        }
        return value;
    }

    private static String field(String of, Condition condition) throws RuleProblem {
        String name =
                checked(FIELD, condition.field(), "a field has 1 to 64 letters, digits, _ or -");
        if (of.equals("query.")) {
            return of + name;
        }
        if (name.indexOf('.') >= 0) {
            throw new RuleProblem("a header's name has no dot");
        }
        return of + name.toLowerCase(Locale.ROOT);
    }

    /** A value in which nothing has a meaning of its own. */
    private static String literal(String value) throws RuleProblem {
        if (value.isBlank()
                || value.startsWith("~")
                || value.indexOf('*') >= 0
                || !value.equals(value.strip())) {
            throw new RuleProblem(
                    "a value is not empty, has no '*', no '~' first and no spaces around it");
        }
        return value;
    }

    /** Two different ones can never hold. */
    private void exact(String word, String value) throws RuleProblem {
        String known = words.get(word);
        if (known != null && known.startsWith("~")) {
            once(word, value);
        }
        never |= known != null && !known.equals(value);
        words.put(word, value);
    }

    private void once(String word, String value) throws RuleProblem {
        String known = words.putIfAbsent(word, value);
        if (known != null && !known.equals(value)) {
            throw new RuleProblem("a route asks once for its " + word);
        }
    }

    private void exclude(Condition condition) throws RuleProblem {
        switch (condition.kind()) {
            case HOST -> differs(condition, "host", condition.value().toLowerCase(Locale.ROOT));
            case METHOD -> differs(condition, "method", condition.value().toUpperCase(Locale.ROOT));
            case PATH, PATH_PREFIX, PATH_REGEX -> path.add(condition);
            case HOST_REGEX, CLIENT, HEADER, HEADER_REGEX, QUERY, QUERY_REGEX ->
                    throw new RuleProblem("a route cannot ask for " + condition.text());
        }
    }

    /** Beside another value that must be, one that must not be says nothing. */
    private void differs(Condition condition, String word, String value) throws RuleProblem {
        String held = words.get(word);
        if (held == null || held.startsWith("~")) {
            throw new RuleProblem("a route cannot ask for " + condition.text());
        }
        never |= held.equals(value);
    }

    /** Whether it takes every request, as one of these words does. */
    static boolean isAny(SortedMap<String, String> words) {
        return words.equals(new TreeMap<>(java.util.Map.of("path", "/")));
    }
}
