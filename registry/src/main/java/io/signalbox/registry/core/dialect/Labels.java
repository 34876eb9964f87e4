package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.Withheld;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A container's native labels sorted by what they are about; unknown and unreadable ones are
 * reported and left out.
 *
 * @param own what is said of the container as a whole, by the key behind the prefix
 * @param routes what is said of each named route, by the last word of the key
 * @param tcp the same of each route of connections
 */
record Labels(
        SortedMap<String, String> own,
        SortedMap<String, SortedMap<String, String>> routes,
        SortedMap<String, SortedMap<String, String>> tcp) {
    private static final int MOST_ROUTES = 100;
    private static final String TOO_LONG = "a value has at most 8192 characters";

    static Labels of(Map<String, String> labels, Rejections rejections) {
        Labels sorted = new Labels(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        labels.forEach(
                (key, value) -> {
                    if (key.toLowerCase(Locale.ROOT).startsWith(SignalboxKeys.PREFIX)) {
                        sorted.add(key, value, rejections);
                    }
                });
        return sorted;
    }

    /** Whether nothing known was said. */
    boolean isEmpty() {
        return own.isEmpty() && routes.isEmpty() && tcp.isEmpty();
    }

    /** Whether any label leads requests or connections to the container. */
    boolean hasRoute() {
        return leadsRequests()
                || tcp.values().stream().anyMatch(words -> words.containsKey(TcpKeys.ENTRYPOINT));
    }

    /** Whether any label leads requests to the container. */
    boolean leadsRequests() {
        return isRoute(own) || isFallback() || routes.values().stream().anyMatch(Labels::isRoute);
    }

    /** Whether the container gets what no route takes. */
    boolean isFallback() {
        String value = own.get(RouteKeys.DEFAULT);
        return value != null && Values.trimmed(value).equalsIgnoreCase("true");
    }

    /** Whether these words lead requests somewhere. */
    static boolean isRoute(Map<String, String> words) {
        return words.containsKey(SignalboxKeys.HOST) || words.containsKey(SignalboxKeys.PATH);
    }

    private void add(String key, String value, Rejections rejections) {
        Optional<Withheld> withheld = Withheld.parse(value);
        if (withheld.isPresent()) {
            rejections.add(withheld(key, withheld.get()));
            // Kept as a value that no rule accepts, so that what depends on it is left out too.
            put(key, "", rejections);
        } else if (Values.isTooLong(value)) {
            rejections.add(Rejections.of("too-long", key, value, TOO_LONG));
            put(key, "", rejections);
        } else {
            put(key, value, rejections);
        }
    }

    private static Rejection withheld(String key, Withheld withheld) {
        return switch (withheld.code()) {
            case Withheld.VALUE_TOO_LONG ->
                    Rejections.of("too-long", key, withheld.detail() + " characters", TOO_LONG);
            case Withheld.NAME_TOO_LONG ->
                    Rejections.of("too-long", key, "", "the label's own name is too long");
            case Withheld.TOO_MUCH ->
                    Rejections.of("too-much", key, "", "the container's labels are too long");
            default ->
                    Rejections.of(
                            "withheld", key, withheld.text(), "its value did not leave the host");
        };
    }

    private void put(String key, String value, Rejections rejections) {
        String[] words = key.split("\\.", -1);
        String word = behind(words, 1);
        String ofRoute = words.length > 3 ? behind(words, 3) : "";
        if (key.startsWith(SignalboxKeys.PREFIX)
                && (isOf(SignalboxKeys.OF_CONTAINER, word) || HttpKeys.isOne(word))) {
            own.put(word, value);
        } else if (key.startsWith(SignalboxKeys.ROUTES) && isOf(SignalboxKeys.OF_ROUTE, ofRoute)) {
            putRoute(routes, key, ofRoute, value, rejections);
        } else if (key.startsWith(TcpKeys.TCP) && TcpKeys.WORDS.contains(ofRoute)) {
            putRoute(tcp, key, ofRoute, value, rejections);
        } else {
            rejections.add(unknown(key, value, words));
        }
    }

    private static boolean isOf(List<String> known, String word) {
        return known.contains(word) || RouteKeys.isField(word);
    }

    private static void putRoute(
            SortedMap<String, SortedMap<String, String>> routes,
            String key,
            String word,
            String value,
            Rejections rejections) {
        String route = key.split("\\.", -1)[2];
        if (!Names.isRoute(route)) {
            String rule =
                    "a route's name has 1 to 63 letters, digits, '_' or '-', and is not 'default'";
            rejections.add(Rejections.of("bad-route", key, value, rule));
        } else if (!routes.containsKey(route) && routes.size() == MOST_ROUTES) {
            String rule = "a container has at most " + MOST_ROUTES + " named routes";
            rejections.add(Rejections.of("too-many", key, value, rule));
        } else {
            routes.computeIfAbsent(route, _ -> new TreeMap<>()).put(word, value);
        }
    }

    private static Rejection unknown(String key, String value, String[] words) {
        return Rejections.of("unknown-key", key, value, "there is no such label", likely(words));
    }

    private static @Nullable String likely(String[] words) {
        if (words.length > 3 && cut(words[1]).equals("tcp") && Names.isRoute(words[2])) {
            String word = Spelling.nearest(behind(words, 3), TcpKeys.WORDS);
            return word == null ? null : TcpKeys.TCP + words[2] + "." + word;
        }
        boolean routes = words.length > 2 && Spelling.distance(cut(words[1]), "routes") <= 2;
        if (!routes) {
            String rest = behind(words, 1);
            String word = Spelling.nearest(rest, SignalboxKeys.OF_CONTAINER);
            String meant = word == null ? HttpKeys.likely(rest).orElse(null) : word;
            return meant == null ? null : SignalboxKeys.PREFIX + meant;
        }
        if (!Names.isRoute(words[2])) {
            return null;
        }
        return words.length == 3
                ? SignalboxKeys.ROUTES + words[2] + "." + SignalboxKeys.HOST
                : likelyOfRoute(words[2], behind(words, 3));
    }

    private static @Nullable String likelyOfRoute(String route, String rest) {
        String word = Spelling.nearest(rest, SignalboxKeys.OF_ROUTE);
        if (word != null) {
            return SignalboxKeys.ROUTES + route + "." + word;
        }
        String ofService = Spelling.nearest(rest, SignalboxKeys.OF_SERVICE);
        String meant = HttpKeys.isOne(rest) ? rest : ofService;
        return meant == null ? null : SignalboxKeys.PREFIX + meant;
    }

    /** The key from that word on; there must be one. */
    private static String behind(String[] words, int from) {
        return String.join(".", Arrays.asList(words).subList(from, words.length));
    }

    private static String cut(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.length() > 16 ? lower.substring(0, 16) : lower;
    }
}
