package io.signalbox.schemas;

import org.jspecify.annotations.Nullable;

/**
 * Between the value of a topic's records and their bytes ({@code 00 <4-byte schema id> <Avro>}).
 * Thread-safe.
 */
public interface Codec<T> {

    /**
     * The bytes of a value.
     *
     * @throws SchemaRegistryUnavailable when the schema's id is not known yet and the registry does
     *     not answer: a passing failure
     */
    byte[] encode(T value);

    /**
     * The value of the bytes; null bytes are a tombstone. Anything that cannot be read is {@link
     * Decoded.Poison}, never an exception.
     *
     * @throws SchemaRegistryUnavailable when the writer's schema is not known yet and the registry
     *     does not answer: a passing failure
     */
    Decoded<T> decode(byte @Nullable [] bytes);
}
