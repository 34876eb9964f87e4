package io.signalbox.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
            assertThat(isHeldByAnotherProcess(directory)).isFalse();
        }

        assertThat(isHeldByAnotherProcess(directory)).isTrue();
        DirectoryLock.hold(directory, "the applier's directory").close();
    }

    /** Whether a process of its own gets it, for as long as that lives. */
    private static boolean isHeldByAnotherProcess(Path directory) throws Exception {
        Process other =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(other.getInputStream().readAllBytes(), UTF_8);
        assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).containsAnyOf("held", "in use");
        return other.exitValue() == 0;
    }

    /** What that process does. */
    static final class Other {
        private Other() {}

        public static void main(String... directory) throws Exception {
            try (DirectoryLock _ = DirectoryLock.hold(Path.of(directory[0]), "it")) {
                System.out.println("held");
            }
        }
    }
}
