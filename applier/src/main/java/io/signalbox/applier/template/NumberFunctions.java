package io.signalbox.applier.template;

import java.util.Map;
import java.util.stream.LongStream;

/** Functions of whole numbers. */
final class NumberFunctions {
    private static final long LONGEST = 1_000_000;

    static final Map<String, Call.Body> ALL =
            Map.of(
                    "add", call -> Math.addExact(call.number(0), call.number(1)),
                    "sub", call -> Math.subtractExact(call.number(0), call.number(1)),
                    "mul", call -> Math.multiplyExact(call.number(0), call.number(1)),
                    "div", call -> call.number(0) / call.number(1),
                    "mod", call -> call.number(0) % call.number(1),
                    "seq", NumberFunctions::sequence,
                    "atoi", call -> parsed(call.text(0)));

    private NumberFunctions() {}

    private static Object sequence(Call call) {
        long first = call.number(0);
        long last = call.number(1);
        if (last - first > LONGEST) {
            throw new IllegalArgumentException("has more than " + LONGEST + " numbers");
        }
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static long parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no whole number: " + text, e);
        }
    }
}
