package io.signalbox.schemas.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Java says about records and sealed types. */
final class Reflection {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private Reflection() {}

    /** The canonical constructor, taking one {@code Object[]} and giving an {@code Object}. */
    static MethodHandle constructor(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return LOOKUP.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no public canonical constructor", e);
        }
    }

    /** A component's accessor, from {@code Object} to {@code Object}. */
    static MethodHandle accessor(RecordComponent component) {
        try {
            return LOOKUP.unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** Gives the value itself: the accessor of a record that consists of its cases only. */
    static MethodHandle itself() {
        return MethodHandles.identity(Object.class);
    }

    /** Gives the only value: the constructor of a record that consists of its cases only. */
    static MethodHandle only() {
        return MethodHandles.insertArguments(
                MethodHandles.arrayElementGetter(Object[].class), 1, 0);
    }

    /** All records that a sealed type permits, also through sealed types between. */
    static Set<Class<?>> cases(Class<?> sealedType) {
        Set<Class<?>> cases = new LinkedHashSet<>();
        for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                cases.addAll(cases(permitted));
            } else {
                cases.add(permitted);
            }
        }
        return cases;
    }

    static @Nullable Object get(MethodHandle accessor, Object value) {
        try {
            return accessor.invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static @Nullable Object construct(MethodHandle constructor, @Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
