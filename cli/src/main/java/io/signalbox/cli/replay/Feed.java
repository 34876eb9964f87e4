package io.signalbox.cli.replay;

import io.signalbox.schemas.Decoded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition in order, from its beginning to the end that it had when the replay
 * began. One thread.
 */
public interface Feed<T> extends AutoCloseable {

    /**
     * One record.
     *
     * @param key empty where there is none
     * @param appendedAt LogAppendTime
     */
    record Entry<T>(long offset, String key, Instant appendedAt, Decoded<T> value) {}

    /** The next record, which stays the next one; null at the end. */
    @Nullable Entry<T> peek();

    /** Passes over the record that was peeked at. */
    void advance();

    /** The next record; null at the end. */
    default @Nullable Entry<T> next() {
        Entry<T> entry = peek();
        if (entry != null) {
            advance();
        }
        return entry;
    }

    @Override
    void close();
}
