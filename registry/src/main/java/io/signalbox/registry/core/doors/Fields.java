package io.signalbox.registry.core.doors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object's members by name; whatever is wrong is noted by its place, and {@link #end}
 * refuses what nobody asked for. Null counts as not given. One thread.
 */
public final class Fields {
    private final String at;
    private final Map<String, Json> members;
    private final Mistakes mistakes;
    private final Set<String> known = new TreeSet<>();
    private final boolean readable;

    private Fields(String at, Json json, Mistakes mistakes) {
        this.at = at;
        this.mistakes = mistakes;
        this.readable = json instanceof Json.Obj;
        this.members = json instanceof Json.Obj(Map<String, Json> all) ? all : Map.of();
        if (!readable) {
            mistakes.add(at.isEmpty() ? "the body" : at, "must be an object", json.kind());
        }
    }

    /**
     * The members of a value that must be an object.
     *
     * @param at the value's place; empty for the whole body
     */
    public static Fields of(String at, Json json, Mistakes mistakes) {
        return new Fields(at, json, mistakes);
    }

    /** The place of a member. */
    public String at(String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    /** A text that must be there and not be empty; empty after a mistake. */
    public String text(String key) {
        return optionalText(key).orElseGet(() -> missing(key, "a text", ""));
    }

    /** A text that may be left out; an empty one is a mistake. */
    public Optional<String> optionalText(String key) {
        return switch (member(key)) {
            case null -> Optional.empty();
            case Json.Text(String value) when !value.isBlank() -> Optional.of(value.strip());
            case Json.Text _ -> Optional.of(wrong(key, "must not be empty", "", ""));
            case Json other -> Optional.of(wrong(key, "must be a text", other.kind(), ""));
        };
    }

    /** Whether it is an object at all. */
    public boolean isObject() {
        return readable;
    }

    /** Whether a text stands there. */
    public boolean isText(String key) {
        return member(key) instanceof Json.Text;
    }

    /** A whole number that must be there; {@code from} after a mistake. */
    public int number(String key, int from, int to) {
        return optionalNumber(key, from, to)
                .orElseGet(() -> missing(key, "a whole number from " + from + " to " + to, from));
    }

    /** A whole number that may be left out. */
    public Optional<Integer> optionalNumber(String key, int from, int to) {
        String rule = "must be a whole number from " + from + " to " + to;
        return switch (member(key)) {
            case null -> Optional.empty();
            case Json.Num(var value)
                    when value.stripTrailingZeros().scale() <= 0
                            && value.precision() - value.scale() < 12
                            && value.longValue() >= from
                            && value.longValue() <= to ->
                    Optional.of((int) value.longValue());
            case Json.Num(var value) -> Optional.of(wrong(key, rule, value.toString(), from));
            case Json other -> Optional.of(wrong(key, rule, other.kind(), from));
        };
    }

    /** A list that may be left out, its elements read one by one with their places. */
    public <T> List<T> list(String key, Reader<T> element) {
        return switch (member(key)) {
            case null -> List.of();
            case Json.Arr(List<Json> elements) -> {
                List<T> all = new ArrayList<>();
                for (int i = 0; i < elements.size(); i++) {
                    all.add(element.read(at(key) + "[" + i + "]", elements.get(i)));
                }
                yield all;
            }
            case Json other -> wrong(key, "must be a list", other.kind(), List.of());
        };
    }

    /** An object of texts that may be left out; numbers, true and false count as their text. */
    public Map<String, String> texts(String key) {
        return switch (member(key)) {
            case null -> Map.of();
            case Json.Obj(Map<String, Json> all) -> {
                Map<String, String> texts = new LinkedHashMap<>();
                all.forEach((name, value) -> texts.put(name, text(key, name, value)));
                yield texts;
            }
            case Json other -> wrong(key, "must be an object of texts", other.kind(), Map.of());
        };
    }

    /** Whether a value stands there that is not null. */
    public boolean has(String key) {
        return member(key) != null;
    }

    /** Refuses every member that was not asked for; called once all were. */
    public void end() {
        if (!readable) {
            return;
        }
        for (String key : members.keySet()) {
            if (!known.contains(key)) {
                mistakes.add(
                        at(key), "is not known here; known are " + String.join(", ", known), "");
            }
        }
    }

    /** A checked form of a text; null and a mistake where it has none. */
    public <T> @Nullable T checked(String key, String text, Function<String, T> read) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (io.signalbox.haproxy.IllegalValue e) {
            mistakes.add(at(key), e.rule(), text);
            return null;
        }
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads it.
         *
         * @param at its place
         */
        T read(String at, Json json);
    }

    private @Nullable Json member(String key) {
        known.add(key);
        Json value = members.get(key);
        return value instanceof Json.Null ? null : value;
    }

    private String text(String key, String name, Json value) {
        return switch (value) {
            case Json.Text(String text) -> text;
            case Json.Bool(boolean bool) -> Boolean.toString(bool);
            case Json.Num(var number) -> number.toPlainString();
            case Json.Obj _, Json.Arr _, Json.Null _ -> {
                mistakes.add(at(key) + "." + name, "must be a text", value.kind());
                yield "";
            }
        };
    }

    private <T> T missing(String key, String what, T instead) {
        if (readable) {
            mistakes.add(at(key), "must be given: " + what, "");
        }
        return instead;
    }

    private <T> T wrong(String key, String rule, String value, T instead) {
        mistakes.add(at(key), rule, value);
        return instead;
    }
}
