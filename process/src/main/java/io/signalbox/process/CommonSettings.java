package io.signalbox.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * The settings that every process has.
 *
 * @param bootstrapServers Kafka brokers, {@code host:port} each
 * @param schemaCache folder that keeps schema ids for starts without the schema registry
 * @param topicPrefix what every topic's name begins with
 * @param replicationFactor of topics that are created
 * @param minInsyncReplicas of topics that are created
 * @param httpListen where health and metrics are served
 */
public record CommonSettings(
        List<HostPort> bootstrapServers,
        URI schemaRegistryUrl,
        Optional<Path> schemaCache,
        String topicPrefix,
        int replicationFactor,
        int minInsyncReplicas,
        HostPort httpListen,
        KafkaProperties kafka,
        LogFormat logFormat,
        Level logLevel) {
    private static final int MOST_REPLICAS = 9;

    public static final Setting<List<HostPort>> BOOTSTRAP_SERVERS =
            Setting.of(
                    "bootstrap-servers",
                    SettingType.list(SettingType.HOST_PORT),
                    "127.0.0.1:9092",
                    "Kafka brokers to start from.");
    public static final Setting<URI> SCHEMA_REGISTRY_URL =
            Setting.of(
                    "schema-registry-url",
                    SettingType.HTTP_URL,
                    "http://127.0.0.1:8081",
                    "Schema registry that speaks the Confluent API.");
    public static final Setting<Optional<Path>> SCHEMA_CACHE =
            Setting.optional(
                    "schema-cache",
                    SettingType.PATH,
                    "Folder that keeps schema ids, so that a start works while the registry is away.");
    public static final Setting<String> TOPIC_PREFIX =
            Setting.of(
                    "topic-prefix",
                    SettingType.of(
                            "letters, digits, dot, hyphen or underscore, at most 100",
                            CommonSettings::topicPrefix),
                    "signalbox.",
                    "What the name of every topic begins with.");
    public static final Setting<Integer> REPLICATION_FACTOR =
            Setting.of(
                    "replication-factor",
                    SettingType.integer(1, MOST_REPLICAS),
                    "3",
                    "Copies of each topic that is created.");
    public static final Setting<Integer> MIN_INSYNC_REPLICAS =
            Setting.of(
                    "min-insync-replicas",
                    SettingType.integer(1, MOST_REPLICAS),
                    "2",
                    "Copies that must have a record before it is acknowledged.");
    public static final Setting<LogFormat> LOG_FORMAT =
            Setting.of(
                    "log-format",
                    SettingType.oneOf(LogFormat.class),
                    "text",
                    "Form of the log on standard error; auto is text on a terminal and JSON elsewhere.");
    public static final Setting<Level> LOG_LEVEL =
            Setting.of(
                    "log-level",
                    SettingType.oneOf(Level.class),
                    "info",
                    "Least level of Signalbox's own messages.");

    /**
     * The settings of one process: its own and the common ones. The address of its endpoint has a
     * key of its own ({@code SIGNALBOX_WATCHER_HTTP_LISTEN}), because processes share environments.
     */
    public static List<Setting<?>> with(
            Setting<HostPort> httpListen, List<? extends Setting<?>> own) {
        List<Setting<?>> all = new ArrayList<>(own);
        all.addAll(
                List.of(
                        httpListen,
                        BOOTSTRAP_SERVERS,
                        SCHEMA_REGISTRY_URL,
                        SCHEMA_CACHE,
                        TOPIC_PREFIX,
                        REPLICATION_FACTOR,
                        MIN_INSYNC_REPLICAS,
                        LOG_FORMAT,
                        LOG_LEVEL,
                        SettingSources.CONFIG));
        return List.copyOf(all);
    }

    /** The setting for the address of a process' endpoint. */
    public static Setting<HostPort> httpListen(String process, int port) {
        return Setting.of(
                process + "-http-listen",
                SettingType.HOST_PORT,
                "127.0.0.1:" + port,
                "Address of the " + process + "'s health and metrics; port 0 takes a free one.");
    }

    /** Takes the common values out of those that were read. */
    public static CommonSettings from(SettingValues values, Setting<HostPort> httpListen) {
        if (values.get(BOOTSTRAP_SERVERS).isEmpty()) {
            throw values.mistake(BOOTSTRAP_SERVERS, "must name a broker");
        }
        if (values.get(MIN_INSYNC_REPLICAS) > values.get(REPLICATION_FACTOR)) {
            throw values.mistake(
                    MIN_INSYNC_REPLICAS, "must be at most " + REPLICATION_FACTOR.key());
        }
        return new CommonSettings(
                values.get(BOOTSTRAP_SERVERS),
                values.get(SCHEMA_REGISTRY_URL),
                values.get(SCHEMA_CACHE),
                values.get(TOPIC_PREFIX),
                values.get(REPLICATION_FACTOR),
                values.get(MIN_INSYNC_REPLICAS),
                values.get(httpListen),
                values.kafka(),
                values.get(LOG_FORMAT),
                values.get(LOG_LEVEL));
    }

    private static String topicPrefix(String text) {
        if (!text.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "must be letters, digits, dot, hyphen or underscore, at most 100");
        }
        return text;
    }
}
