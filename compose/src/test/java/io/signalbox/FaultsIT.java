package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bench.faults.Suite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One short round of the faults that must never go unseen, on one start of all processes. The whole
 * suite is {@code ./signalbox faults}.
 */
@Timeout(180)
class FaultsIT {
    private static final long SEED = Long.getLong("signalbox.seed", System.nanoTime() % 1_000_000);

    /** Tests run on machines that have other things to do; the suite itself measures. */
    private static final int SLACK = 8;

    private static Suite suite;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("faults with -Dsignalbox.seed=" + SEED);
        suite = new Suite(Shell.REPOSITORY, FaultsIT::say, SEED, SLACK);
    }

    @AfterAll
    static void stop() throws Exception {
        suite.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine-killed",
                "stream-cut",
                "watcher-killed",
                "registry-killed",
                "renderer-killed",
                "applier-killed",
                "registry-frozen",
                "renderer-frozen",
                "broker-killed",
                "poison",
                "refused-configuration",
                "haproxy-killed"
            })
    void shouldConvergeAndLoseNothing(String fault) throws Exception {
        assertThat(suite.run(fault, 1).violations()).isEmpty();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
