package io.signalbox.renderer;

import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A codec inside one JVM: the bytes are a number that the value is kept under. */
final class MemoryCodec<T> implements Codec<T> {
    private final AtomicLong next = new AtomicLong();
    private final Map<Long, T> values = new ConcurrentHashMap<>();

    @Override
    public byte[] encode(T value) {
        long number = next.incrementAndGet();
        values.put(number, value);
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public Decoded<T> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Decoded.Tombstone<>();
        }
        if (bytes.length != Long.BYTES) {
            return new Decoded.Poison<>("it is no number");
        }
        T value = values.get(ByteBuffer.wrap(bytes).getLong());
        return value == null
                ? new Decoded.Poison<>("its number is unknown")
                : new Decoded.Value<>(value);
    }
}
