package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a batch of facts and hands them to the partition's owner. A record that cannot be read is
 * named and passed over, and its sender is asked to say everything again.
 */
record FactReader(Codec<Event> codec, RegistryMetrics metrics) {
    private static final Logger log = LoggerFactory.getLogger(FactReader.class);

    void fold(PartitionOwner owner, List<ConsumerRecord<byte[], byte[]>> batch) {
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            switch (codec.decode(record.value())) {
                case Decoded.Value<Event>(Event event) -> {
                    owner.fold(record.offset(), Instant.ofEpochMilli(record.timestamp()), event);
                    metrics.facts.increment();
                }
                case Decoded.Tombstone<Event> _ -> skip(owner, record, "it has no value");
                case Decoded.Poison<Event>(String reason) -> skip(owner, record, reason);
            }
        }
        owner.endBatch();
    }

    private void skip(PartitionOwner owner, ConsumerRecord<byte[], byte[]> record, String reason) {
        byte[] key = record.key();
        owner.unreadable(record.offset(), key == null ? "" : new String(key, UTF_8));
        metrics.unreadable.increment();
        log.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", reason)
                .log("fact cannot be read, it changes nothing");
    }
}
