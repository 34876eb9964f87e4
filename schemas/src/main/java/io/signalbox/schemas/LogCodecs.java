package io.signalbox.schemas;

/**
 * The codecs of all topics, over Confluent's own serializer and one cache of schema ids.
 * Thread-safe.
 */
public final class LogCodecs implements AutoCloseable {

    /** Codecs for the topics under a prefix; asks the registry for nothing yet. */
    public LogCodecs(SchemaRegistrySettings settings, String topicPrefix) {
        throw new UnsupportedOperationException(settings + topicPrefix);
    }

    /**
     * Learns the ids of all schemas that this process may write, so that the first record does not
     * wait for the registry.
     *
     * @throws SchemaRegistryUnavailable when neither the registry nor the cache on disk knows them
     */
    public void warmUp() {}

    /** Of {@code container-events}. */
    public Codec<Event> events() {
        return absent();
    }

    /** Of {@code service-state}. */
    public Codec<ServiceState> serviceState() {
        return absent();
    }

    /** Of {@code proxy-groups}. */
    public Codec<GroupRecord> groups() {
        return absent();
    }

    /** Of a group's {@code proxy-configs} topic. */
    public Codec<ConfigRecord> configs(String group) {
        return absent();
    }

    /** Of {@code config-history}. */
    public Codec<ConfigRecord> history() {
        return absent();
    }

    /** Of {@code apply-results}. */
    public Codec<ApplyResult> results() {
        return absent();
    }

    /** Of {@code liveness}. */
    public Codec<Liveness> liveness() {
        return absent();
    }

    /** Of {@code watcher-control}. */
    public Codec<WatcherControl> control() {
        return absent();
    }

    private static <T> Codec<T> absent() {
        return java.util.Optional.<Codec<T>>empty().orElseThrow();
    }

    @Override
    public void close() {}
}
