package io.signalbox.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bench.BenchMain;
import io.signalbox.bench.simulation.Simulation.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final int SEEDS = 400;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldKeepItsPromisesUnderEverySeed() throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        new Seeds(0, SEEDS, outcomes::add).run(2);

        assertThat(outcomes).hasSize(SEEDS);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.violation().isPresent())
                .extracting(Outcome::seed, Outcome::violation)
                .isEmpty();
        assertThat(outcomes.stream().mapToLong(Outcome::faults).sum()).isGreaterThan(10L * SEEDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 289})
    void shouldReplayASeedIdentically(long seed) {
        Outcome one = Simulation.run(seed, true);
        Outcome other = Simulation.run(seed, true);

        assertThat(one.trace()).hasSizeGreaterThan(100);
        assertThat(other.traceHash()).isEqualTo(one.traceHash());
        assertThat(other.steps()).isEqualTo(one.steps());
    }

    /** Orders that a process makes up for itself, as of some sets, show in another process only. */
    @ParameterizedTest
    @ValueSource(longs = {10, 63, 81})
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReplayASeedIdenticallyInAnotherProcess(long seed) throws Exception {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BenchMain.class.getName(),
                                "simulate",
                                "--trace",
                                "--seeds",
                                "1",
                                "--first-seed",
                                Long.toString(seed))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(printed.lines()).contains("trace " + Simulation.run(seed, true).traceHash());
    }
}
