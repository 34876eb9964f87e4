package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.haproxy.MapName;
import io.signalbox.process.FreePort;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.GroupDefinition.Listen;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The applier on real HAProxy, driven as the log would. */
@Timeout(120)
class ApplierIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldServeTheFirstManifestAndClaimASpareForANewService(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            topic.manifest();
            ApplyResult started = rig.awaitServing(1);
            assertThat(started.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
            assertThat(Load.once(port, "b.example").status()).isEqualTo(404);
            long worker = rig.worker();

            topic.service("b", "b.example", GroupTopic.server("b", two));
            ApplyResult claimed = rig.awaitServing(topic.manifest());

            assertThat(claimed.how()).isEqualTo(How.RUNTIME);
            assertThat(claimed.backends()).containsEntry("b", "spare_plain_001");
            assertThat(Load.once(port, "b.example").body()).isEqualTo(two.id());
            assertThat(rig.worker()).isEqualTo(worker);

            topic.remove("b");
            rig.await(topic.manifest());
            assertThat(Load.once(port, "b.example").status()).isEqualTo(404);
            assertThat(rig.worker()).isEqualTo(worker);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldLoseNoRequestWhileScalingAndRollingUnderLoad(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App first = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", first));
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();
            List<App> apps = new ArrayList<>(List.of(first));
            try (Load load = Load.on(port, "a.example", 8)) {
                for (int round = 0; round < 10; round++) {
                    apps.add(App.start());
                    apps.add(App.start());
                    topic.service("a", "a.example", servers(apps, 0));
                    rig.awaitServing(topic.manifest());
                    load.awaitMore(20);
                    topic.service("a", "a.example", servers(apps, 2));
                    rig.awaitServing(topic.manifest());
                    load.awaitMore(20);
                    topic.service("a", "a.example", servers(apps.subList(2, apps.size()), 0));
                    rig.awaitServing(topic.manifest());
                    load.awaitMore(20);
                    apps = new ArrayList<>(apps.subList(2, apps.size()));
                }
                load.end();
                assertThat(load.failures()).isEmpty();
                assertThat(load.asked()).isGreaterThan(300);
                assertThat(load.answers().size()).isGreaterThan(10);
            }
            assertThat(rig.worker()).isEqualTo(worker);
            apps.forEach(App::close);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldReloadForAnotherFrameWithoutALostRequest(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            try (Load load = Load.on(port, "a.example", 8)) {
                for (int spares = 9; spares < 12; spares++) {
                    long worker = rig.worker();
                    topic.frame(port, spares, true);
                    ApplyResult result = rig.awaitServing(topic.manifest());
                    assertThat(result.how()).isEqualTo(How.RELOAD);
                    assertThat(result.reason()).isEqualTo("frame");
                    assertThat(rig.worker()).isNotEqualTo(worker);
                    load.awaitMore(20);
                }
                load.end();
                assertThat(load.failures()).isEmpty();
                assertThat(load.asked()).isGreaterThan(50);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldActOnAManifestThatTouchesNoServiceAlsoAfterARest(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            awaitTwoBeats(rig);

            ApplyResult same = rig.await(topic.manifest());
            assertThat(same.how()).isEqualTo(How.NONE);
            assertThat(rig.entries(MapName.VERSION)).containsEntry("generation", "2");
            awaitTwoBeats(rig);

            topic.frame(port, 9, true);
            ApplyResult result = rig.await(topic.manifest());
            assertThat(result.how()).isEqualTo(How.RELOAD);
            assertThat(result.reason()).isEqualTo("frame");
        }
    }

    /** The loop has nothing left to do of what came before. */
    private static void awaitTwoBeats(Rig rig) {
        for (int beat = 0; beat < 2; beat++) {
            rig.beat.set(null);
            await().until(() -> rig.beat.get() != null);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldSendNothingToAServerThatStops(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", servers(List.of(one, two), 0));
            rig.awaitServing(topic.manifest());
            try (Load load = Load.on(port, "a.example", 4)) {
                await().until(() -> two.requests() > 100);
                topic.service(
                        "a",
                        "a.example",
                        GroupTopic.server("a", one),
                        GroupTopic.server("a", two, true));
                rig.await(topic.manifest());
                int after = two.requests();
                int sent = one.requests();
                await().until(() -> one.requests() > sent + 200);
                assertThat(two.requests() - after).isLessThanOrEqualTo(4);
                load.end();
                assertThat(load.failures()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldEnableAServerOnlyWhenItsApplicationAnswers(Path binary) throws Exception {
        int later = freePort();
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            try (Load load = Load.on(port, "a.example", 4)) {
                topic.service(
                        "a",
                        "a.example",
                        GroupTopic.server("a", one),
                        GroupTopic.server("a.later", Instant.now(), later, false));
                ApplyResult result = rig.await(topic.manifest());
                assertThat(result.pending()).containsExactly("a.later");
                int sent = one.requests();
                await().until(() -> one.requests() > sent + 50);
                try (App there = App.at(later)) {
                    there.listen();
                    await().atMost(Duration.ofSeconds(5)).until(() -> there.requests() > 10);
                    load.end();
                }
                assertThat(load.failures()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldTakeOverTheHaproxyOfAKilledApplierWithoutAnInterruption(Path binary)
            throws Exception {
        int port = freePort();
        Rig killed = Rig.start(binary, directory);
        try (App one = App.start();
                App two = App.start()) {
            GroupTopic topic = new GroupTopic(killed::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            killed.awaitServing(topic.manifest());
            topic.service("b", "b.example", GroupTopic.server("b", two));
            killed.awaitServing(topic.manifest());
            long worker = killed.worker();
            try (Load load = Load.on(port, "b.example", 4)) {
                killed.kill();
                // What changed while no applier ran.
                topic.service("a", "a.example", servers(List.of(one, two), 0));
                topic.manifest();
                try (Rig next = Rig.start(binary, directory)) {
                    topic.replay(next::offer);
                    ApplyResult result = next.awaitServing(3);
                    assertThat(result.how()).isEqualTo(How.RUNTIME);
                    assertThat(result.backends()).containsEntry("b", "spare_plain_001");
                    assertThat(next.worker()).isEqualTo(worker);
                    load.end();
                    assertThat(load.failures()).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldServeTheLastKnownGoodConfigurationWithoutTheLog(Path binary) throws Exception {
        int port = freePort();
        try (App one = App.start()) {
            try (Rig first = Rig.start(binary, directory)) {
                GroupTopic topic = new GroupTopic(first::offer);
                topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
                first.awaitServing(topic.manifest());
            }
            try (Rig next = Rig.start(binary, directory)) {
                await().atMost(Duration.ofSeconds(5))
                        .ignoreExceptions()
                        .until(() -> Load.once(port, "a.example").status() == 200);
                assertThat(next.readiness.causes()).containsKey("loaded");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldKnockAgainWhenAContainerRestartsAtAnotherAddress(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App other = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());

            topic.service("a", "a.example", GroupTopic.moved(GroupTopic.server("a", one), other));
            ApplyResult result = rig.awaitServing(topic.manifest());

            assertThat(result.how()).isEqualTo(How.RUNTIME);
            assertThat(Load.once(port, "a.example").body()).isEqualTo(other.id());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldReloadWhenNoSpareIsLeft(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 2, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            for (String name : List.of("b", "c", "d")) {
                topic.service(name, name + ".example", GroupTopic.server(name, one));
            }
            ApplyResult result = rig.awaitServing(topic.manifest());
            assertThat(result.how()).isEqualTo(How.RELOAD);
            assertThat(result.reason()).startsWith("no spare");
            for (String name : List.of("a", "b", "c", "d")) {
                assertThat(Load.once(port, name + ".example").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldRefuseToStartOnAnOccupiedPortAndDoWithoutStatistics(Path binary) throws Exception {
        try (ServerSocket occupied =
                        new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                App one = App.start()) {
            Listen statistics = new Listen("127.0.0.1", occupied.getLocalPort());
            int port = freePort();
            try (Rig rig = Rig.start(binary, directory)) {
                GroupTopic topic = new GroupTopic(rig::offer);
                topic.frame(port, 2, true, statistics, List.of())
                        .service("a", "a.example", GroupTopic.server("a", one));
                rig.awaitServing(topic.manifest());
                assertThat(Load.once(port, "a.example").status()).isEqualTo(200);
            }
            try (Rig rig = Rig.start(binary, directory.resolve("other"))) {
                GroupTopic topic = new GroupTopic(rig::offer);
                topic.frame(occupied.getLocalPort(), 2, true).manifest();
                await().atMost(Duration.ofSeconds(3)).until(() -> rig.fatal.get() != null);
                assertThat(rig.fatal.get())
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining("127.0.0.1:" + occupied.getLocalPort());
            }
        }
    }

    /** The servers of these applications; the first ones stop. */
    private static Server[] servers(List<App> apps, int stopping) {
        List<Server> servers = new ArrayList<>();
        for (int index = 0; index < apps.size(); index++) {
            servers.add(GroupTopic.server("a", apps.get(index), index < stopping));
        }
        return servers.toArray(new Server[0]);
    }

    static int freePort() throws IOException {
        return FreePort.onLoopback();
    }
}
