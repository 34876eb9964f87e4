package io.signalbox.applier.template;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments with which a template calls a function.
 *
 * @param arguments in their order
 */
record Call(List<@Nullable Object> arguments) {

    /** What a function does; what it throws becomes a mistake of the template's line. */
    @FunctionalInterface
    interface Body {
        Object apply(Call call) throws IOException;
    }

    static Call of(Map<String, Object> named) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; named.containsKey(Integer.toString(i)); i++) {
            arguments.add(named.get(Integer.toString(i)));
        }
        return new Call(arguments);
    }

    int count() {
        return arguments.size();
    }

    boolean has(int index) {
        return index < arguments.size();
    }

    Object any(int index) {
        Object value = has(index) ? arguments.get(index) : null;
        if (value == null) {
            throw new IllegalArgumentException(
                    "needs " + (index + 1) + " arguments, not " + count());
        }
        return value;
    }

    String text(int index) {
        return switch (any(index)) {
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> throw wrong(index, "a text");
        };
    }

    long number(int index) {
        return switch (any(index)) {
            case Long number -> number;
            case Integer number -> number;
            default -> throw wrong(index, "a whole number");
        };
    }

    List<Object> list(int index) {
        if (any(index) instanceof Collection<?> values) {
            return new ArrayList<>(values);
        }
        throw wrong(index, "a list");
    }

    List<String> texts(int index) {
        return list(index).stream().map(String::valueOf).toList();
    }

    private IllegalArgumentException wrong(int index, String what) {
        return new IllegalArgumentException(
                "argument %d must be %s: %s".formatted(index + 1, what, any(index)));
    }
}
