package io.signalbox.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The catalogue of topics: what each holds, who writes and reads it, and how it must be set up.
 *
 * <p>Replication factor and {@code min.insync.replicas} belong to the installation and are no part
 * of it.
 */
public enum Topic {
    /** Facts about containers, hosts, endpoints and declared services: the truth, kept for ever. */
    CONTAINER_EVENTS(
            "container-events",
            12,
            Retention.FOR_EVER,
            "zstd",
            2,
            "host id; endpoint/<id>; service/<name>",
            "watcher, registry",
            "registry, audit"),

    /** What the facts add up to; the record for partition p comes from events partition p. */
    SERVICE_STATE(
            "service-state",
            12,
            Retention.NEWEST_PER_KEY,
            "producer",
            16,
            "instance/<host>/<container>; endpoint/<id>; service/<name>; host/<id>; checkpoint",
            "registry",
            "registry, renderer, api"),

    /** Group definitions and withdrawals: facts of the operator, kept for ever. */
    PROXY_GROUPS(
            "proxy-groups",
            12,
            Retention.FOR_EVER,
            "producer",
            2,
            "group",
            "operator",
            "renderer, api, audit"),

    /** The configuration of one group: a topic for each, because access control stops there. */
    PROXY_CONFIGS(
            "proxy-configs",
            1,
            Retention.NEWEST_PER_KEY,
            "producer",
            16,
            "part/<name>; manifest/<epoch>; claim; held",
            "renderer",
            "renderer, applier, api"),

    /** Every manifest and every changed part. */
    CONFIG_HISTORY("config-history", 3, Retention.A_YEAR, "zstd", 16, "group", "renderer", "audit"),

    /** What appliers made of the manifests. */
    APPLY_RESULTS(
            "apply-results",
            3,
            Retention.A_YEAR,
            "producer",
            16,
            "<group>/<applier>",
            "applier",
            "api, audit"),

    /** Beats and ticks: liveness is counted here. */
    LIVENESS(
            "liveness",
            3,
            Retention.AN_HOUR,
            "producer",
            1,
            "host/<id>; applier/<group>/<id>; endpoint/<id>; tick",
            "watcher, applier, registry",
            "registry, api"),

    /** What the registry says to the watchers of a host. */
    WATCHER_CONTROL(
            "watcher-control",
            1,
            Retention.NEWEST_PER_KEY,
            "producer",
            1,
            "host id",
            "registry",
            "watcher");

    private final String shortName;
    private final int partitions;
    private final Retention retention;
    private final String compression;
    private final int maxMessageMib;
    private final String key;
    private final String writers;
    private final String readers;

    Topic(
            String shortName,
            int partitions,
            Retention retention,
            String compression,
            int maxMessageMib,
            String key,
            String writers,
            String readers) {
        this.shortName = shortName;
        this.partitions = partitions;
        this.retention = retention;
        this.compression = compression;
        this.maxMessageMib = maxMessageMib;
        this.key = key;
        this.writers = writers;
        this.readers = readers;
    }

    /** The name without prefix and group. */
    public String shortName() {
        return shortName;
    }

    /** The name under a prefix such as {@code signalbox.}; not for {@link #PROXY_CONFIGS}. */
    public String topicName(String prefix) {
        if (this == PROXY_CONFIGS) {
            throw new IllegalArgumentException(shortName + " is a topic for each group: name one");
        }
        return prefix + shortName;
    }

    /** The name of a group's topic under a prefix; only for {@link #PROXY_CONFIGS}. */
    public String topicName(String prefix, String group) {
        if (this != PROXY_CONFIGS) {
            throw new IllegalArgumentException(shortName + " is one topic for all groups");
        }
        return prefix + shortName + '.' + group;
    }

    /** How many partitions it has: fixed at creation, another count is fatal. */
    public int partitions() {
        return partitions;
    }

    /** Whether only the newest value of each key is kept. */
    public boolean compacted() {
        return retention == Retention.NEWEST_PER_KEY;
    }

    /** How long records are kept, counted from their LogAppendTime; empty for ever. */
    public Optional<Duration> retention() {
        return retention.millis < 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(retention.millis));
    }

    /** The largest record batch, in bytes: for producers ({@code max.request.size}) too. */
    public int maxMessageBytes() {
        return maxMessageMib << 20;
    }

    /** What its keys look like, for people. */
    public String key() {
        return key;
    }

    /** Who writes it. */
    public List<String> writers() {
        return List.of(writers.split(", ", -1));
    }

    /** Who reads it. */
    public List<String> readers() {
        return List.of(readers.split(", ", -1));
    }

    /** The settings to create it with. */
    public Map<String, String> creationConfig(int minInsyncReplicas) {
        Map<String, String> config = new TreeMap<>(checkedConfig());
        config.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
        config.put("compression.type", compression);
        config.put("segment.ms", Long.toString(retention.segmentMillis));
        return config;
    }

    /**
     * The settings that the protocol depends on: each process checks those of its topics at its
     * start and refuses to run on other ones.
     */
    public Map<String, String> checkedConfig() {
        Map<String, String> config = new TreeMap<>();
        config.put("cleanup.policy", compacted() ? "compact" : "delete");
        config.put("message.timestamp.type", "LogAppendTime");
        config.put("max.message.bytes", Integer.toString(maxMessageBytes()));
        if (compacted()) {
            config.put("min.compaction.lag.ms", Long.toString(Duration.ofHours(24).toMillis()));
            config.put("delete.retention.ms", Long.toString(Duration.ofDays(30).toMillis()));
        } else {
            config.put("retention.ms", Long.toString(retention.millis));
            config.put("retention.bytes", "-1");
        }
        return config;
    }

    /** How long records are kept, and how often a segment is closed so that it can end. */
    private enum Retention {
        FOR_EVER(-1, Duration.ofDays(7)),
        NEWEST_PER_KEY(-1, Duration.ofDays(1)),
        A_YEAR(Duration.ofDays(365).toMillis(), Duration.ofDays(7)),
        AN_HOUR(Duration.ofHours(1).toMillis(), Duration.ofMinutes(10));

        private final long millis;
        private final long segmentMillis;

        Retention(long millis, Duration segment) {
            this.millis = millis;
            this.segmentMillis = segment.toMillis();
        }
    }
}
