package io.signalbox.registry;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Sets a consumer back to the first records of a batch that were not taken in. */
final class Rewind {
    private Rewind() {}

    /**
     * The batch will be polled again from the first record that was not taken.
     *
     * @param taken how many of the batch, in its order, were taken in
     */
    static void rewind(
            Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records, int taken) {
        Map<TopicPartition, Long> back = new HashMap<>();
        int index = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (index++ >= taken) {
                back.putIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), record.offset());
            }
        }
        back.forEach(consumer::seek);
    }
}
