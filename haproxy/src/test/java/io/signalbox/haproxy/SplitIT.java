package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.RuntimeCommand.SetMapEntry;
import io.signalbox.schemas.RouteMatch.FieldMatch.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Services share routes, in the shares that they are given, and clients may stay. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class SplitIT {
    private static final RoutePattern SHOP = new RoutePattern("shop.example", "/");
    private static final RoutePattern STICKY = new RoutePattern("sticky.example", "/");
    private static final RoutePattern RULE =
            RoutePattern.of(
                    "shop.example", "/", Matches.ANY.header("x-beta", Kind.PRESENT, "").match());

    @TempDir Path directory;

    private final Map<String, Peer> servers = new TreeMap<>();
    private int port;

    @BeforeEach
    void startServers() throws IOException {
        port = RealHaproxy.freePort();
        for (var service : List.of("blue", "green")) {
            servers.put(service, Peer.named(service));
        }
    }

    @AfterEach
    void stopServers() {
        servers.values().forEach(Peer::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldShareRequestsInTheSharesThatAreSaid(Release release) throws IOException {
        try (var haproxy = start(release)) {
            assertThat(greens("shop.example", "")).isBetween(15, 85);
            assertThat(greens("shop.example", "\r\nX-Beta: 1")).isEqualTo(200);

            for (var entry : Split.entries(id(SHOP, false), shares(100, 0)).entrySet()) {
                haproxy.run(
                        new SetMapEntry(
                                haproxy.map(MapName.SPLITS),
                                new MapEntry(entry.getKey(), entry.getValue())));
            }
            assertThat(greens("shop.example", "")).isZero();
            assertThat(new RealRequest(port).get("shop.example", "/").header("set-cookie"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAClientAtItsServiceByItsNumber(Release release) throws IOException {
        try (var _ = start(release)) {
            var first = new RealRequest(port).get("sticky.example", "/");
            assertThat(first.header("set-cookie"))
                    .matches("SIGNALBOX_SPLIT=\\d{1,2}; Path=/; HttpOnly; SameSite=Lax");
            var cookie = first.header("set-cookie").replaceFirst(";.*", "");
            for (var i = 0; i < 30; i++) {
                var next = sent("sticky.example", "\r\nCookie: a=b; " + cookie);
                assertThat(next.body()).isEqualTo(first.body());
                assertThat(next.header("set-cookie")).isEmpty();
            }
            assertThat(sent("sticky.example", "\r\nCookie: SIGNALBOX_SPLIT=0").body())
                    .isEqualTo("blue");
            assertThat(sent("sticky.example", "\r\nCookie: SIGNALBOX_SPLIT=99").body())
                    .isEqualTo("green");
            for (var odd : List.of("100", "-1", "x", "", "07", "99999999999999999999", "5/../..")) {
                assertThat(sent("sticky.example", "\r\nCookie: SIGNALBOX_SPLIT=" + odd).body())
                        .as(odd)
                        .isIn("blue", "green");
            }
        }
    }

    private int greens(String host, String headers) throws IOException {
        var greens = 0;
        for (var i = 0; i < 200; i++) {
            var body = sent(host, headers).body();
            assertThat(body).isIn("blue", "green");
            greens += body.equals("green") ? 1 : 0;
        }
        return greens;
    }

    private RealRequest.Answer sent(String host, String headers) throws IOException {
        return new RealRequest(port).send("GET / HTTP/1.1\r\nHost: " + host + headers);
    }

    private static String id(RoutePattern pattern, boolean sticky) {
        return new Route(pattern, Optional.of(1), sticky).target("x");
    }

    private static SortedMap<String, Integer> shares(int blue, int green) {
        return new TreeMap<>(Map.of("blue", blue, "green", green));
    }

    private RealHaproxy start(Release release) throws IOException {
        var backends = new ArrayList<Backend>();
        var routes = new TreeMap<String, List<Route>>();
        servers.forEach(
                (name, running) -> {
                    var service = new ServiceName(name);
                    var server =
                            new Server(
                                    service.server("0123456789abcdef"),
                                    running.address(),
                                    1,
                                    100,
                                    CheckSettings.NONE);
                    backends.add(
                            new Backend(
                                    service,
                                    service.backend(),
                                    BackendSettings.of(Balance.ROUNDROBIN).lines(),
                                    List.of(new PlacedServer(server, true))));
                    var isGreen = name.equals("green");
                    routes.put(
                            name,
                            List.of(
                                    new Route(SHOP, Optional.of(isGreen ? 25 : 75), false),
                                    new Route(STICKY, Optional.of(50), true),
                                    new Route(RULE, Optional.of(isGreen ? 100 : 0), false)));
                });
        var files =
                new Configuration(
                                Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                                backends,
                                List.of(),
                                Routes.of(routes),
                                1,
                                1)
                        .files(RealHaproxy.local(directory), release.version().capabilities());
        return RealHaproxy.start(release, directory, files);
    }
}
