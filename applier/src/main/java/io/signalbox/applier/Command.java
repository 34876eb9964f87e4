package io.signalbox.applier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program of the machine and waits for its end, but not longer than a deadline: what hangs
 * is ended with everything that it started. Its output goes to a file, so that neither a full pipe
 * nor a child that keeps it open holds anybody up. Safe for all threads.
 */
public final class Command {
    private static final int MOST_OUTPUT_BYTES = 64 * 1024;

    private Command() {}

    /**
     * How it ended.
     *
     * @param output what it wrote to both of its outputs, the beginning of it
     */
    public record Ended(int exitCode, String output) {}

    /**
     * Runs it.
     *
     * @throws IOException if it cannot be started, or does not end in time
     */
    public static Ended run(List<String> command, Duration deadline)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("signalbox", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            process.getOutputStream().close();
            await(process, command, deadline);
            return new Ended(process.exitValue(), beginning(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static void await(Process process, List<String> command, Duration deadline)
            throws IOException, InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        if (!ended) {
            throw new IOException(
                    "%s does not end within %d ms: ended by force"
                            .formatted(command.getFirst(), deadline.toMillis()));
        }
    }

    private static String beginning(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MOST_OUTPUT_BYTES), StandardCharsets.UTF_8);
        }
    }
}
