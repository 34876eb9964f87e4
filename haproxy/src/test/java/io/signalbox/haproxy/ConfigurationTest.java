package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationTest {

    @ParameterizedTest
    @EnumSource
    void shouldWriteTheGoldenFiles(Golden golden) throws IOException {
        var files = golden.files();

        golden.assertEquals("haproxy.cfg", files.haproxyCfg());
        for (var name : MapName.values()) {
            golden.assertEquals(name.fileName(), files.maps().getOrDefault(name, "missing"));
        }
    }

    @Test
    void shouldLeaveNoPlaceholder() {
        assertThat(Golden.TWO_SERVICES.files().haproxyCfg()).doesNotContain("@");
    }

    @Test
    void shouldMapAServiceToTheBackendThatServesIt() {
        assertThat(Golden.TWO_SERVICES.files().maps())
                .containsAllEntriesOf(
                        Map.of(
                                MapName.SERVICES,
                                "shop.api spare_plain_001\nshop.web service_shop.web\n"));
    }
}
