package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class CommonSettingsTest {
    private static final Setting<HostPort> HTTP = CommonSettings.httpListen("watcher", 8411);

    @Test
    void shouldHaveDefaultsForAll() {
        assertThat(read(Map.of()))
                .isEqualTo(
                        new CommonSettings(
                                List.of(new HostPort("127.0.0.1", 9092)),
                                URI.create("http://127.0.0.1:8081"),
                                Optional.empty(),
                                "signalbox.",
                                3,
                                2,
                                new HostPort("127.0.0.1", 8411),
                                KafkaProperties.none(),
                                LogFormat.TEXT,
                                Level.INFO));
    }

    @Test
    void shouldMapEveryKey() {
        Map<String, String> environment =
                Map.of(
                        "SIGNALBOX_BOOTSTRAP_SERVERS", "a:1,b:2",
                        "SIGNALBOX_SCHEMA_REGISTRY_URL", "https://r/api",
                        "SIGNALBOX_SCHEMA_CACHE", "/var/cache",
                        "SIGNALBOX_TOPIC_PREFIX", "sb-1_x.",
                        "SIGNALBOX_REPLICATION_FACTOR", "5",
                        "SIGNALBOX_MIN_INSYNC_REPLICAS", "4",
                        "SIGNALBOX_WATCHER_HTTP_LISTEN", "[::]:1",
                        "SIGNALBOX_KAFKA_SECURITY_PROTOCOL", "SSL",
                        "SIGNALBOX_LOG_FORMAT", "json",
                        "SIGNALBOX_LOG_LEVEL", "debug");
        assertThat(read(environment))
                .isEqualTo(
                        new CommonSettings(
                                List.of(new HostPort("a", 1), new HostPort("b", 2)),
                                URI.create("https://r/api"),
                                Optional.of(Path.of("/var/cache")),
                                "sb-1_x.",
                                5,
                                4,
                                new HostPort("::", 1),
                                new KafkaProperties(Map.of("security.protocol", "SSL")),
                                LogFormat.JSON,
                                Level.DEBUG));
    }

    @Test
    void shouldRejectValuesThatContradict() {
        assertThatThrownBy(() -> read(Map.of("SIGNALBOX_REPLICATION_FACTOR", "1")))
                .hasMessage(
                        "SIGNALBOX_MIN_INSYNC_REPLICAS must be at most SIGNALBOX_REPLICATION_FACTOR: 2");
        assertThatThrownBy(() -> read(Map.of("SIGNALBOX_BOOTSTRAP_SERVERS", "none")))
                .hasMessage("SIGNALBOX_BOOTSTRAP_SERVERS must name a broker: none");
        assertThatThrownBy(() -> read(Map.of("SIGNALBOX_TOPIC_PREFIX", "a b")))
                .hasMessage(
                        "SIGNALBOX_TOPIC_PREFIX must be letters, digits, dot, hyphen or underscore, at"
                                + " most 100: a b");
    }

    private static CommonSettings read(Map<String, String> environment) {
        SettingValues values =
                SettingValues.read(
                        CommonSettings.with(HTTP, List.of()),
                        KnownSettings.of(List.of()),
                        SettingSources.of(Map.of(), environment));
        return CommonSettings.from(values, HTTP);
    }
}
