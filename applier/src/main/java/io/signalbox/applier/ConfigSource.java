package io.signalbox.applier;

import io.signalbox.process.BrokerWatch;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What {@link KafkaConfigLog} reads the group's topic through. */
interface ConfigSource {

    /** The id that the topic has at this moment; waits until it is there. */
    Uuid awaitId() throws InterruptedException;

    /** The topic is read as it is now: what it was before is no fault any more. */
    void accept(BrokerWatch.Recreated change);

    /** Somebody new who reads; whoever asks closes it. */
    Consumer<byte[], byte[]> reader();

    /** What a record says; waits until its schema can be looked up. */
    Decoded<ConfigRecord> decode(byte @Nullable [] value) throws InterruptedException;

    /** Waits before the next try. */
    void pause(Duration wait) throws InterruptedException;
}
