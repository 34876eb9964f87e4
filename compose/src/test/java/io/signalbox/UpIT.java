package io.signalbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.cli.load.Load;
import io.signalbox.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox up} as its users meet it: from outside, by signals, processes and requests. */
@Timeout(180)
class UpIT {
    private static final String HOST = "steady.up.test";
    private static final Duration START = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private InetSocketAddress proxy;
    private Judge judge;

    @BeforeEach
    void startContainers() throws Exception {
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.onLoopback());
        judge = new Judge(proxy, "up-" + ProcessHandle.current().pid());
        judge.startContainer(HOST);
        judge.startContainer(HOST);
    }

    @AfterEach
    void endEverything() throws Exception {
        started.forEach(Process::destroyForcibly);
        processes().forEach(ProcessHandle::destroyForcibly);
        judge.removeContainers();
    }

    @Test
    void shouldTakeOverWhatServesAfterItWasKilledAndLeaveNothingBehindAtItsEnd() throws Exception {
        Process first = up();
        awaitServing();
        long haproxy = haproxyMaster();
        long schemaRegistry = schemaRegistry();

        try (Load load = Load.start(proxy, List.of(HOST), 100, 4, 4)) {
            first.destroyForcibly().waitFor();
            up();
            awaitReady(2);
            awaitServing();

            assertThat(load.tally().failures()).isEmpty();
            assertThat(load.tally().answered()).isGreaterThan(100);
            assertThat(haproxyMaster()).isEqualTo(haproxy);
            assertThat(ProcessHandle.of(schemaRegistry)).isEmpty();
        }
        assertThat(replay()).containsPattern("no difference: .* [1-9][0-9]* manifests");
        started.getLast().destroy();

        assertThat(started.getLast().waitFor(20, SECONDS)).isTrue();
        assertThat(started.getLast().exitValue()).isZero();
        await().atMost(Duration.ofSeconds(5)).until(() -> processes().isEmpty());
    }

    @Test
    void shouldLeaveNothingBehindAtCtrlC() throws Exception {
        Process up = up();
        awaitServing();

        Shell.outputOf("kill", "-INT", Long.toString(up.pid()));

        assertThat(up.waitFor(20, SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        await().atMost(Duration.ofSeconds(5)).until(() -> processes().isEmpty());
    }

    @Test
    void shouldServeOnWhileItStartsADeadSchemaRegistryAgain() throws Exception {
        up();
        awaitReady(1);
        awaitServing();
        long dead = schemaRegistry();

        ProcessHandle.of(dead).orElseThrow().destroyForcibly();
        judge.startContainer(HOST);

        awaitServing();
        await("the schema registry is back")
                .atMost(START)
                .untilAsserted(() -> assertThat(said("schema registry is back")).isEqualTo(1));
        assertThat(said("schema registry is away")).isEqualTo(1);
        assertThat(schemaRegistry()).isNotEqualTo(dead);
        assertThat(ProcessHandle.of(schemaRegistry())).isPresent();
        assertThat(started.getLast().isAlive()).isTrue();
    }

    @Test
    void shouldListTheBuiltInGroupWhereItListens() throws Exception {
        up();
        awaitReady(1);

        String address = "127.0.0.1:" + proxy.getPort();
        assertThat(signalbox("group", "list"))
                .containsPattern("default +" + address + " +built in");
        assertThat(signalbox("group", "show", "default")).contains(address);
        assertThat(signalbox("status")).doesNotContain("withdrawn");
    }

    @Test
    void shouldServeOnWhileItsFactsAreLostAndFollowAgainOnceThatIsAdopted() throws Exception {
        up();
        awaitReady(1);
        awaitServing();
        assertThat(outcome("topics", "--adopt", "container-events"))
                .satisfies(
                        refused -> {
                            assertThat(refused.code()).isEqualTo(1);
                            assertThat(refused.output()).contains("there is nothing to adopt");
                        });

        try (Load load = Load.start(proxy, List.of(HOST), 50, 4, 4)) {
            recreateEvents();
            await("the registry names what adopts it")
                    .atMost(START)
                    .untilAsserted(
                            () ->
                                    assertThat(said("signalbox topics --adopt container-events"))
                                            .isPositive());
            assertThat(signalbox("topics", "--adopt", "container-events"))
                    .contains(
                            "signalbox.container-events was created again",
                            "deleted signalbox.service-state",
                            "created signalbox.service-state");
            judge.startContainer(HOST);
            awaitServing();

            assertThat(load.tally().failures()).isEmpty();
        }
    }

    private void recreateEvents() throws Exception {
        String brokers =
                Files.readAllLines(directory.resolve("endpoints")).stream()
                        .filter(line -> line.startsWith("SIGNALBOX_BOOTSTRAP_SERVERS"))
                        .map(line -> line.substring(line.indexOf('=') + 1).strip())
                        .findFirst()
                        .orElseThrow();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.deleteTopics(List.of("signalbox.container-events")).all().get();
        }
        assertThat(signalbox("topics")).contains("created signalbox.container-events");
    }

    private Shell.Outcome outcome(String... words) throws Exception {
        return Shell.outcomeOf(command(words));
    }

    /** What a command of the operator prints. */
    private String signalbox(String... words) throws Exception {
        return Shell.outputOf(command(words));
    }

    private String[] command(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addFirst(Shell.REPOSITORY.resolve("signalbox").toString());
        command.addAll(List.of("--config", directory.resolve("endpoints").toString()));
        return command.toArray(String[]::new);
    }

    private long said(String text) throws IOException {
        return Files.readAllLines(log()).stream().filter(line -> line.contains(text)).count();
    }

    private Process up() throws IOException {
        // Ctrl-C counts also where the tests themselves run in the background and ignore it.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Shell.REPOSITORY.resolve("signalbox").toString());
        command.addAll(List.of("up", "--host-id", "here", "--data", directory.toString()));
        command.addAll(List.of("--listen", "127.0.0.1:" + proxy.getPort()));
        for (String process : List.of("watcher", "registry", "renderer", "applier")) {
            command.addAll(List.of("--" + process + "-http-listen", "127.0.0.1:0"));
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        started.add(process);
        return process;
    }

    /** What the replay check says of the log; it must succeed. */
    private String replay() throws Exception {
        return Shell.outputOf(
                Shell.REPOSITORY.resolve("signalbox").toString(),
                "replay",
                "--check",
                "--config",
                directory.resolve("endpoints").toString());
    }

    private void awaitServing() {
        await("what clients get is what docker ps says")
                .atMost(START)
                .untilAsserted(() -> assertThat(judge.served()).isEqualTo(judge.wanted()));
    }

    private void awaitReady(int times) {
        await("ready")
                .atMost(START)
                .until(
                        () ->
                                Files.readAllLines(log()).stream()
                                                .filter(line -> line.startsWith("ready "))
                                                .count()
                                        == times);
    }

    private Path log() {
        return directory.resolve("up.log");
    }

    private long haproxyMaster() throws IOException {
        return Long.parseLong(
                Files.readString(directory.resolve("applier/run/haproxy.pid")).strip());
    }

    private long schemaRegistry() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve("schema-registry/pid")).strip());
    }

    /** Every process of this machine that names the data directory. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains(directory.toString()))
                .toList();
    }
}
