package io.signalbox.haproxy;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.Configuration.Spare;
import io.signalbox.haproxy.FrameSettings.EntryPoint;
import io.signalbox.haproxy.LocalSettings.LogTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Values that the tests share. */
final class Samples {

    static final CheckSettings CHECK = new CheckSettings(Duration.ofSeconds(2), 3, 1);
    static final ServiceName WEB = new ServiceName("shop.web");
    static final ServiceName API = new ServiceName("shop.api");

    static final CertificateFiles CERTIFICATES =
            new CertificateFiles(new ConfigPath("/tmp/signalbox-golden/certificates"));

    private Samples() {}

    static FrameSettings frame(ListenAddress listen) {
        return new FrameSettings(
                List.of(new EntryPoint(new Identifier("http"), listen)),
                new Timeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15)),
                3,
                List.of(new HttpMethod("GET"), new HttpMethod("HEAD"), new HttpMethod("OPTIONS")),
                Duration.ofMinutes(30),
                0,
                true);
    }

    /** Everything other than usual. */
    static FrameSettings otherFrame() {
        return new FrameSettings(
                List.of(
                        new EntryPoint(new Identifier("web"), new ListenAddress("::", 8080)),
                        new EntryPoint(
                                new Identifier("internal"), new ListenAddress("127.0.0.1", 8081))),
                new Timeouts(
                        Duration.ofMillis(250),
                        Duration.ofMillis(1500),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(1)),
                0,
                List.of(),
                Duration.ofSeconds(90),
                20_000,
                false);
    }

    static LocalSettings localOfAnOperator() {
        return new LocalSettings(
                new ConfigPath("/tmp/signalbox-golden/runtime.sock"),
                new ConfigPath("/tmp/signalbox-golden/maps"),
                CERTIFICATES,
                LogTarget.OPERATOR,
                Optional.empty(),
                List.of("log 127.0.0.1:514 local0", "nbthread 1"));
    }

    static Configuration nothing() {
        return new Configuration(
                Frame.of(frame(new ListenAddress("", 80))),
                List.of(),
                spares(2),
                new TreeMap<>(),
                1,
                1);
    }

    static Configuration everyChoice() {
        var server =
                new Server(
                        new Identifier("endpoint:7"),
                        new ServerAddress("fd00::1:2", 65_535),
                        2_147_483_647,
                        256,
                        CheckSettings.NONE);
        return new Configuration(
                Frame.of(otherFrame()),
                List.of(
                        new Backend(
                                WEB,
                                WEB.backend(),
                                BackendSettings.of(Balance.LEASTCONN).lines(),
                                List.of(new PlacedServer(server, true)))),
                List.of(),
                new TreeMap<>(
                        Map.of(
                                new RouteKey("[2001:db8::1]", "/~a-b.c_d!$&'()*+,=:@/%2F"), WEB,
                                new RouteKey("xn--bcher-kva.example", "/"), WEB)),
                Long.MAX_VALUE,
                Long.MAX_VALUE);
    }

    static LocalSettings local() {
        return new LocalSettings(
                new ConfigPath("/tmp/signalbox-golden/runtime.sock"),
                new ConfigPath("/tmp/signalbox-golden/maps"),
                CERTIFICATES,
                LogTarget.STDOUT,
                Optional.of(new ListenAddress("127.0.0.1", 8404)),
                List.of());
    }

    static List<Spare> spares(int count) {
        var text = BackendSettings.of(Balance.ROUNDROBIN).lines();
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Spare(Profile.spare(Profile.PLAIN.profileName(), i), text))
                .toList();
    }

    static Server server(ServiceName service, String container, String address, int id) {
        return new Server(
                service.server(container), new ServerAddress(address, 8080), id, 100, CHECK);
    }

    /** Two services, a server that is not ready, a spare in use. */
    static Configuration two() {
        var plain = BackendSettings.of(Balance.ROUNDROBIN).lines();
        return new Configuration(
                Frame.of(frame(new ListenAddress("", 80))),
                List.of(
                        new Backend(
                                WEB,
                                WEB.backend(),
                                plain,
                                List.of(
                                        new PlacedServer(
                                                server(WEB, "0123456789abcdef", "172.17.0.2", 1),
                                                true),
                                        new PlacedServer(
                                                server(WEB, "fedcba9876543210", "2001:db8::5", 2),
                                                false))),
                        new Backend(
                                API,
                                Profile.spare("plain", 1),
                                plain,
                                List.of(
                                        new PlacedServer(
                                                server(API, "00112233445566", "172.17.0.3", 1),
                                                true)))),
                spares(3).subList(1, 3),
                new TreeMap<>(
                        Map.of(
                                new RouteKey("shop.example", "/"), WEB,
                                new RouteKey("shop.example", "/api"), API,
                                new RouteKey("", "/status"), API)),
                120,
                34);
    }
}
