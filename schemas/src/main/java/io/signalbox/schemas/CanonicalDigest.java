package io.signalbox.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
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
