package io.signalbox.schemas.codec;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the codecs of the topics under one prefix; they share one client. Thread-safe. */
public final class ConfluentCodecs implements AutoCloseable {

    /** A text that no topic's largest record could hold. */
    private static final String LONGEST_TEXT = Integer.toString(16 << 20);

    static {
        limit("org.apache.avro.limits.string.maxLength");
        limit("org.apache.avro.limits.bytes.maxLength");
    }

    private final String prefix;
    private final RegistryClient client;
    private final Map<String, Object> config = new HashMap<>();
    private final Map<Topic, AvroCodec<?>> codecs = new ConcurrentHashMap<>();

    /** Asks the registry for nothing yet. */
    public ConfluentCodecs(SchemaRegistrySettings settings, String prefix) {
        this.prefix = prefix;
        this.client = new RegistryClient(settings);
        config.putAll(settings.clientProperties());
        config.put("schema.registry.url", settings.url());
        config.put("auto.register.schemas", false);
        config.put("use.latest.version", false);
        config.put("value.subject.name.strategy", TopicSubjects.class.getName());
    }

    private static void limit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, LONGEST_TEXT);
        }
    }

    /**
     * The codec of a topic.
     *
     * @param type of the topic's values
     */
    @SuppressWarnings("unchecked")
    public <T> Codec<T> of(Topic topic, Class<T> type) {
        if (type != TopicSchemas.type(topic)) {
            throw new IllegalArgumentException(topic + " does not hold " + type);
        }
        return (Codec<T>) codecs.computeIfAbsent(topic, absent -> make(absent, type));
    }

    private <T> AvroCodec<T> make(Topic topic, Class<T> type) {
        RecordBinding binding = Bindings.of(type, TopicSchemas.newest(topic));
        return new AvroCodec<>(prefix + topic.shortName(), type, binding, client, config);
    }

    /**
     * Learns the ids of the schemas that all topics are written with.
     *
     * @throws SchemaRegistryUnavailable when neither the registry nor the cache on disk knows one
     */
    public void warmUp() {
        for (Topic topic : Topic.values()) {
            AvroSchema schema = new AvroSchema(TopicSchemas.newest(topic));
            client.getId(TopicSchemas.subject(prefix, topic), schema);
        }
    }

    @Override
    public void close() {
        codecs.values().forEach(AvroCodec::close);
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
