package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.ApplierSettings.Mode;
import io.signalbox.applier.ApplierSettings.OnExit;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplierSettingsTest {

    @Test
    void shouldRunWithoutAnySetting() {
        ApplierSettings settings = read(Map.of());

        assertThat(settings.group()).isEqualTo("default");
        assertThat(settings.applierId()).isEqualTo(settings.reach().host()).isNotEmpty();
        assertThat(settings.reach().networks()).isEmpty();
        assertThat(settings.directory()).isEqualTo(Path.of("/var/lib/signalbox/applier"));
        assertThat(settings.mode()).isEqualTo(Mode.OWNED);
        assertThat(settings.haproxy()).isEqualTo(Path.of("/usr/sbin/haproxy"));
        assertThat(settings.onExit()).isEqualTo(OnExit.KEEP);
        assertThat(settings.allowSnippets()).isFalse();
        assertThat(settings.accessLog()).isTrue();
        assertThat(settings.accessLogSize()).isEqualTo(64L * 1024 * 1024);
    }

    @Test
    void shouldTakeEverySetting() {
        ApplierSettings settings =
                read(
                        Map.ofEntries(
                                Map.entry("group", "edge"),
                                Map.entry("applier-id", "a1"),
                                Map.entry("host-id", "h1"),
                                Map.entry("haproxy-networks", "n1,n2"),
                                Map.entry("applier-dir", "/d"),
                                Map.entry("haproxy-mode", "attached"),
                                Map.entry("haproxy", "/opt/haproxy"),
                                Map.entry("on-exit", "stop"),
                                Map.entry("haproxy-master-socket", "/m.sock"),
                                Map.entry("haproxy-config-file", "/h.cfg"),
                                Map.entry("haproxy-reload-command", "reload it"),
                                Map.entry("haproxy-global-file", "/g"),
                                Map.entry("allow-snippets", "true"),
                                Map.entry("access-log", "false"),
                                Map.entry("access-log-size", "1MB"),
                                Map.entry("users", "/users"),
                                Map.entry("certificates", "/certs"),
                                Map.entry("certificate", "pem"),
                                Map.entry("certificates-token", "secret"),
                                Map.entry("certificates-listen", ":8415"),
                                Map.entry("certificates-listen-certificate", "/api.pem"),
                                Map.entry("certificates-plain", "true"),
                                Map.entry("adopt-topic", "id")));

        assertThat(settings.group()).isEqualTo("edge");
        assertThat(settings.applierId()).isEqualTo("a1");
        assertThat(settings.reach().host()).isEqualTo("h1");
        assertThat(settings.reach().networks()).containsExactly("n1", "n2");
        assertThat(settings.directory()).isEqualTo(Path.of("/d"));
        assertThat(settings.mode()).isEqualTo(Mode.ATTACHED);
        assertThat(settings.haproxy()).isEqualTo(Path.of("/opt/haproxy"));
        assertThat(settings.onExit()).isEqualTo(OnExit.STOP);
        assertThat(settings.masterSocket()).contains(Path.of("/m.sock"));
        assertThat(settings.configFile()).contains(Path.of("/h.cfg"));
        assertThat(settings.reloadCommand()).contains("reload it");
        assertThat(settings.globalFile()).contains(Path.of("/g"));
        assertThat(settings.allowSnippets()).isTrue();
        assertThat(settings.accessLog()).isFalse();
        assertThat(settings.accessLogSize()).isEqualTo(1024 * 1024);
        assertThat(settings.users()).contains(Path.of("/users"));
        assertThat(settings.certificates().store()).contains(Path.of("/certs"));
        assertThat(settings.certificates().pem()).contains("pem");
        CertificateApiSettings api = settings.certificates().api();
        assertThat(api.token()).contains("secret");
        assertThat(api.listen()).contains(new HostPort("", 8415));
        assertThat(api.certificate()).contains(Path.of("/api.pem"));
        assertThat(api.plain()).isTrue();
        assertThat(settings.adoptTopic()).contains("id");
    }

    @ParameterizedTest
    @CsvSource({
        "haproxy-mode, attached, SIGNALBOX_HAPROXY_CONFIG_FILE",
        "haproxy-mode, shared, SIGNALBOX_HAPROXY_MODE",
        "on-exit, leave, SIGNALBOX_ON_EXIT",
        "host-id, a/b, SIGNALBOX_HOST_ID",
        "certificates-listen, :8415, SIGNALBOX_CERTIFICATES_TOKEN",
        "access-log, maybe, SIGNALBOX_ACCESS_LOG"
    })
    void shouldRejectByTheKeysName(String name, String value, String key) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(key);
    }

    @Test
    void shouldWantAWayToReloadAnAttachedHaproxy() {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of(
                                                "haproxy-mode",
                                                "attached",
                                                "haproxy-config-file",
                                                "/h.cfg")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_HAPROXY_MASTER_SOCKET");
    }

    @Test
    void shouldNameAMissingBinary() {
        assertThatThrownBy(() -> Binary.at(Path.of("/nowhere/haproxy")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("/nowhere/haproxy");
    }

    private static ApplierSettings read(Map<String, String> flags) {
        SettingValues values =
                SettingValues.read(
                        ApplierSettings.ALL,
                        KnownSettings.load(List.of()),
                        SettingSources.of(flags, Map.of()));
        return ApplierSettings.from(
                values, CommonSettings.from(values, ApplierSettings.HTTP_LISTEN));
    }
}
