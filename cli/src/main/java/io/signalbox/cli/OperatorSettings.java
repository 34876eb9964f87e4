package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.LogFormat;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.SchemaRegistrySettings;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/**
 * What the operator's commands that work on the log need: the broker, the schema registry, and how
 * topics are made.
 */
record OperatorSettings(CommonSettings common) {

    /** The settings that become options. */
    static final List<Setting<?>> ALL =
            List.of(
                    CommonSettings.BOOTSTRAP_SERVERS,
                    CommonSettings.SCHEMA_REGISTRY_URL,
                    CommonSettings.TOPIC_PREFIX,
                    CommonSettings.REPLICATION_FACTOR,
                    CommonSettings.MIN_INSYNC_REPLICAS,
                    SettingSources.CONFIG);

    static OperatorSettings from(SettingValues values) {
        if (values.get(CommonSettings.MIN_INSYNC_REPLICAS)
                > values.get(CommonSettings.REPLICATION_FACTOR)) {
            throw values.mistake(
                    CommonSettings.MIN_INSYNC_REPLICAS,
                    "must be at most " + CommonSettings.REPLICATION_FACTOR.key());
        }
        return new OperatorSettings(
                new CommonSettings(
                        values.get(CommonSettings.BOOTSTRAP_SERVERS),
                        values.get(CommonSettings.SCHEMA_REGISTRY_URL),
                        Optional.empty(),
                        values.get(CommonSettings.TOPIC_PREFIX),
                        values.get(CommonSettings.REPLICATION_FACTOR),
                        values.get(CommonSettings.MIN_INSYNC_REPLICAS),
                        new HostPort("127.0.0.1", 0),
                        values.kafka(),
                        LogFormat.TEXT,
                        Level.INFO));
    }

    KafkaClients kafka() {
        return new KafkaClients("operator", common);
    }

    SchemaRegistrySettings schemaRegistry() {
        return SchemaRegistrySettings.of(common.schemaRegistryUrl().toString(), null);
    }

    LogCodecs codecs() {
        return new LogCodecs(schemaRegistry(), common.topicPrefix());
    }
}
