package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.applier.core.Damping;
import io.signalbox.applier.core.plan.LiveServer;
import io.signalbox.schemas.ConfigRecord.Server;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way goes on, whatever happens around it. */
@Timeout(120)
class ContinuityIT {
    private static final String BINARIES = "io.signalbox.applier.Binaries#all";
    private static final int SCALE_EVENTS = 100;

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldKeepAnUpgradedConnectionAndADownloadThroughAHundredScaleEvents(Path binary)
            throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                Streams streams = Streams.start();
                App one = App.start();
                App two = App.start()) {
            int port = ApplierIT.freePort();
            Server lasting =
                    GroupTopic.server("a.streams", streams.startedAt(), streams.port(), false);
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", lasting);
            rig.awaitServing(topic.manifest());
            long worker = rig.worker();
            double reloads = rig.counted("reloads");
            try (Socket echo = Streams.ask(port, "a.example", "/echo");
                    Socket download = Streams.ask(port, "a.example", "/download")) {
                InputStream echoed = new BufferedInputStream(echo.getInputStream());
                assertThat(Streams.line(echoed)).startsWith("HTTP/1.1 101 ");
                skipHead(echoed);
                InputStream downloaded = new BufferedInputStream(download.getInputStream());
                skipHead(downloaded);

                for (int event = 0; event < SCALE_EVENTS; event++) {
                    Server first = GroupTopic.server("a", one);
                    Server second = GroupTopic.server("a", two);
                    boolean up = event % 2 == 0;
                    // From the middle on, their own server is on its way out.
                    if (event < SCALE_EVENTS / 2) {
                        scale(topic, up ? new Server[] {lasting, first} : new Server[] {lasting});
                    } else {
                        scale(topic, up ? new Server[] {first, second} : new Server[] {first});
                    }
                    rig.await(topic.manifest());
                    Streams.write(echo.getOutputStream(), "event " + event + "\n");
                    assertThat(Streams.line(echoed)).isEqualTo("event " + event);
                }

                assertThat(rig.worker()).isEqualTo(worker);
                assertThat(rig.counted("reloads")).isEqualTo(reloads);
                assertThat(rig.server("service_a", "a.streams")).isPresent();
                streams.finish();
                Streams.write(echo.getOutputStream(), "\n");
                String line = Streams.line(downloaded);
                while (!line.equals("end") && !line.isEmpty()) {
                    line = Streams.line(downloaded);
                }
                assertThat(line).isEqualTo("end");
                assertThat(Streams.line(downloaded)).isEqualTo("0");
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> rig.server("service_a", "a.streams").isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource(BINARIES)
    void shouldHoldBackAServerThatComesAndGoesAndNeverWaitToTakeItOut(Path binary)
            throws Exception {
        try (Rig rig = Rig.start(binary, directory);
                App steady = App.start();
                App flapping = App.start()) {
            int port = ApplierIT.freePort();
            Server good = GroupTopic.server("a", steady);
            Server bad = GroupTopic.server("a", flapping);
            GroupTopic topic = new GroupTopic(rig::offer);
            topic.frame(port, 8, true).service("a", "a.example", good);
            rig.awaitServing(topic.manifest());
            try (Load load = Load.on(port, "a.example", 4)) {
                for (int flap = 0; flap < 3 * Damping.MOST; flap++) {
                    scale(topic, good, bad);
                    rig.await(topic.manifest());
                    load.awaitMore(10);
                    scale(topic, good);
                    rig.await(topic.manifest());
                    assertThat(rig.server("service_a", bad.name()).filter(LiveServer::enabled))
                            .isEmpty();
                }
                assertThat(rig.counted("damped")).isPositive();

                scale(topic, good, bad);
                topic.manifest();
                int before = flapping.requests();
                await().atMost(Damping.WINDOW.plusSeconds(3))
                        .until(() -> flapping.requests() > before + 10);
                load.end();
                assertThat(load.failures()).isEmpty();
            }
        }
    }

    private static void scale(GroupTopic topic, Server... servers) {
        topic.service("a", "a.example", servers);
    }

    private static void skipHead(InputStream in) throws Exception {
        String line = Streams.line(in);
        while (!line.isEmpty()) {
            line = Streams.line(in);
        }
    }
}
