package io.signalbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class BenchMainTest {
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayInOneLineWhatIsNotReadyAndWhatToDo() {
        int code =
                run(
                        () -> {
                            throw new NotReady("the watcher is late", "wait", "one\nno engine\n\n");
                        });

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("signalbox measured: the watcher is late: no engine; wait");
    }

    @Test
    void shouldRefuseWhatCannotRunWithTheCodeOfWrongUse() {
        int code =
                run(
                        () -> {
                            throw new StartFailure("no such case");
                        });

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("signalbox measured: no such case");
    }

    @Test
    void shouldShowABugWithItsStack() {
        int code =
                run(
                        () -> {
                            throw new IllegalStateException("a bug");
                        });

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("a bug", "\tat " + BenchMainTest.class.getName());
    }

    @Test
    @Timeout(60)
    void shouldNameWhatAProcessSaidLastBeforeItEnded(@TempDir Path directory) throws Exception {
        Path launcher = launcher(directory);
        try (SeparateProcesses processes = new SeparateProcesses(launcher, directory)) {
            processes.start("watcher");

            NotReady late =
                    catchThrowableOfType(NotReady.class, () -> processes.awaitReady("watcher"));

            assertThat(late).hasMessageContaining("starting\nno engine at unix:///docker.sock");
            assertThat(late.line())
                    .startsWith(
                            "watcher ended before it was ready: no engine at unix:///docker.sock; ")
                    .contains("signalbox doctor")
                    .doesNotContain("\n");
        }
    }

    private static Path launcher(Path directory) throws IOException {
        Path script = directory.resolve("launcher");
        Files.writeString(
                script,
                "#!/bin/sh\necho starting\necho no engine at unix:///docker.sock\nexit 2\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private int run(Callable<Integer> measurement) {
        CommandLine measured = new CommandLine(new Measured(measurement));
        return BenchMain.commandLine()
                .addSubcommand("measured", measured)
                .setExecutionExceptionHandler(
                        BenchMain.commandLine().getExecutionExceptionHandler())
                .setErr(new PrintWriter(err, true))
                .execute("measured");
    }

    /** A measurement that comes to this end. */
    @Command(name = "measured")
    private record Measured(Callable<Integer> end) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return end.call();
        }
    }
}
