package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.Reply.Reason;
import io.signalbox.haproxy.Reply.Refused;
import io.signalbox.haproxy.RuntimeCommand.DeleteServer;
import io.signalbox.haproxy.RuntimeCommand.SetServerState;
import io.signalbox.haproxy.RuntimeCommand.SetServerState.State;
import io.signalbox.haproxy.RuntimeCommand.ShowServersConnections;
import io.signalbox.haproxy.RuntimeCommand.ShutdownSessions;
import io.signalbox.haproxy.RuntimeCommand.WaitRemovable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server with a running request is not deleted; and the statistics page is served. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InUseIT {

    private static final ServiceName WEB = Samples.WEB;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldSayThatAServerIsStillInUse(Release release) throws IOException {
        var port = RealHaproxy.freePort();
        var name = WEB.server("0123456789abcdef");
        try (var application = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var haproxy = start(release, port, application, Optional.empty());
                var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> used(haproxy) == 1);

            var backend = WEB.backend();
            assertThat(haproxy.run(new SetServerState(backend, name, State.MAINT)))
                    .allMatch(Ok.class::isInstance);
            assertThat(haproxy.run(new DeleteServer(backend, name)))
                    .allMatch(reply -> isRefused(reply, Reason.STILL_IN_USE));
            if (haproxy.capabilities().waitForRemovable()) {
                assertThat(haproxy.run(new WaitRemovable(backend, name, Duration.ofMillis(50))))
                        .allMatch(reply -> isRefused(reply, Reason.TIMED_OUT));
            }
            haproxy.run(new ShutdownSessions(backend, name));
            await().until(
                            () ->
                                    haproxy.run(new DeleteServer(backend, name)).getFirst()
                                            instanceof Ok);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeStatisticsWhereTold(Release release) throws IOException {
        var port = RealHaproxy.freePort();
        var statistics = RealHaproxy.freePort();
        try (var application = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var haproxy =
                        start(
                                release,
                                port,
                                application,
                                Optional.of(new ListenAddress("127.0.0.1", statistics)))) {
            var page = new RealRequest(statistics).get("localhost", "/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("service_shop.web");
            assertThat(haproxy.log()).isEmpty();
        }
    }

    private static boolean isRefused(Reply reply, Reason reason) {
        return reply instanceof Refused refused && refused.reason() == reason;
    }

    private static int used(RealHaproxy haproxy) {
        var shown = haproxy.run(new ShowServersConnections(WEB.backend())).getFirst();
        return ServerConnections.parse(shown.text()).getFirst().used();
    }

    private RealHaproxy start(
            Release release, int port, ServerSocket application, Optional<ListenAddress> statistics)
            throws IOException {
        var server =
                new Server(
                        WEB.server("0123456789abcdef"),
                        new ServerAddress("127.0.0.1", application.getLocalPort()),
                        1,
                        100,
                        CheckSettings.NONE);
        var local = RealHaproxy.local(directory);
        var files =
                new Configuration(
                                Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                                List.of(
                                        new Backend(
                                                WEB,
                                                WEB.backend(),
                                                BackendSettings.of(Balance.ROUNDROBIN).lines(),
                                                List.of(new PlacedServer(server, true)))),
                                List.of(),
                                new TreeMap<>(Map.of(new RouteKey("a.example", "/"), WEB)),
                                1,
                                1)
                        .files(
                                new LocalSettings(
                                        local.runtimeSocket(),
                                        local.maps(),
                                        local.certificates(),
                                        local.log(),
                                        statistics,
                                        List.of()),
                                release.version().capabilities());
        return RealHaproxy.start(release, directory, files);
    }
}
