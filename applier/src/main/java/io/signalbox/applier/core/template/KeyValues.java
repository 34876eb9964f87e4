package io.signalbox.applier.core.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The servers as keys and values, to be asked as confd's templates ask its store: {@code
 * /services/<service>/<server>} is {@code <address>:<port>}. Values do not change.
 */
public final class KeyValues {
    private final SortedMap<String, String> values;

    private KeyValues(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** These keys and values. */
    public static KeyValues of(Map<String, String> values) {
        return new KeyValues(new TreeMap<>(values));
    }

    /**
     * What of them lies below a prefix, called by the rest of its key, and there is one of some
     * keys or lies below one.
     *
     * @param keys {@code /} for all
     */
    public KeyValues below(String prefix, List<String> keys) {
        String path = clean(prefix);
        SortedMap<String, String> some = new TreeMap<>();
        values.forEach(
                (key, value) -> {
                    if (path.equals("/") || key.startsWith(path + "/")) {
                        String rest = path.equals("/") ? key : key.substring(path.length());
                        if (keys.stream().anyMatch(one -> isAtOrBelow(clean(one), rest))) {
                            some.put(rest, value);
                        }
                    }
                });
        return new KeyValues(some);
    }

    private static boolean isAtOrBelow(String path, String key) {
        return path.equals("/") || key.equals(path) || key.startsWith(path + "/");
    }

    /** With one slash at the beginning, none at the end, and none twice. */
    private static String clean(String path) {
        String clean = ("/" + path).replaceAll("/+", "/");
        return clean.length() > 1 && clean.endsWith("/")
                ? clean.substring(0, clean.length() - 1)
                : clean;
    }

    /** Whether the key is there. */
    public boolean exists(String key) {
        return values.containsKey(clean(key));
    }

    /**
     * The key's value.
     *
     * @throws IllegalArgumentException if the key is not there
     */
    public String value(String key) {
        String value = values.get(clean(key));
        if (value == null) {
            throw new IllegalArgumentException("there is no key " + clean(key));
        }
        return value;
    }

    /** The key's value, or what stands in for it. */
    public String value(String key, String otherwise) {
        return values.getOrDefault(clean(key), otherwise);
    }

    /** Key and value as one. */
    public Map<String, Object> pair(String key) {
        return pairOf(clean(key), value(key));
    }

    /** Those whose key matches, sorted by key. */
    public List<Map<String, Object>> pairs(String pattern) {
        List<Map<String, Object>> found = new ArrayList<>();
        matching(pattern, (key, value) -> found.add(pairOf(key, value)));
        return found;
    }

    /** The values of those whose key matches, sorted. */
    public List<String> values(String pattern) {
        List<String> found = new ArrayList<>();
        matching(pattern, (_, value) -> found.add(value));
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private void matching(String pattern, BiConsumer<String, String> found) {
        KeyPattern wanted = KeyPattern.of(pattern);
        values.forEach(
                (key, value) -> {
                    if (wanted.matches(key)) {
                        found.accept(key, value);
                    }
                });
    }

    private static Map<String, Object> pairOf(String key, String value) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("key", key);
        pair.put("value", value);
        return pair;
    }

    /** The names of what lies directly below a key, sorted. */
    public List<String> children(String path) {
        return names(path, false);
    }

    /** The same, but only of what has something below itself. */
    public List<String> directories(String path) {
        return names(path, true);
    }

    private List<String> names(String path, boolean directoriesOnly) {
        String clean = clean(path);
        String above = clean.equals("/") ? "/" : clean + "/";
        SortedSet<String> names = new TreeSet<>();
        for (String key : values.tailMap(above).keySet()) {
            if (!key.startsWith(above)) {
                break;
            }
            String rest = key.substring(above.length());
            int slash = rest.indexOf('/');
            if (slash >= 0) {
                names.add(rest.substring(0, slash));
            } else if (!directoriesOnly) {
                names.add(rest);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValues same && values.equals(same.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
