package io.signalbox.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendererSettingsTest {

    @Test
    void shouldHaveDefaults() {
        RendererSettings settings = settings(Map.of());

        assertThat(settings.groupId()).isEqualTo("signalbox.renderer");
        assertThat(settings.defaultListen()).isEqualTo(new HostPort("", 80));
        assertThat(settings.builtIn())
                .isEqualTo(GroupDefinition.builtIn("default", new Listen("", 80)));
    }

    @Test
    void shouldMapEveryKey() {
        RendererSettings settings =
                settings(
                        Map.of(
                                "SIGNALBOX_DEFAULT_LISTEN", "[::1]:8080",
                                "SIGNALBOX_TOPIC_PREFIX", "lab."));

        assertThat(settings.groupId()).isEqualTo("lab.renderer");
        assertThat(settings.builtIn().entryPoints().getFirst().listen())
                .isEqualTo(new Listen("::1", 8080));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", ":0", "www.example:80", ":http", "0.0.0.0:70000"})
    void shouldRejectABadListenAddressByItsKey(String listen) {
        assertThatThrownBy(() -> settings(Map.of("SIGNALBOX_DEFAULT_LISTEN", listen)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_DEFAULT_LISTEN");
    }

    private static RendererSettings settings(Map<String, String> environment) {
        SettingValues values =
                SettingValues.read(
                        RendererSettings.ALL,
                        KnownSettings.load(RendererSettings.ALL),
                        SettingSources.of(Map.of(), environment));
        return RendererSettings.from(
                values, CommonSettings.from(values, RendererSettings.HTTP_LISTEN));
    }
}
