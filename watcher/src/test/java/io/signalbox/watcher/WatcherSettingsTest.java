package io.signalbox.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.watcher.core.WatcherLimits;
import io.signalbox.watcher.core.lists.Place;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatcherSettingsTest {

    @Test
    void shouldRunWithoutAnySetting() {
        WatcherSettings settings = read(Map.of(), Map.of());

        assertThat(settings.hostId()).isEqualTo(HostAddress.hostName());
        assertThat(settings.engine().orElseThrow().uri())
                .isEqualTo(URI.create("unix:///var/run/docker.sock"));
        assertThat(settings.engine().orElseThrow().certificates()).isEmpty();
        assertThat(settings.advertised()).isEmpty();
        assertThat(settings.engineDeadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.inboxEvents()).isEqualTo(65_536);
        assertThat(settings.limits()).isEqualTo(WatcherLimits.DEFAULT);
        assertThat(settings.lists().files()).isEmpty();
        assertThat(settings.lists().names()).isEmpty();
        assertThat(settings.lists().nameservers()).isEmpty();
        assertThat(settings.lists().every()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldTakeEverySetting() {
        WatcherSettings settings =
                read(
                        Map.ofEntries(
                                Map.entry("host-id", "h1"),
                                Map.entry("advertised-address", "192.0.2.1"),
                                Map.entry("docker-host", "tcp://engine:2376"),
                                Map.entry("docker-cert-path", "/certs"),
                                Map.entry("engine-deadline", "2s"),
                                Map.entry("allow-labels", "a.*,b=key"),
                                Map.entry("allow-environment", "C=never"),
                                Map.entry("reconcile-every", "20s"),
                                Map.entry("stop-grace", "1s"),
                                Map.entry("static-files", "/a,/b.yaml"),
                                Map.entry("dns-services", "tasks.backend:80"),
                                Map.entry("dns-nameservers", "127.0.0.11,[::1]:5353"),
                                Map.entry("dns-every", "10s"),
                                Map.entry("backlog-facts", "500"),
                                Map.entry("backlog-size", "1MB"),
                                Map.entry("inbox-events", "100")),
                        Map.of("DOCKER_HOST", "unix:///elsewhere"));

        assertThat(settings.hostId()).isEqualTo("h1");
        assertThat(settings.advertised()).contains("192.0.2.1");
        assertThat(settings.engine().orElseThrow().uri())
                .isEqualTo(URI.create("tcp://engine:2376"));
        assertThat(settings.engine().orElseThrow().certificates()).contains(Path.of("/certs"));
        assertThat(settings.engineDeadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.labels().apply(Map.of("a.x", "1", "b", "2", "c", "3")))
                .containsOnlyKeys("a.x", "b")
                .containsEntry("a.x", "1");
        assertThat(settings.inboxEvents()).isEqualTo(100);
        assertThat(settings.limits().reconcileEvery()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.limits().reconcileSpread()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.limits().stopGrace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.limits().backlogFacts()).isEqualTo(500);
        assertThat(settings.limits().backlogBytes()).isEqualTo(1024 * 1024);
        assertThat(settings.lists().files()).containsExactly(Path.of("/a"), Path.of("/b.yaml"));
        assertThat(settings.lists().names())
                .singleElement()
                .satisfies(service -> assertThat(service.name()).isEqualTo("backend"));
        assertThat(settings.lists().nameservers())
                .containsExactly(new Place("127.0.0.11", 53), new Place("::1", 5353));
        assertThat(settings.lists().every()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldWatchNoEngineWhereNoneIsSaid() {
        WatcherSettings settings =
                read(Map.of("docker-host", "off"), Map.of("DOCKER_HOST", "unix:///elsewhere"));

        assertThat(settings.engine()).isEmpty();
    }

    @Test
    void shouldHonourDockersOwnVariables() {
        WatcherSettings settings =
                read(
                        Map.of(),
                        Map.of(
                                "DOCKER_HOST",
                                "tcp://[2001:db8::1]",
                                "DOCKER_TLS_VERIFY",
                                "1",
                                "HOME",
                                "/home/joe"));

        assertThat(settings.engine().orElseThrow().uri())
                .isEqualTo(URI.create("tcp://[2001:db8::1]:2376"));
        assertThat(settings.engine().orElseThrow().certificates())
                .contains(Path.of("/home/joe/.docker"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://host", "unix:", "npipe:////./pipe/docker", "x y", "tcp://"})
    void shouldRefuseEnginesThatItCannotSpeakTo(String host) {
        assertThatThrownBy(() -> read(Map.of("docker-host", host), Map.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("unix:///path or tcp://host:port")
                .hasMessageContaining(host);
    }

    @ParameterizedTest
    @CsvSource({
        "host-id, a/b",
        "host-id, a b",
        "engine-deadline, 1ms",
        "allow-labels, *",
        "allow-environment, a=secret",
        "reconcile-every, 0s",
        "dns-services, tasks.backend",
        "dns-services, a b:80",
        "dns-nameservers, resolver",
        "dns-every, 1ms",
        "backlog-facts, 1",
        "backlog-size, many",
        "inbox-events, 0"
    })
    void shouldNameWhatIsWrong(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value), Map.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(
                        "SIGNALBOX_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    private static WatcherSettings read(Map<String, String> flags, Map<String, String> docker) {
        SettingValues values =
                SettingValues.read(
                        WatcherSettings.ALL,
                        KnownSettings.of(List.of()),
                        SettingSources.of(flags, Map.of()));
        return WatcherSettings.from(
                values, CommonSettings.from(values, WatcherSettings.HTTP_LISTEN), docker);
    }
}
