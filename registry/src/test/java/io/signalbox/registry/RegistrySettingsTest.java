package io.signalbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.registry.core.LivenessRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {

    @Test
    void shouldHaveDefaults() {
        RegistrySettings settings = read(Map.of());
        assertThat(settings.groupId()).isEqualTo("signalbox.registry");
        assertThat(settings.liveness()).isEqualTo(new LivenessRules(5, 30, OptionalInt.of(900)));
        assertThat(settings.goneRetention()).isEqualTo(Duration.ofDays(21));
    }

    @Test
    void shouldTakeEveryKey() {
        RegistrySettings settings =
                read(
                        Map.of(
                                "SIGNALBOX_TOPIC_PREFIX", "sb.",
                                "SIGNALBOX_HOST_SUSPECTED_AFTER", "10s",
                                "SIGNALBOX_HOST_LOST_AFTER", "1m",
                                "SIGNALBOX_HOST_EXPIRED_AFTER", "never",
                                "SIGNALBOX_GONE_RETENTION", "2h",
                                "SIGNALBOX_REGISTRY_HTTP_LISTEN", "127.0.0.1:9999"));
        assertThat(settings.groupId()).isEqualTo("sb.registry");
        assertThat(settings.liveness()).isEqualTo(new LivenessRules(10, 60, OptionalInt.empty()));
        assertThat(settings.goneRetention()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.common().httpListen().port()).isEqualTo(9999);
    }

    @Test
    void shouldRejectALossThatIsNotLaterThanTheSuspicion() {
        assertThatThrownBy(() -> read(Map.of("SIGNALBOX_HOST_SUSPECTED_AFTER", "40s")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(
                        "SIGNALBOX_HOST_LOST_AFTER must be longer than"
                                + " SIGNALBOX_HOST_SUSPECTED_AFTER");
    }

    private static RegistrySettings read(Map<String, String> environment) {
        SettingValues values =
                SettingValues.read(
                        RegistrySettings.ALL,
                        KnownSettings.of(List.of()),
                        SettingSources.of(Map.of(), environment));
        return RegistrySettings.from(
                values, CommonSettings.from(values, RegistrySettings.HTTP_LISTEN));
    }
}
