package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EphemeralSignalboxTest {

    @Test
    void shouldRemoveItsDirectoryWhereItDoesNotStart(@TempDir Path directory) throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));

        assertThatThrownBy(
                        () ->
                                EphemeralSignalbox.start(
                                        data, 0, Map.of("docker-host", "nonsense"), _ -> {}))
                .isInstanceOf(StartFailure.class);

        assertThat(data).doesNotExist();
    }

    @Test
    void shouldSayInOneLineWhatEachProcessLacks() {
        assertThat(EphemeralSignalbox.late(Map.of("applier", Map.of("haproxy", "no binary"))))
                .isEqualTo(
                        "not ready within 90 s: applier lacks {haproxy=no binary}; see to that and"
                                + " run this again");
    }
}
