package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.bench.SeparateProcesses;
import io.signalbox.cli.load.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each part is killed in turn while containers change and a load goes on; the judge is what {@code
 * docker ps} says and what clients get.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProcessIT {
    private static final String STEADY = "steady.killed.test";
    private static final Duration CONVERGENCE = Duration.ofSeconds(60);
    private static final Duration BACK = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory;

    private SeparateProcesses signalbox;
    private Judge judge;
    private Load load;
    private String fresh = "";
    private int made;

    @BeforeAll
    void startEverything() throws Exception {
        signalbox = new SeparateProcesses(Shell.REPOSITORY.resolve("signalbox"), directory);
        judge = new Judge(signalbox.proxy(), "killed-" + ProcessHandle.current().pid());
        signalbox.start(SeparateProcesses.BROKER);
        judge.startContainer(STEADY);
        judge.startContainer(STEADY);
        signalbox.awaitLog();
        for (String process : SeparateProcesses.PROCESSES) {
            signalbox.start(process);
        }
        for (String process : SeparateProcesses.PROCESSES) {
            signalbox.awaitReady(process);
        }
        converge();
    }

    @BeforeEach
    void startLoad() {
        load = Load.start(signalbox.proxy(), List.of(STEADY), 100, 4, 4);
    }

    @AfterEach
    void stopLoad() {
        load.close();
    }

    @AfterAll
    void endEverything() throws Exception {
        signalbox.close();
        judge.removeContainers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"watcher", "registry", "renderer", "applier", "broker"})
    void shouldConvergeAfterAnyProcessWasKilledWhileContainersChanged(String killed)
            throws Exception {
        long master = signalbox.haproxyMaster();

        signalbox.kill(killed);
        changeContainers();
        signalbox.start(killed);

        converge();
        assertThat(signalbox.haproxyMaster()).isEqualTo(master);
        assertNothingFailed();
    }

    @Test
    void shouldTakeOverTheHaproxyThatServes() throws Exception {
        Set<Long> workers = signalbox.haproxyWorkers();

        signalbox.kill("applier");
        signalbox.start("applier");

        signalbox.awaitReady("applier");
        assertThat(workers).containsAll(signalbox.haproxyWorkers()).isNotEmpty();
        converge();
        assertNothingFailed();
    }

    @Test
    void shouldBringHaproxyBackAfterItsMasterWasKilled() throws Exception {
        long master = signalbox.haproxyMaster();

        ProcessHandle.of(master).orElseThrow().destroyForcibly();

        await().atMost(BACK).until(() -> judge.served().equals(judge.wanted()));
        changeContainers();
        converge();
        assertThat(signalbox.haproxyMaster()).isNotEqualTo(master);
    }

    /** Starts a container of a known service and one of a new one; stops one and removes one. */
    private void changeContainers() throws Exception {
        judge.startContainer(STEADY);
        List<String> steady = judge.running(STEADY);
        Shell.outputOf("docker", "stop", steady.getLast());
        if (!fresh.isEmpty()) {
            Shell.outputOf("docker", "rm", "--force", fresh);
        }
        fresh = judge.startContainer("fresh-" + ++made + ".killed.test");
    }

    private void converge() {
        await("what clients get is what docker ps says")
                .atMost(CONVERGENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(judge.served()).isEqualTo(judge.wanted()));
    }

    private void assertNothingFailed() {
        assertThat(load.tally().failures()).isEmpty();
        assertThat(load.tally().answered()).isGreaterThan(100);
    }
}
