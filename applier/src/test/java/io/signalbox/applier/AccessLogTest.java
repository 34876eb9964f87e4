package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    @TempDir Path directory;

    @Test
    void shouldCutTheFileUnderAWriterThatKeepsItOpen() throws IOException {
        Path file = directory.resolve("access.log");
        AccessLog log = new AccessLog(file, 10);
        try (OutputStream writer =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            write(writer, "short\n");
            assertThat(log.rotate()).isFalse();
            write(writer, "long enough\n");

            assertThat(log.rotate()).isTrue();
            write(writer, "after\n");
        }

        assertThat(file).hasContent("after\n");
        assertThat(directory.resolve("access.log.1")).hasContent("short\nlong enough\n");
    }

    private static void write(OutputStream writer, String line) throws IOException {
        writer.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
