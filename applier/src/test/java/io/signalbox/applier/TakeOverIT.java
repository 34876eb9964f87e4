package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.ConfigRecord.Server;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An applier takes over what another one left, and a topic what another one was. */
@Timeout(120)
class TakeOverIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    private static final int RELOADS = 50;

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldUndoNothingThatWasDoneWhileAReloadWasPending(Path binary) throws Exception {
        undoesNothing(binary, true);
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldUndoNothingAlsoWhereTheWorkerDoesNotTellItsVersion(Path binary) throws Exception {
        undoesNothing(binary, false);
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldTakeOverAMasterThatIsJustReloading(Path binary) throws Exception {
        try (Rig killed = Rig.start(binary, directory);
                App one = App.start()) {
            GroupTopic topic = new GroupTopic(killed::offer);
            topic.frame(ApplierIT.freePort(), 8, false)
                    .service("a", "a.example", GroupTopic.server("a", one));
            killed.awaitServing(topic.manifest());
            long master = killed.master();
            killed.kill();

            for (int reload = 0; reload < RELOADS; reload++) {
                assertThat(new ProcessBuilder("kill", "-USR2", "" + master).start().waitFor())
                        .isZero();
                assertThat(adopts(binary, killed.places)).as("in reload %d", reload).isTrue();
            }
        }
    }

    private static boolean adopts(Path binary, Places places) throws Exception {
        Path config = places.root().resolve("current").resolve(ConfigDirectory.CONFIG);
        return new HaproxyProcess(binary, config, places, true).adopt();
    }

    private void undoesNothing(Path binary, boolean accessLog) throws Exception {
        int port = ApplierIT.freePort();
        Rig killed = Rig.start(binary, directory);
        try (App one = App.start();
                App two = App.start()) {
            Server first = GroupTopic.server("a", one);
            Server second = GroupTopic.server("a", two);
            GroupTopic topic = new GroupTopic(killed::offer);
            topic.frame(port, 8, accessLog).service("a", "a.example", first, second);
            killed.awaitServing(topic.manifest());
            // As many reloads as may happen at once: the next one waits.
            for (int spares = 9; spares < 12; spares++) {
                topic.frame(port, spares, accessLog);
                killed.awaitServing(topic.manifest());
            }
            long worker = killed.worker();
            topic.frame(port, 20, accessLog)
                    .service("a", "a.example", first, GroupTopic.server("a", two, true));
            topic.manifest();
            await().pollInterval(Duration.ofMillis(2)).until(() -> isOut(killed, second));
            killed.kill();
            assertThat(killed.worker()).isEqualTo(worker);

            try (Rig next = Rig.start(binary, directory)) {
                await().atMost(Duration.ofSeconds(10)).until(() -> next.beat.get() != null);
                int asked = two.requests();
                try (Load load = Load.on(port, "a.example", 4)) {
                    // Without the log, for as long as several looks at everything take.
                    load.awaitMore(500);
                    await().pollDelay(Duration.ofMillis(1_500)).until(() -> isOut(next, second));
                    assertThat(two.requests()).isEqualTo(asked);

                    topic.replay(next::offer);
                    next.awaitServing(5);
                    assertThat(isOut(next, second)).isTrue();
                    load.end();
                    assertThat(load.failures()).isEmpty();
                }
            }
        } finally {
            killed.close();
        }
    }

    private static boolean isOut(Rig rig, Server server) throws Exception {
        return rig.server("service_a", server.name()).filter(live -> live.enabled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldApplyATopicThatWasCreatedAgainOnlyWhenToldTo(boolean told) throws Exception {
        Path binary = Binaries.all().findFirst().orElseThrow();
        int port = ApplierIT.freePort();
        try (App one = App.start();
                App two = App.start()) {
            try (Rig first = Rig.start(binary, directory)) {
                GroupTopic topic = new GroupTopic(first::offer, "old-id");
                topic.frame(port, 4, true).service("a", "a.example", GroupTopic.server("a", one));
                for (int generation = 0; generation < 5; generation++) {
                    topic.manifest();
                }
                first.awaitServing(5);
            }
            try (Rig next = Rig.start(binary, directory, told ? "new-id" : "")) {
                GroupTopic topic = new GroupTopic(next::offer, "new-id");
                topic.frame(port, 4, true).service("a", "a.example", GroupTopic.server("a", two));
                long generation = topic.manifest();
                if (told) {
                    ApplyResult result = next.awaitServing(generation);
                    assertThat(result.outcome()).isEqualTo(Outcome.APPLIED);
                    assertThat(Load.once(port, "a.example").body()).isEqualTo(two.id());
                    assertThat(next.readiness.causes()).doesNotContainKey("loaded");
                    return;
                }
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(
                                () ->
                                        assertThat(next.readiness.causes().get("loaded"))
                                                .contains("old-id", "--adopt-topic new-id"));
                await().atMost(Duration.ofSeconds(10))
                        .ignoreExceptions()
                        .until(() -> Load.once(port, "a.example").body().equals(one.id()));
                assertThat(next.results).isEmpty();
            }
        }
    }
}
