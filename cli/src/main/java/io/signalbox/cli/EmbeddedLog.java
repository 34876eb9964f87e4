package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a single machine: a broker in this JVM and a schema registry as its child process,
 * with their data in one directory and their ports kept across restarts.
 */
final class EmbeddedLog implements AutoCloseable {

    private static final int MOST_TRIES = 3;
    private static final Logger log = LoggerFactory.getLogger(EmbeddedLog.class);
    private static final int KAFKA_PORT = 19092;
    private static final int CONTROLLER_PORT = 19093;
    private static final int SCHEMA_REGISTRY_PORT = 18081;
    private static final Duration SCHEMA_REGISTRY_PATIENCE = Duration.ofSeconds(60);

    private final SupervisedSchemaRegistry schemas;
    private final EmbeddedKafka kafka;

    private EmbeddedLog(SupervisedSchemaRegistry schemas, EmbeddedKafka kafka) {
        this.schemas = schemas;
        this.kafka = kafka;
    }

    /** Starts both; returns when the broker accepts clients. */
    static EmbeddedLog start(DataDirectory data) {
        log.atInfo()
                .addKeyValue("directory", data.path(""))
                .log("starting the broker and the schema registry");
        SupervisedSchemaRegistry schemas =
                SupervisedSchemaRegistry.start(
                        data.path("schema-registry"),
                        data.port("schema-registry", SCHEMA_REGISTRY_PORT),
                        SCHEMA_REGISTRY_PATIENCE);
        try {
            return new EmbeddedLog(
                    schemas,
                    EmbeddedKafka.start(
                            data.path("kafka"),
                            data.port("kafka", KAFKA_PORT),
                            data.port("kafka-controller", CONTROLLER_PORT)));
        } catch (RuntimeException e) {
            end(schemas);
            throw e;
        }
    }

    /** Makes topics and schemas that are missing, for which it waits for the schema registry. */
    void setUp(OperatorSettings settings) {
        TopicSetup.createTopics(
                settings, line -> log.atDebug().addKeyValue("done", line).log("topics"));
        schemas.supervise();
        int tries = 1;
        while (!registered(settings, tries)) {
            tries++;
        }
    }

    /**
     * Whether the schemas are registered, which may be repeated. A registry that has just started
     * on a machine with much else to do may be too late with its first answer.
     */
    private static boolean registered(OperatorSettings settings, int tries) {
        try {
            TopicSetup.registerSchemas(
                    settings, line -> log.atDebug().addKeyValue("done", line).log("schemas"));
            return true;
        } catch (SchemaRegistryUnavailable e) {
            if (tries == MOST_TRIES) {
                throw new StartFailure("schemas cannot be registered: " + e.getMessage(), e);
            }
            log.atWarn().addKeyValue("error", e.getMessage()).log("schemas are registered again");
            return false;
        }
    }

    /** What a process must be told to use this log, by setting name. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(CommonSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        settings.put(CommonSettings.SCHEMA_REGISTRY_URL.name(), schemas.url());
        settings.put(CommonSettings.REPLICATION_FACTOR.name(), "1");
        settings.put(CommonSettings.MIN_INSYNC_REPLICAS.name(), "1");
        return settings;
    }

    /** Everything is about to end. Safe for all threads. */
    void ending() {
        schemas.ending();
    }

    @Override
    public void close() {
        kafka.close();
        end(schemas);
    }

    private static void end(SupervisedSchemaRegistry schemas) {
        try {
            schemas.close();
        } catch (IOException e) {
            log.atWarn().addKeyValue("error", e).log("the schema registry failed to close");
        }
    }
}
