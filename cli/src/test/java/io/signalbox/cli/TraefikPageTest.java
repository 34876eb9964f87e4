package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.translate.traefik.TraefikKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dsignalbox.golden=write} writes the page anew. */
class TraefikPageTest {
    private static final Path PAGE = Path.of("../docs/migrating/traefik.md");

    @Test
    void shouldBeWhatTheTranslationSays() throws IOException {
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, TraefikPage.text(TraefikKeys.ALL));
        }
        assertThat(Files.readString(PAGE)).isEqualTo(TraefikPage.text(TraefikKeys.ALL));
    }
}
