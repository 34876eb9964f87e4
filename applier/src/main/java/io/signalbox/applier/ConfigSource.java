package io.signalbox.applier;

import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What {@link KafkaConfigLog} reads the group's topic through. */
interface ConfigSource {

    /** The topic's id; waits until the topic is there and right. */
    Uuid awaitId() throws InterruptedException;

    /** Somebody new who reads; whoever asks closes it. */
    Consumer<byte[], byte[]> reader();

    /** What a record says; waits until its schema can be looked up. */
    Decoded<ConfigRecord> decode(byte @Nullable [] value) throws InterruptedException;

    /** Waits before the next try. */
    void pause(Duration wait) throws InterruptedException;
}
