package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ApplyResult.How;
import io.signalbox.schemas.ApplyResult.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reloads, good and bad ones. {@code -Dsignalbox.reloads=100} makes the load go through more of
 * them than the ten that every build does.
 */
@Timeout(900)
class ReloadsIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final int RELOADS = Integer.getInteger("signalbox.reloads", 10);

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldLoseNoRequestInManyReloads(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true)
                    .service(
                            "a",
                            "a.example",
                            GroupTopic.server("a", one),
                            GroupTopic.server("a", two));
            rig.awaitServing(topic.manifest());
            try (Load load = Load.on(port, "a.example", 8)) {
                for (int reload = 0; reload < RELOADS; reload++) {
                    long worker = rig.worker();
                    topic.frame(port, 9 + reload % 2, true);
                    ApplyResult result = rig.awaitServing(topic.manifest());
                    assertThat(result.how()).isEqualTo(How.RELOAD);
                    assertThat(rig.worker()).isNotEqualTo(worker);
                    load.awaitMore(50);
                }
                load.end();
                System.out.printf(
                        "%s: %d requests in %d reloads, failed: %s, longest %d ms%n",
                        binary.getFileName(),
                        load.asked(),
                        RELOADS,
                        load.failures(),
                        load.longestMs());
                assertThat(load.failures()).isEmpty();
                assertThat(load.asked()).isGreaterThan(50 * RELOADS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldGoBackWhenAReloadFailsAndGoOnFromThere(Path binary) throws Exception {
        int port = ApplierIT.freePort();
        try (Rig rig = Rig.start(binary, directory);
                // The same port at another address, which only HAProxy finds out.
                ServerSocket occupied =
                        new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.2"));
                App one = App.start();
                App two = App.start()) {
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            topic.service("b", "b.example", GroupTopic.server("b", two));
            rig.awaitServing(topic.manifest());

            topic.frameAt("127.0.0.2", occupied.getLocalPort(), 8);
            ApplyResult failed = rig.await(topic.manifest());

            assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
            // HAProxy is taken back to the old structure with what has come by commands since.
            assertThat(rig.configuration())
                    .contains("backend service_a", "backend service_b")
                    .doesNotContain("127.0.0.2:" + port);
            assertThat(Load.once(port, "a.example").body()).isEqualTo(one.id());
            assertThat(Load.once(port, "b.example").body()).isEqualTo(two.id());
            try (Load load = Load.on(port, "a.example", 4)) {
                topic.frame(port, 9, true);
                ApplyResult result = rig.await(topic.manifest());
                while (result.outcome() != Outcome.APPLIED) {
                    result = rig.await(3);
                }
                assertThat(result.how()).isEqualTo(How.RELOAD);
                load.awaitMore(50);
                load.end();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(rig.metrics.scrape())
                    .containsPattern("reloads_total\\{outcome=\"failed\",reason=\"frame\"} [1-9]");
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldNotEvenTryToListenWhereSomebodyElseDoes(Path binary) throws Exception {
        ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();
            try (Load load = Load.on(port, "a.example", 4)) {
                topic.frame(occupied.getLocalPort(), 8, true);
                ApplyResult failed = rig.await(topic.manifest());
                assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(failed.reason())
                        .contains("cannot listen on 127.0.0.1:" + occupied.getLocalPort());
                load.awaitMore(50);
                load.end();
                assertThat(load.failures()).isEmpty();
            }
            assertThat(rig.worker()).isEqualTo(worker);
            occupied.close();
            ApplyResult result = rig.await(2);
            while (result.outcome() != Outcome.APPLIED) {
                result = rig.await(2);
            }
            assertThat(Load.once(occupied.getLocalPort(), "a.example").body()).isEqualTo(one.id());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldMakeFewReloadsOfManyChangesAtOnce(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App one = App.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", GroupTopic.server("a", one));
            rig.awaitServing(topic.manifest());
            double before = rig.counted("reloads");
            long began = System.nanoTime();
            long last = 0;
            for (int change = 0; change < 60; change++) {
                topic.frame(port, 9 + change % 20, true);
                last = topic.manifest();
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(20))
                        .until(() -> rig.fatal.get() == null);
            }
            rig.await(last);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            // Three at once, then one every two seconds.
            assertThat(rig.counted("reloads") - before)
                    .isBetween(1.0, 4.0 + took.toMillis() / 2_000.0);
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldTellOfOldWorkersAndTheirAge(Path binary) throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                Streams streams = Streams.start()) {
            int port = ApplierIT.freePort();
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true)
                    .service(
                            "a",
                            "a.example",
                            GroupTopic.server(
                                    "a.streams", streams.startedAt(), streams.port(), false));
            rig.awaitServing(topic.manifest());
            try (Socket download = Streams.ask(port, "a.example", "/download")) {
                assertThat(download.getInputStream().read()).isEqualTo('H');
                topic.frame(port, 9, true);
                rig.awaitServing(topic.manifest());
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(
                                () ->
                                        rig.haproxy
                                                .oldWorkers()
                                                .filter(old -> old.count() == 1)
                                                .filter(old -> !old.oldest().isZero())
                                                .isPresent());
                streams.finish();
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    rig.haproxy
                                            .oldWorkers()
                                            .filter(old -> old.count() == 0)
                                            .isPresent());
        }
    }
}
