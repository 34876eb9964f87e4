package io.signalbox.registry.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.Network;
import io.signalbox.process.HostPort;
import io.signalbox.process.KeyPin;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorsSettingsTest {
    private static final String CERTIFICATES = "SIGNALBOX_DOOR_DOCKER_FLOW_CERTIFICATES";

    @Test
    void shouldCloseAllDoorsByDefault() {
        DoorsSettings settings = read(Map.of());

        for (DoorSettings door :
                List.of(
                        settings.registration(),
                        settings.dockerFlow(),
                        settings.lambdaRegistry())) {
            assertThat(door.mode()).isEqualTo(DoorSettings.Mode.CLOSED);
            assertThat(door.networks())
                    .containsExactly(new Network("127.0.0.0/8"), new Network("::1"));
        }
        assertThat(settings.tables()).isEmpty();
        assertThat(settings.certificates())
                .isEqualTo(new CertificateSettings(List.of(), Optional.empty(), false));
    }

    @Test
    void shouldTakeEveryKey() {
        DoorsSettings settings =
                read(
                        Map.of(
                                "SIGNALBOX_DOOR_REGISTRATION", "token",
                                "SIGNALBOX_DOOR_REGISTRATION_TOKEN_FILE", "/run/token",
                                "SIGNALBOX_DOOR_DOCKER_FLOW", "open",
                                "SIGNALBOX_DOOR_DOCKER_FLOW_LISTEN", ":8080",
                                "SIGNALBOX_DOOR_DOCKER_FLOW_NETWORKS", "10.0.0.0/8, 192.0.2.7",
                                "SIGNALBOX_DOOR_LAMBDA_REGISTRY_GROUPS", "astro=stars,nova=edge"));

        assertThat(settings.registration().tokenFile()).hasValue(Path.of("/run/token"));
        assertThat(settings.dockerFlow().listen()).hasValue(new HostPort("", 8080));
        assertThat(settings.dockerFlow().networks())
                .containsExactly(new Network("10.0.0.0/8"), new Network("192.0.2.7/32"));
        assertThat(settings.tables())
                .containsOnly(Map.entry("astro", "stars"), Map.entry("nova", "edge"));
    }

    @Test
    void shouldRefuseADoorThatLacksWhatItNeeds() {
        assertRefused(
                Map.of("SIGNALBOX_DOOR_REGISTRATION", "token"),
                "SIGNALBOX_DOOR_REGISTRATION needs SIGNALBOX_DOOR_REGISTRATION_TOKEN_FILE");
        assertRefused(
                Map.of("SIGNALBOX_DOOR_REGISTRATION", "open"),
                "SIGNALBOX_DOOR_REGISTRATION needs SIGNALBOX_DOOR_REGISTRATION_LISTEN");
        assertRefused(
                Map.of(
                        "SIGNALBOX_DOOR_REGISTRATION", "open",
                        "SIGNALBOX_DOOR_REGISTRATION_LISTEN", ":1",
                        "SIGNALBOX_DOOR_REGISTRATION_NETWORKS", "none"),
                "SIGNALBOX_DOOR_REGISTRATION needs SIGNALBOX_DOOR_REGISTRATION_NETWORKS");
        assertRefused(
                Map.of("SIGNALBOX_DOOR_REGISTRATION_NETWORKS", "10.0.0.1/8"),
                "must have no bit set behind its prefix: 10.0.0.1/8");
        assertRefused(Map.of("SIGNALBOX_DOOR_REGISTRATION", "ajar"), "must be one of closed");
        assertRefused(
                Map.of("SIGNALBOX_DOOR_LAMBDA_REGISTRY_GROUPS", "astro"), "must be table=group");
        assertRefused(
                Map.of("SIGNALBOX_DOOR_LAMBDA_REGISTRY_GROUPS", "a=b,a=c"),
                "must name each table once");
    }

    @Test
    void shouldTakeWhereCertificatesGo() {
        KeyPin pin = new KeyPin("sha256//" + "A".repeat(43) + "=");
        CertificateSettings settings =
                read(Map.of(
                                CERTIFICATES,
                                "https://a.example:8415=" + pin + ", http://[::1]:8414",
                                CERTIFICATES + "_TOKEN_FILE",
                                "/run/token",
                                CERTIFICATES + "_PLAIN",
                                "true"))
                        .certificates();

        assertThat(settings.appliers())
                .containsExactly(
                        new ApplierAddress(URI.create("https://a.example:8415/"), Optional.of(pin)),
                        new ApplierAddress(URI.create("http://[::1]:8414/"), Optional.empty()));
        assertThat(settings.tokenFile()).hasValue(Path.of("/run/token"));
        assertThat(settings.plain()).isTrue();
        assertRefused(
                Map.of(CERTIFICATES, "https://a.example"),
                CERTIFICATES + " needs " + CERTIFICATES + "_TOKEN_FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example:8414",
                "http://127.0.0.1:8414=sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "https://a.example:8415=sha256//short",
                "https://a.example:8415/certificates",
                "https://user@a.example:8415",
                "ftp://a.example",
                "a.example:8415",
                "https://a b"
            })
    void shouldSendKeysNowhereAsTheyAre(String address) {
        assertRefused(Map.of(CERTIFICATES, address), "must be");
    }

    private static void assertRefused(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> read(environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(message);
    }

    private static DoorsSettings read(Map<String, String> environment) {
        return DoorsSettings.from(
                SettingValues.read(
                        DoorsSettings.ALL,
                        KnownSettings.of(List.of()),
                        SettingSources.of(Map.of(), environment)));
    }
}
