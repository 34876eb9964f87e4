package io.signalbox.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Properties of Kafka's own clients, passed through: {@code SIGNALBOX_KAFKA_SECURITY_PROTOCOL} is
 * {@code security.protocol}. Each goes to those clients that know it. Properties that Signalbox
 * relies on cannot be set.
 *
 * @param byName such as {@code security.protocol}
 */
public record KafkaProperties(Map<String, String> byName) {
    /** What the keys begin with. */
    static final String KEY_PREFIX = Setting.KEY_PREFIX + "KAFKA_";

    private static final Set<String> OURS =
            Set.of(
                    "acks",
                    "allow.auto.create.topics",
                    "auto.offset.reset",
                    "bootstrap.servers",
                    "client.id",
                    "enable.auto.commit",
                    "enable.idempotence",
                    "fetch.min.bytes",
                    "group.id",
                    "group.protocol",
                    "key.deserializer",
                    "key.serializer",
                    "transactional.id",
                    "value.deserializer",
                    "value.serializer");

    /** Copies the properties. */
    public KafkaProperties {
        byName = Map.copyOf(byName);
    }

    /** No property. */
    public static KafkaProperties none() {
        return new KafkaProperties(Map.of());
    }

    /**
     * Reads all {@code SIGNALBOX_KAFKA_…} keys of the sources and adds what is wrong to mistakes.
     */
    static KafkaProperties read(SettingSources sources, List<String> mistakes) {
        Map<String, String> byName = new TreeMap<>();
        for (String key : sources.keys()) {
            if (key.startsWith(KEY_PREFIX)) {
                sources.given(key)
                        .ifPresent(
                                given ->
                                        check(key, given.text())
                                                .ifPresentOrElse(
                                                        mistakes::add,
                                                        () ->
                                                                byName.put(
                                                                        nameOf(key),
                                                                        given.text())));
            }
        }
        return new KafkaProperties(byName);
    }

    /** The properties that a producer knows. */
    Map<String, Object> forProducer() {
        return known(byName.isEmpty() ? null : ProducerConfig.configDef());
    }

    /** The properties that a consumer knows. */
    Map<String, Object> forConsumer() {
        return known(byName.isEmpty() ? null : ConsumerConfig.configDef());
    }

    /** The properties that an admin client knows. */
    Map<String, Object> forAdmin() {
        return known(byName.isEmpty() ? null : AdminClientConfig.configDef());
    }

    /** A property's value as it may be shown. */
    static String shown(String name, String value) {
        boolean secret =
                definitions().stream()
                        .map(definition -> definition.configKeys().get(name))
                        .anyMatch(key -> key != null && key.type == ConfigDef.Type.PASSWORD);
        return secret ? "****" : value;
    }

    /** The names only: values may be secret. */
    @Override
    public String toString() {
        return "KafkaProperties" + new TreeSet<>(byName.keySet());
    }

    static String nameOf(String key) {
        return key.substring(KEY_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static String keyOf(String name) {
        return KEY_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private Map<String, Object> known(@Nullable ConfigDef definition) {
        Map<String, Object> known = new HashMap<>(byName);
        if (definition != null) {
            known.keySet().retainAll(definition.names());
        }
        return known;
    }

    private static List<ConfigDef> definitions() {
        return List.of(
                ProducerConfig.configDef(),
                ConsumerConfig.configDef(),
                AdminClientConfig.configDef());
    }

    private static Optional<String> check(String key, String value) {
        String name = nameOf(key);
        if (OURS.contains(name)) {
            return Optional.of(key + " cannot be set: Signalbox relies on its own " + name);
        }
        List<ConfigDef.ConfigKey> keys = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (ConfigDef definition : definitions()) {
            names.addAll(definition.names());
            ConfigDef.ConfigKey found = definition.configKeys().get(name);
            if (found != null) {
                keys.add(found);
            }
        }
        if (keys.isEmpty()) {
            String hint =
                    Spelling.nearest(name, names)
                            .map(near -> ", did you mean " + keyOf(near) + "?")
                            .orElse("");
            return Optional.of(key + " is not a property of a Kafka client" + hint);
        }
        return checkValue(key, keys.getFirst(), value);
    }

    private static Optional<String> checkValue(
            String key, ConfigDef.ConfigKey property, String value) {
        try {
            Object parsed = ConfigDef.parseType(property.name, value, property.type);
            if (property.validator != null) {
                property.validator.ensureValid(property.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(
                    "%s must be a value that Kafka accepts for %s: %s"
                            .formatted(key, property.name, shown(property.name, value)));
        }
    }
}
