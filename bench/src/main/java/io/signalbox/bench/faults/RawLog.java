package io.signalbox.bench.faults;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can do to the topics who knows nothing of Signalbox: change, empty and delete them,
 * and write whatever bytes. Used by one thread.
 */
final class RawLog implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final int LARGEST_REQUEST = 32 << 20;

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    RawLog(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                LARGEST_REQUEST,
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                2L * LARGEST_REQUEST),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Gives a topic one other setting; null for the broker's own. */
    void set(String topic, String setting, @Nullable String value) throws IOException {
        AlterConfigOp change =
                new AlterConfigOp(
                        new ConfigEntry(setting, value),
                        value == null ? AlterConfigOp.OpType.DELETE : AlterConfigOp.OpType.SET);
        await(
                admin.incrementalAlterConfigs(
                                Map.of(
                                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                        List.of(change)))
                        .all());
    }

    /** Deletes all records of a topic. */
    void empty(String topic) throws IOException {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < describe(topic).partitions().size(); partition++) {
            all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1));
        }
        await(admin.deleteRecords(all).all());
    }

    /** Deletes a topic. */
    void delete(String topic) throws IOException {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    /** The id that a topic has, in Kafka's own words. */
    String id(String topic) throws IOException {
        return describe(topic).topicId().toString();
    }

    Collection<String> topics() throws IOException {
        return await(admin.listTopics().names());
    }

    int partitions(String topic) throws IOException {
        return describe(topic).partitions().size();
    }

    /** Writes a record and waits until it is acknowledged; its offset. */
    long write(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value)
            throws IOException {
        try {
            return producer.send(new ProducerRecord<>(topic, partition, key, value))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(topic + ": " + e, e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private TopicDescription describe(String topic) throws IOException {
        return await(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    private static <T> T await(@Nullable KafkaFuture<T> future) throws IOException {
        if (future == null) {
            throw new IOException("not asked for");
        }
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e.toString(), e);
        }
    }
}
