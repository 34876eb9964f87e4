package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.dialect.SignalboxKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dsignalbox.golden=write} writes the page anew. */
class LabelsPageTest {
    private static final Path PAGE = Path.of("../docs/labels.md");

    @Test
    void shouldBeWhatTheLabelsSay() throws IOException {
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            Files.writeString(PAGE, LabelsPage.text(SignalboxKeys.ALL));
        }
        assertThat(Files.readString(PAGE))
                .as("./signalbox labels --markdown > docs/labels.md")
                .isEqualTo(LabelsPage.text(SignalboxKeys.ALL));
    }
}
