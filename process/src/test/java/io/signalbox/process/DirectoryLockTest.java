package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir private Path parent;

    @Test
    void shouldBeHeldByOneAtATimeAndNameTheDirectory() throws Exception {
        Path directory = parent.resolve("new");
        try (DirectoryLock _ = DirectoryLock.hold(directory, "the applier's directory")) {
            assertThatThrownBy(() -> DirectoryLock.hold(directory, "the applier's directory"))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage(
                            "the applier's directory %s is in use by another signalbox"
                                    .formatted(directory));
        }

        DirectoryLock.hold(directory, "the applier's directory").close();
    }
}
