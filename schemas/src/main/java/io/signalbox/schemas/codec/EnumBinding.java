package io.signalbox.schemas.codec;

import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An enum by its constants' names. A name of a newer version is read as {@code UNKNOWN} where the
 * Java type has that constant; where it has none, the record is poison.
 */
final class EnumBinding implements Binding {

    private static final String UNKNOWN = "UNKNOWN";

    private final String type;
    private final Map<String, Enum<?>> constants = new HashMap<>();
    private final IdentityHashMap<Object, Integer> symbols = new IdentityHashMap<>();
    private final Enum<?> first;

    EnumBinding(Class<?> type, Schema schema) {
        ScalarBinding.expect(schema, Schema.Type.ENUM);
        this.type = type.getSimpleName();
        List<Enum<?>> all =
                List.of(type.getEnumConstants()).stream().<Enum<?>>map(Enum.class::cast).toList();
        all.forEach(constant -> constants.put(constant.name(), constant));
        all.stream()
                .filter(constant -> !schema.hasEnumSymbol(constant.name()))
                .findFirst()
                .ifPresent(constant -> fail(constant, schema));
        all.forEach(c -> symbols.put(c, schema.getEnumOrdinal(c.name())));
        first = constants.getOrDefault(UNKNOWN, all.getFirst());
    }

    private static void fail(Enum<?> constant, Schema schema) {
        throw new IllegalStateException(
                "the schema of " + schema.getFullName() + " has no symbol " + constant);
    }

    @Override
    public void write(@Nullable Object value, Encoder out) throws IOException {
        Integer symbol = value == null ? null : symbols.get(value);
        if (symbol == null) {
            throw new IllegalArgumentException("not a constant of " + type + ": " + value);
        }
        out.writeEnum(symbol);
    }

    @Override
    public Plan plan(Schema writer) {
        ScalarBinding.expect(writer, Schema.Type.ENUM);
        List<String> written = writer.getEnumSymbols();
        @Nullable Enum<?>[] known = new Enum<?>[written.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = constants.getOrDefault(written.get(i), constants.get(UNKNOWN));
        }
        return in -> {
            int index = in.readEnum();
            if (index < 0 || index >= known.length) {
                throw new Unreadable(type + " has no symbol number " + index);
            }
            Enum<?> constant = known[index];
            if (constant == null) {
                throw new Unreadable(
                        type + " '" + written.get(index) + "' is not known to this version");
            }
            return constant;
        };
    }

    @Override
    public Object zero() {
        return first;
    }
}
