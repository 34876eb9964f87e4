package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process in a JVM of its own: its exit codes and what it prints. */
@Timeout(60)
class ProcessLauncherIT {
    private static final int BUDGET_MS = 2_000;

    private Path output = Path.of("");
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void prepare(@TempDir Path folder) {
        output = folder.resolve("output");
    }

    @AfterEach
    void endWhatWasStarted() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void shouldEndWithZeroAtSigterm() throws Exception {
        Process process = start(Map.of(), "--example-http-listen=127.0.0.1:0");
        await().atMost(Duration.ofSeconds(20)).until(() -> printed().contains(" ready "));

        process.destroy();

        assertThat(exitCode(process)).isZero();
        assertThat(printed()).contains(" stopped process=example").doesNotContain("Exception");
    }

    @Test
    void shouldBeReadyWithinItsBudget() throws Exception {
        start(Map.of(), "--example-http-listen=127.0.0.1:0", "--log-format=json");
        await().atMost(Duration.ofSeconds(20)).until(() -> printed().contains("\"ready\""));
        String line =
                printed()
                        .lines()
                        .filter(text -> text.contains("\"ready\""))
                        .findFirst()
                        .orElseThrow();
        int uptimeMs = new io.vertx.core.json.JsonObject(line).getInteger("uptimeMs");
        assertThat(uptimeMs).isLessThan(BUDGET_MS);
    }

    @Test
    void shouldWriteJsonForProgramsAndTextForATerminal() throws Exception {
        String[] arguments = {"--example-http-listen=127.0.0.1:0", "--log-format=auto"};
        start(Map.of(), arguments);
        await().atMost(Duration.ofSeconds(20)).until(() -> printed().contains("\"ready\""));

        List<String> command = command(arguments);
        start(Map.of(), List.of("script", "-qec", String.join(" ", command), "/dev/null"));

        await().atMost(Duration.ofSeconds(20)).until(() -> printed().contains(" ready "));
        assertThat(printed()).doesNotContain("{\"time\"");
    }

    @Test
    void shouldEndWithTwoAndOneLineForEachMistake() throws Exception {
        Process process =
                start(Map.of("SIGNALBOX_LOG_LEVL", "info"), "--example-http-listen=nowhere");

        assertThat(exitCode(process)).isEqualTo(2);
        assertThat(printed().lines())
                .containsExactly(
                        "signalbox example: SIGNALBOX_EXAMPLE_HTTP_LISTEN must be host:port: nowhere",
                        "signalbox example: SIGNALBOX_LOG_LEVL is not a setting, did you mean"
                                + " SIGNALBOX_LOG_LEVEL?");
    }

    @Test
    void shouldEndWithTwoWhenTheAddressIsInUse() throws Exception {
        try (Running running = Running.start(runtime -> {})) {
            String taken = running.runtime.http().address().toString();
            Process process = start(Map.of("SIGNALBOX_EXAMPLE_HTTP_LISTEN", taken));
            assertThat(exitCode(process)).isEqualTo(2);
            assertThat(printed())
                    .contains("SIGNALBOX_EXAMPLE_HTTP_LISTEN must be a free address")
                    .contains(taken)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldEndWithOneAndAStackTraceForABug() throws Exception {
        Process process =
                start(Map.of(), "--example-http-listen=127.0.0.1:0", "--example-greeting=bug");
        assertThat(exitCode(process)).isEqualTo(1);
        assertThat(printed())
                .contains("ERROR")
                .contains("stopped by a bug")
                .contains("\tat io.signalbox");
    }

    @Test
    void shouldSayOnceWhatIsAwayAndNothingElse() throws Exception {
        Process process =
                start(
                        Map.of(),
                        "--example-http-listen=127.0.0.1:0",
                        "--example-greeting=connected",
                        "--bootstrap-servers=127.0.0.1:" + TestBroker.freePort(),
                        "--schema-registry-url=http://127.0.0.1:" + TestBroker.freePort());
        await().atMost(Duration.ofSeconds(20)).until(() -> printed().contains("kafka is away"));
        await().pollDelay(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(10)).until(() -> true);
        process.destroy();

        assertThat(exitCode(process)).isZero();
        assertThat(printed().lines().filter(line -> !line.contains(" INFO  ")))
                .hasSize(2)
                .anyMatch(
                        line ->
                                line.contains(
                                        "kafka is away error=\"no broker answers at 127.0.0.1:"))
                .anyMatch(line -> line.contains("schema-registry is away error="));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ExampleMain.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private Process start(Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith(Setting.KEY_PREFIX));
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(output.toFile()).start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String printed() throws IOException {
        return Files.readString(output);
    }
}
