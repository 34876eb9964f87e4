package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import io.signalbox.cli.replay.Difference;
import io.signalbox.cli.replay.Replay;
import io.signalbox.cli.replay.ReplayLog;
import io.signalbox.renderer.Renderer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the whole chain wrote, whatever the tests before did to it, follows from its facts. */
@Timeout(180)
@ExtendWith(Chain.Shared.class)
class ReplayIT {
    /** The registry's default. */
    private static final Duration GONE_RETENTION = Duration.ofDays(21);

    private static Chain chain;
    private static Engine engine;

    @BeforeAll
    static void churn(Chain shared) {
        chain = shared;
        engine = new Engine("replay-");
        engine.network("network");
        for (int round = 0; round < 4; round++) {
            String first = run("first-" + round, "disputed.test");
            chain.awaitServed("disputed.test", "/", first);
            String second = run("second-" + round, "disputed.test");
            String quiet = run("quiet-" + round, "quiet.test");
            chain.awaitServed("quiet.test", "/", quiet);
            engine.docker().restartContainerCmd(second).withTimeout(1).exec();
            engine.remove(first);
            chain.awaitServed("disputed.test", "/", second);
            engine.remove(second);
            engine.remove(quiet);
            chain.awaitStatus("disputed.test", "/", 404);
        }
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void shouldFindNoDifferenceInWhatTheChainWrote() {
        Replay.Outcome outcome = replay(chain.replayLog());

        assertThat(outcome.difference()).isNull();
        assertThat(outcome.tally().notCompared()).as("%s", outcome.tally().remarks()).isZero();
        assertThat(outcome.tally().gaps()).isZero();
        assertThat(outcome.tally().manifests()).isGreaterThan(16);
        assertThat(outcome.tally().entries()).isGreaterThan(12);
        assertThat(outcome.tally().facts()).isGreaterThan(48);
    }

    @Test
    void shouldNameThePartThatSaysSomethingElse() {
        FlippedHistory log = new FlippedHistory(chain.replayLog(), "default");

        Difference difference = replay(log).difference();

        assertThat(difference).isNotNull();
        assertThat(difference.topic()).isEqualTo("config-history");
        assertThat(difference.offset()).isEqualTo(log.offset());
        assertThat(difference.what())
                .contains("servers[0].weight: recorded 2, replayed 1")
                .contains("service/");
    }

    private static Replay.Outcome replay(ReplayLog log) {
        Replay.Rules rules = new Replay.Rules(Renderer.version(), GONE_RETENTION, Instant.now());
        return new Replay(log, rules, _ -> {}).run();
    }

    private static String run(String name, String host) {
        HostConfig onOwnNetwork =
                HostConfig.newHostConfig().withNetworkMode(engine.name("network"));
        return engine.run(
                name, Map.of("signalbox.host", host), made -> made.withHostConfig(onOwnNetwork));
    }
}
