package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CommandTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir Path directory;

    @Test
    void shouldGiveExitCodeAndBothOutputs() throws Exception {
        Command.Ended ended = run("echo one; echo two >&2; exit 3", Duration.ofSeconds(10));

        assertThat(ended).isEqualTo(new Command.Ended(3, "one\ntwo\n"));
    }

    @Test
    void shouldEndWhatHangsAndAllThatItStarted() throws Exception {
        Path pid = directory.resolve("pid");
        long began = System.nanoTime();

        assertThatThrownBy(() -> run("sleep 600 & echo $! > " + pid + "; wait", SHORT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not end within 300 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        long child = Long.parseLong(Files.readString(pid).strip());
        Awaitility.await().until(() -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true));
    }

    @Test
    void shouldNotWaitForAChildThatKeepsTheOutputOpen() throws Exception {
        Path pid = directory.resolve("pid");
        long began = System.nanoTime();

        run("sleep 600 & echo $! > " + pid, Duration.ofSeconds(20));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).orElseThrow().destroyForcibly();
    }

    @Test
    void shouldNotBeHeldUpByEndlessOutput() {
        assertThatThrownBy(() -> run("yes", SHORT)).isInstanceOf(IOException.class);
    }

    private static Command.Ended run(String line, Duration deadline)
            throws IOException, InterruptedException {
        return Command.run(List.of("/bin/sh", "-c", line), deadline);
    }
}
