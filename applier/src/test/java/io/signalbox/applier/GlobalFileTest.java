package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobalFileTest {
    @TempDir Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("global"), text);
    }

    @Test
    void shouldTakeWhatAMachineDecides() throws IOException {
        Path file =
                file(
                        """
                        # as the distribution has it
                        log /dev/log\tlocal0
                            user haproxy

                        chroot /var/lib/haproxy
                        stats socket /run/haproxy/admin.sock mode 660
                        daemon
                        """);

        assertThat(GlobalFile.lines(Optional.of(file), false))
                .containsExactly(
                        "log /dev/log local0",
                        "user haproxy",
                        "chroot /var/lib/haproxy",
                        "stats socket /run/haproxy/admin.sock mode 660",
                        "daemon");
        assertThat(GlobalFile.lines(Optional.empty(), true)).isEmpty();
    }

    @Test
    void shouldNameEveryLineThatMustNotBeThere() throws IOException {
        Path file = file("user haproxy\nfrontend mine\n    bind :1\ndaemon\nmaxconn 5 \\\n");

        assertThatThrownBy(() -> GlobalFile.lines(Optional.of(file), true))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_HAPROXY_GLOBAL_FILE")
                .hasMessageContaining(file + ", line 2: line must not begin a section")
                .hasMessageContaining(file + ", line 4: line must not be 'daemon'")
                .hasMessageContaining(file + ", line 5: line must not end in a backslash")
                .hasMessageNotContaining("line 1:");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        Path nowhere = directory.resolve("nowhere");

        assertThatThrownBy(() -> GlobalFile.lines(Optional.of(nowhere), true))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_HAPROXY_GLOBAL_FILE must be a file")
                .hasMessageContaining(nowhere.toString());
    }
}
