package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is said of a container as a whole, label by label. A bad value is reported with the
 * rule that it breaks, and counts as not said.
 *
 * @param own the values by the key behind the prefix
 */
record LabelReader(Map<String, String> own, Rejections rejections) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ORDINAL = Pattern.compile("[1-9]|1[0-9]|20");

    /** Whether anything, good or bad, is said. */
    boolean has(String word) {
        return own.containsKey(word);
    }

    /** Whether any of these is said. */
    boolean hasAny(List<String> words) {
        return words.stream().anyMatch(own::containsKey);
    }

    /** The value, read so from key and text; null where nothing good is said. */
    <T> @Nullable T said(String word, BiFunction<String, String, Parsed<T>> parse) {
        String value = own.get(word);
        return value == null ? null : good(parse.apply(key(word), value));
    }

    /**
     * The value, read so; null where nothing good is said.
     *
     * @param code of the rejection of what HAProxy could not have
     */
    <T> @Nullable T said(String word, String code, Function<String, T> read) {
        return said(word, (key, value) -> parsed(key, value, code, read));
    }

    /** What a value says, with the label that it is of; null where it is bad. */
    <T> @Nullable T checked(String word, String value, String code, Function<String, T> read) {
        return good(parsed(key(word), value, code, read));
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
                    } else if (ORDINAL.matcher(number).matches()) {
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

    private <T> @Nullable T good(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T good) -> good;
            case Parsed.Bad<T>(Rejection rejection) -> {
                rejections.add(rejection);
                yield null;
            }
        };
    }

    private static <T> Parsed<T> parsed(
            String key, String value, String code, Function<String, T> read) {
        try {
            return new Parsed.Good<>(read.apply(Values.trimmed(value)));
        } catch (IllegalValue e) {
            String rule = e.subject() + " " + e.rule();
            return new Parsed.Bad<>(Rejections.of(code, key, value, rule));
        }
    }

    /** The good ones of a comma-separated list, each once. */
    <T> List<T> list(String word, String code, Function<String, T> read) {
        String value = own.get(word);
        if (value == null) {
            return List.of();
        }
        List<T> good = new ArrayList<>();
        for (String text : value.split(",", -1)) {
            T one = checked(word, text, code, read);
            if (one != null) {
                good.add(one);
            }
        }
        return good.stream().distinct().toList();
    }

    /**
     * A whole number from one to another, both included.
     *
     * @param code of the rejection of any other value
     */
    @Nullable Integer number(String word, String code, int from, int to) {
        String rule = "it is a whole number from " + from + " to " + to;
        return said(
                word,
                (key, value) -> {
                    String text = Values.trimmed(value);
                    if (NUMBER.matcher(text).matches()) {
                        int number = Integer.parseInt(text);
                        if (number >= from && number <= to) {
                            return new Parsed.Good<>(number);
                        }
                    }
                    return new Parsed.Bad<>(Rejections.of(code, key, value, rule));
                });
    }

    /** Whether the value is {@code true}; false where nothing good is said. */
    boolean truth(String word) {
        return Boolean.TRUE.equals(said(word, Values::truth));
    }

    /**
     * One of some words.
     *
     * @param code of the rejection of any other
     */
    @Nullable String oneOf(String word, String code, Collection<String> words) {
        return said(
                word,
                (key, value) -> {
                    String text = Values.trimmed(value);
                    return words.contains(text)
                            ? new Parsed.Good<>(text)
                            : new Parsed.Bad<>(
                                    Rejections.of(
                                            code,
                                            key,
                                            value,
                                            "it is one of " + String.join(", ", words),
                                            Spelling.nearest(text, words)));
                });
    }

    /**
     * Text of a shape.
     *
     * @param code of the rejection of any other
     * @param rule what the shape is, in words
     */
    @Nullable String text(String word, String code, Pattern shape, String rule) {
        return said(
                word,
                (key, value) -> {
                    String text = Values.trimmed(value);
                    return shape.matcher(text).matches()
                            ? new Parsed.Good<>(text)
                            : new Parsed.Bad<>(Rejections.of(code, key, value, rule));
                });
    }

    /** Reports that a value, or a part of one, is not followed. */
    void reject(String word, String value, String code, String rule) {
        rejections.add(Rejections.of(code, key(word), value, rule));
    }

    /** Reports that a value which is good by itself is not followed. */
    void refuse(String word, String code, String rule, @Nullable String likely) {
        String value = own.getOrDefault(word, "");
        rejections.add(Rejections.of(code, key(word), value, rule, likely));
    }

    /** The whole key of a word. */
    static String key(String word) {
        return SignalboxKeys.PREFIX + word;
    }
}
