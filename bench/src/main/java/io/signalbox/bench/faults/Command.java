package io.signalbox.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Commands of this machine. */
public final class Command {
    private Command() {}

    /** Runs one to its end; what it printed, both streams together. */
    public static String run(String... words) throws IOException {
        return run(Map.of(), words);
    }

    /**
     * The same with a few variables more in its environment.
     *
     * @throws IOException if it fails; the message has what it printed
     */
    public static String run(Map<String, String> environment, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(words) + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output;
    }
}
