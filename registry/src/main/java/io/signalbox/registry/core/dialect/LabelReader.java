package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads labels one by one. What HAProxy could not have is reported with the rule that it breaks.
 *
 * @param own what is said of the container as a whole, by the key behind the prefix
 */
record LabelReader(Map<String, String> own, Rejections rejections) {
    private static final Pattern NUMBER = Pattern.compile("[1-9]|1[0-9]|20");

    /** Whether there is such a label, good or bad. */
    boolean isSaid(String word) {
        return own.containsKey(word);
    }

    /** What a label says; null where it says nothing or something bad. */
    <T> @Nullable T said(String word, String code, Function<String, T> read) {
        String value = own.get(word);
        return value == null ? null : checked(word, value, code, read);
    }

    /** What a value says, with the label that it is of; null where it is bad. */
    <T> @Nullable T checked(String word, String value, String code, Function<String, T> read) {
        try {
            return read.apply(Values.trimmed(value));
        } catch (IllegalValue e) {
            reject(word, value, code, e.subject() + " " + e.rule());
            return null;
        }
    }

    /** The good ones of a comma-separated list, each once. */
    <T> List<T> list(String word, String code, Function<String, T> reader) {
        String value = own.get(word);
        if (value == null) {
            return List.of();
        }
        List<T> good = new ArrayList<>();
        for (String one : value.split(",", -1)) {
            T read = checked(word, one, code, reader);
            if (read != null) {
                good.add(read);
            }
        }
        return good.stream().distinct().toList();
    }

    /**
     * What a label says and those of its name with a number behind it: that without a number first,
     * then by number. Bad ones are left out.
     */
    <T> List<T> numbered(String word, String code, Function<String, T> read) {
        String beginning = word + ".";
        SortedMap<Integer, String> words = new TreeMap<>();
        own.forEach(
                (key, value) -> {
                    String number =
                            key.startsWith(beginning) ? key.substring(beginning.length()) : "";
                    if (key.equals(word)) {
                        words.put(0, key);
                    } else if (NUMBER.matcher(number).matches()) {
                        words.put(Integer.valueOf(number), key);
                    } else if (key.startsWith(beginning)) {
                        reject(key, value, code, "its number must be 1 to 20");
                    }
                });
        List<T> good = new ArrayList<>();
        for (String one : words.values()) {
            T said = said(one, code, read);
            if (said != null) {
                good.add(said);
            }
        }
        return good;
    }

    /** What a label that is true or false says; null where it says nothing or something bad. */
    @Nullable Boolean truth(String word) {
        String value = own.get(word);
        if (value == null) {
            return null;
        }
        return switch (Values.truth(SignalboxKeys.PREFIX + word, value)) {
            case Parsed.Good<Boolean>(Boolean truth) -> truth;
            case Parsed.Bad<Boolean>(Rejection rejection) -> {
                rejections.add(rejection);
                yield null;
            }
        };
    }

    void reject(String word, String value, String code, String rule) {
        rejections.add(Rejections.of(code, SignalboxKeys.PREFIX + word, value, rule));
    }
}
