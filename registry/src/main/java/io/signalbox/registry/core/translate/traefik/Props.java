package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one router, service or middleware, by the key behind its name in small letters.
 */
final class Props {
    private static final Pattern INDEX = Pattern.compile("\\[\\d{1,4}\\]");

    private final SortedMap<String, Said> said = new TreeMap<>();
    private final TreeSet<String> kinds = new TreeSet<>();
    private @Nullable String closed;

    /** Takes one label; false where another one says something else of the same. */
    boolean add(String word, Said label) {
        Said known = said.putIfAbsent(word, label);
        return known == null || known.value().equals(label.value());
    }

    /** Notes that something of that kind is said. */
    void kind(String word) {
        kinds.add(word.split("[.\\[]", 2)[0]);
    }

    /** Of which kinds something is said. */
    List<String> kinds() {
        return List.copyOf(kinds);
    }

    /** Lets nothing be served by it. */
    void close(String reason) {
        closed = closed == null ? reason : closed;
    }

    /** Why nothing is served by it; null where it is. */
    @Nullable String closed() {
        return closed;
    }

    /** The first of all labels. */
    Optional<Said> first() {
        return said.values().stream().findFirst();
    }

    Optional<Said> get(String word) {
        return Optional.ofNullable(said.get(word));
    }

    boolean isTrue(String word) {
        return get(word).filter(Said::isTrue).isPresent();
    }

    /** All that begin so. */
    List<Said> beginning(String beginning) {
        return said.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(beginning))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }

    /** The parts of a list, which may be one label with commas or several with an index. */
    List<Said> list(String word) {
        return said.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), word))
                .map(java.util.Map.Entry::getValue)
                .toList();
    }

    private static boolean isOf(String key, String word) {
        return key.startsWith(word)
                && (key.length() == word.length()
                        || INDEX.matcher(key.substring(word.length())).matches());
    }

    /** The values of such a list. */
    static List<String> values(List<Said> list) {
        return list.stream()
                .flatMap(one -> java.util.Arrays.stream(one.value().split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
