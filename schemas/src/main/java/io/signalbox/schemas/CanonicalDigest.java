package io.signalbox.schemas;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over values written so that two different values never give the same bytes: texts and
 * lists carry their length, absent values a mark of their own. One thread.
 */
final class CanonicalDigest {
    private final MessageDigest digest = sha256();

    CanonicalDigest number(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    CanonicalDigest truth(boolean value) {
        digest.update((byte) (value ? 1 : 0));
        return this;
    }

    CanonicalDigest text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
        return this;
    }

    CanonicalDigest time(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    CanonicalDigest duration(Duration value) {
        return number(value.getSeconds()).number(value.getNano());
    }

    CanonicalDigest bytes(byte[] value) {
        digest.update(value);
        return this;
    }

    CanonicalDigest texts(List<String> values) {
        return list(values, this::text);
    }

    <T> CanonicalDigest list(List<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
        return this;
    }

    <T> CanonicalDigest optional(@Nullable T value, Consumer<T> write) {
        truth(value != null);
        if (value != null) {
            write.accept(value);
        }
        return this;
    }

    /**
     * What a component of a policy says, under its name: if it is null, empty or false, or a record
     * that is always there and of which all components are so, it says nothing and leaves the hash
     * as it is. So a further component changes no hash of what does without it.
     *
     * @param mayBeNull whether a record says something by being there
     */
    CanonicalDigest said(String name, @Nullable Object value, boolean mayBeNull) {
        switch (value) {
            case null -> {}
            case Boolean truth when !truth -> {}
            case Boolean _ -> text(name);
            case String text when text.isEmpty() -> {}
            case String text -> text(name).text(text);
            case Integer number -> text(name).number(number);
            case Duration duration -> text(name).duration(duration);
            case Enum<?> constant -> text(name).text(constant.name());
            case List<?> list when list.isEmpty() -> {}
            case List<?> list -> text(name).list(list, this::element);
            case Record policy when mayBeNull -> text(name).components(name, policy);
            case Record policy -> components(name, policy);
            default -> throw new IllegalArgumentException("not part of a policy: " + value);
        }
        return this;
    }

    private void element(Object element) {
        switch (element) {
            case String text -> text(text);
            case Record policy -> components("", policy).text("");
            default -> throw new IllegalArgumentException("not part of a policy: " + element);
        }
    }

    private CanonicalDigest components(String name, Record policy) {
        for (Component component : COMPONENTS.get(policy.getClass())) {
            said(name + "." + component.name(), component.of(policy), component.mayBeNull());
        }
        return this;
    }

    /** What a record consists of; looked up once, since reflection costs more than the digest. */
    private static final ClassValue<List<Component>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<Component> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(Component::new).toList();
                }
            };

    private record Component(String name, Method accessor, boolean mayBeNull) {
        Component(RecordComponent component) {
            this(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable Object of(Record policy) {
            try {
                return accessor.invoke(policy);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(policy.getClass() + " cannot be read", e);
            }
        }
    }

    byte[] result() {
        return digest.digest();
    }

    String hex() {
        return HexFormat.of().formatHex(result());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
