package io.signalbox.schemas.codec;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random values of the types of the log, always the same for one seed. */
final class RandomValues {

    private final RandomGenerator random;

    RandomValues(RandomGenerator random) {
        this.random = random;
    }

    /** A value of a record, a sealed type, an enum or a scalar. */
    Object of(Class<?> type) {
        if (type.isSealed()) {
            List<Class<?>> cases =
                    Reflection.cases(type).stream()
                            .filter(each -> !each.getSimpleName().equals(Bindings.UNKNOWN))
                            .toList();
            return of(cases.get(random.nextInt(cases.size())));
        }
        if (type.isRecord()) {
            return record(type);
        }
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        return switch (type.getSimpleName()) {
            case "String" -> text();
            case "boolean", "Boolean" -> random.nextBoolean();
            case "int", "Integer" -> random.nextInt();
            case "long", "Long" -> random.nextLong();
            case "Instant" -> Instant.EPOCH.plusNanos(random.nextLong());
            case "Duration" -> Duration.ofNanos(random.nextLong());
            default -> throw new IllegalArgumentException("no random " + type);
        };
    }

    private Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = of(components[i].getAnnotatedType());
        }
        Object made = Reflection.construct(Reflection.constructor(type), values);
        if (made == null) {
            throw new IllegalStateException();
        }
        return made;
    }

    private @Nullable Object of(AnnotatedType type) {
        if (type.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
            return null;
        }
        if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            return arguments.length == 1 ? list(arguments[0]) : map(arguments[1]);
        }
        return of((Class<?>) type.getType());
    }

    private List<@Nullable Object> list(AnnotatedType item) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(of(item));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(AnnotatedType item) {
        Map<String, @Nullable Object> map = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(), of(item));
        }
        return map;
    }

    private String text() {
        String[] pieces = {
            "", "a", "web-1", "\n", "\"';", "ü€", "\uD83D\uDE00", "\0", "x".repeat(99)
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
