package io.signalbox.schemas;

import io.signalbox.schemas.codec.ConfluentCodecs;

/**
 * The codecs of all topics, over Confluent's own serializer and one cache of schema ids.
 * Thread-safe.
 */
public final class LogCodecs implements AutoCloseable {

    private final ConfluentCodecs codecs;

    /** Codecs for the topics under a prefix; asks the registry for nothing yet. */
    public LogCodecs(SchemaRegistrySettings settings, String topicPrefix) {
        codecs = new ConfluentCodecs(settings, topicPrefix);
    }

    /**
     * Learns the ids of all schemas that this version writes, so that the first record does not
     * wait for the registry. With a warm cache on disk it succeeds while the registry is away.
     *
     * @throws SchemaRegistryUnavailable when neither the registry nor the cache on disk knows one;
     *     the message says which, and names {@code signalbox topics} where that is the remedy
     */
    public void warmUp() {
        codecs.warmUp();
    }

    /** Of {@code container-events}. */
    public Codec<Event> events() {
        return codecs.of(Topic.CONTAINER_EVENTS, Event.class);
    }

    /** Of {@code service-state}. */
    public Codec<ServiceState> serviceState() {
        return codecs.of(Topic.SERVICE_STATE, ServiceState.class);
    }

    /** Of {@code proxy-groups}. */
    public Codec<GroupRecord> groups() {
        return codecs.of(Topic.PROXY_GROUPS, GroupRecord.class);
    }

    /** Of a group's {@code proxy-configs} topic; all groups share one subject. */
    public Codec<ConfigRecord> configs(String group) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("a group has a name");
        }
        return codecs.of(Topic.PROXY_CONFIGS, ConfigRecord.class);
    }

    /** Of {@code config-history}. */
    public Codec<ConfigRecord> history() {
        return codecs.of(Topic.CONFIG_HISTORY, ConfigRecord.class);
    }

    /** Of {@code apply-results}. */
    public Codec<ApplyResult> results() {
        return codecs.of(Topic.APPLY_RESULTS, ApplyResult.class);
    }

    /** Of {@code liveness}. */
    public Codec<Liveness> liveness() {
        return codecs.of(Topic.LIVENESS, Liveness.class);
    }

    /** Of {@code watcher-control}. */
    public Codec<WatcherControl> control() {
        return codecs.of(Topic.WATCHER_CONTROL, WatcherControl.class);
    }

    @Override
    public void close() {
        codecs.close();
    }
}
