package io.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.StartFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path directory;

    @Test
    void shouldRefuseANewerFormatByName() throws Exception {
        Files.writeString(directory.resolve("format"), "2\n");

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("newer than 1")
                .hasMessageContaining(directory.toString());
    }

    @Test
    void shouldRefuseAFormatThatIsNoNumber() throws Exception {
        Files.writeString(directory.resolve("format"), "one");

        assertThatThrownBy(() -> DataDirectory.open(directory))
                .hasMessageContaining("must hold the format's number, not 'one'");
    }

    @Test
    void shouldBeHeldByOneAtATime() throws Exception {
        try (DataDirectory _ = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is in use by another signalbox");
        }

        try (DataDirectory again = DataDirectory.open(directory)) {
            assertThat(again.path("format")).hasContent("1");
        }
    }

    @Test
    void shouldKeepAPortAcrossRestarts() throws Exception {
        int first;
        try (DataDirectory data = DataDirectory.open(directory)) {
            first = data.port("kafka", 0);
        }

        try (DataDirectory data = DataDirectory.open(directory)) {
            assertThat(data.port("kafka", 0)).isEqualTo(first);
        }
    }

    @Test
    void shouldTakeAnotherPortWhereTheWantedOneIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataDirectory data = DataDirectory.open(directory)) {
            assertThat(data.port("kafka", taken.getLocalPort()))
                    .isNotEqualTo(taken.getLocalPort())
                    .isPositive();
        }
    }

    @Test
    void shouldGiveEachPurposeAPortOfItsOwn() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            int kafka = data.port("kafka", 0);

            assertThat(data.port("controller", kafka)).isNotEqualTo(kafka);
        }
    }
}
