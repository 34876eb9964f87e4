package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of this machine, as the tests of the whole use them. */
final class Shell {
    /** Where the repository lies. */
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    /** What a command printed, both streams together, and how it ended. */
    record Outcome(int code, String output) {}

    private Shell() {}

    /** Runs a command to its end, which must come within a minute. */
    static Outcome outcomeOf(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(REPOSITORY.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(List.of(command).toString()).isTrue();
        return new Outcome(process.exitValue(), output.strip());
    }

    /** What a command printed that must succeed. */
    static String outputOf(String... command) throws IOException, InterruptedException {
        Outcome outcome = outcomeOf(command);
        assertThat(outcome.code()).as(List.of(command) + ": " + outcome.output()).isZero();
        return outcome.output();
    }
}
