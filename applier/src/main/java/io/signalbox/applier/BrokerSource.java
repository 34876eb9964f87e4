package io.signalbox.applier;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.SchemaWatch;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** The group's topic as the brokers have it. */
record BrokerSource(
        KafkaClients clients,
        BrokerWatch brokers,
        SchemaWatch schemas,
        Codec<ConfigRecord> codec,
        String topic)
        implements ConfigSource {

    @Override
    public Uuid awaitId() throws InterruptedException {
        brokers.awaitTopics();
        return brokers.awaitId(topic);
    }

    @Override
    public void accept(BrokerWatch.Recreated change) {
        brokers.accept(change);
    }

    @Override
    public Consumer<byte[], byte[]> reader() {
        return clients.reader("configs");
    }

    @Override
    public Decoded<ConfigRecord> decode(byte @Nullable [] value) throws InterruptedException {
        return schemas.patiently(() -> codec.decode(value));
    }

    @Override
    public void pause(Duration wait) throws InterruptedException {
        Thread.sleep(wait);
    }
}
