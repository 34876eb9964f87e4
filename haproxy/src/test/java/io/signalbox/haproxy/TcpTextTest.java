package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.Configuration.Spare;
import io.signalbox.haproxy.FrameSettings.EntryPoint;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.GroupDefinition.Tcp;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTextTest {
    private static final ServiceName DATABASE = new ServiceName("shop.db");
    private static final TcpRules EVERYTHING =
            new TcpRules(
                    new AccessRules(
                            List.of(new Network("10.0.0.0/8")),
                            List.of(new Network("10.9.0.0/16"))),
                    new RateLimit(100, Duration.ofSeconds(10)),
                    false);

    private static EntryPoint entry(String name, int port, boolean tls, Tcp tcp) {
        return new EntryPoint(
                new Identifier(name),
                new ListenAddress("", port),
                tls ? Optional.of(TlsSettings.of("MODERN", "", false)) : Optional.empty(),
                Optional.empty(),
                true,
                List.of(new Network("10.0.0.0/24")),
                Optional.of(tcp));
    }

    private static FrameSettings settings(boolean accessLog) {
        var samples = Samples.frame(new ListenAddress("", 80));
        var entries = new ArrayList<>(samples.entryPoints());
        entries.add(entry("mysql", 3306, false, Tcp.ALL));
        entries.add(entry("edge", 5432, false, Tcp.BY_NAME));
        // One that has no certificate cannot be checked by HAProxy itself.
        return new FrameSettings(
                entries,
                samples.timeouts(),
                samples.retries(),
                samples.retryMethods(),
                samples.hardStopAfter(),
                0,
                accessLog);
    }

    static Configuration configuration() {
        var routes =
                List.of(
                        route("mysql", "", HostKind.EXACT),
                        route("edge", "db.example.com", HostKind.EXACT),
                        route("edge", "*.example.org", HostKind.WILDCARD));
        var services = new TreeMap<String, List<Route>>();
        services.put(DATABASE.value(), routes);
        return new Configuration(
                Frame.of(settings(true)),
                List.of(
                        new Backend(
                                DATABASE,
                                DATABASE.backend(),
                                EVERYTHING.lines(BackendSettings.of(Balance.LEASTCONN)),
                                List.of(
                                        new PlacedServer(
                                                Samples.server(
                                                        DATABASE, "0123456789ab", "172.17.0.2", 1),
                                                true)))),
                List.of(
                        new Spare(
                                Profile.spare(Profile.TCP.profileName(), 1),
                                Profile.TCP.backend(
                                        Balance.ROUNDROBIN, new Identifier("signalbox-x")))),
                Routes.of(services),
                1,
                1);
    }

    private static Route route(String entryPoint, String host, HostKind kind) {
        return Route.of(new HeldRoute(host, "/", Instant.EPOCH, RouteMatch.tcp(entryPoint, kind)));
    }

    @Test
    void shouldAllowWhatIsWritten() {
        for (var log : List.of(true, false)) {
            for (var tls : List.of(true, false)) {
                var entries = new ArrayList<>(settings(log).entryPoints());
                entries.add(entry("tls", 5433, tls, Tcp.BY_NAME));
                var samples = settings(log);
                var all =
                        new FrameSettings(
                                entries,
                                samples.timeouts(),
                                1,
                                List.of(),
                                samples.hardStopAfter(),
                                0,
                                log);
                assertThat(AllowedText.problem(Frame.of(all), entries)).isEmpty();
            }
        }
        assertThat(AllowedText.problem(EVERYTHING.lines(BackendSettings.of(Balance.SOURCE))))
                .isEmpty();
        assertThat(
                        AllowedText.problem(
                                new TcpRules(AccessRules.NONE, null, true, true)
                                        .lines(BackendSettings.of(Balance.FIRST))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    mode health",
                "    mode tcp if TRUE",
                "    tcp-request content accept",
                "    tcp-request content lua.x",
                "    tcp-request content reject if { src -f /etc/passwd }",
                "    tcp-request content reject if { sc_conn_rate(0) gt 0 }",
                "    tcp-request content track-sc0 src,map(/etc/passwd)",
                "    tcp-request content set-var(txn.a) str(x)",
                "    stick-table type ipv6 size 100k expire 1s store conn_rate(1s) peers x",
            })
    void shouldNotAllowAnythingElseInABackend(String line) {
        assertThat(AllowedText.problem(List.of(line))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    use_backend %[str(x)]",
                "    tcp-request content accept",
                "    tcp-request content set-var(txn.service) str(mysql/),map_str(@maps@/tcp)",
                "    bind :22",
                "    default_backend x",
            })
    void shouldNotAllowAnythingElseInAFrontend(String line) {
        var frame = Frame.of(settings(true));
        var sections = new ArrayList<>(frame.sections());
        sections.add(sections.indexOf("frontend in_edge") + 1, line);

        assertThat(
                        AllowedText.problem(
                                new Frame(frame.global(), frame.defaults(), sections),
                                settings(true).entryPoints()))
                .isPresent();
    }

    @Test
    void shouldWaitForTheClientOnlyWhereANameMatters() {
        var all = TcpText.section(entry("x", 1, false, Tcp.ALL), true);
        var terminated = TcpText.section(entry("x", 1, true, Tcp.BY_NAME), true);
        var passed = TcpText.section(entry("x", 1, false, Tcp.BY_NAME), true);

        assertThat(all).noneMatch(line -> line.contains("inspect-delay") || line.contains("sni"));
        assertThat(terminated).noneMatch(line -> line.contains("inspect-delay"));
        assertThat(terminated).anyMatch(line -> line.contains("ssl_fc_sni"));
        assertThat(terminated).noneMatch(line -> line.contains("alpn"));
        assertThat(passed).anyMatch(line -> line.contains("inspect-delay"));
    }

    @Test
    void shouldBeRoutesOfTheirOwnKind() {
        var route = route("edge", "*.example.org", HostKind.WILDCARD);

        assertThat(route.key()).isEmpty();
        assertThat(route.isRule()).isFalse();
        assertThat(route.isPlain()).isFalse();
        assertThat(route.tcpKey()).map(TcpKey::text).hasValue("edge/*.example.org");
        assertThat(route.pattern().text()).isEqualTo("tcp edge *.example.org");
        assertThat(route.pattern().fits("a.example.org", "/")).isFalse();
        assertThat(route("edge", "", HostKind.EXACT).pattern().fits("a.example.org", "/"))
                .isFalse();
    }

    @Test
    void shouldRefuseWhatConnectionsCannotAskFor() {
        refused("a", "/x", RouteMatch.tcp("edge", HostKind.EXACT));
        refused("a.*", "/", RouteMatch.tcp("edge", HostKind.PREFIX));
        refused("[::1]", "/", RouteMatch.tcp("edge", HostKind.EXACT));
        refused("192.0.2.1", "/", RouteMatch.tcp("edge", HostKind.EXACT));
        refused(
                "a",
                "/",
                new RouteMatch(
                        HostKind.EXACT,
                        PathKind.PREFIX,
                        List.of(),
                        List.of("GET"),
                        List.of(),
                        List.of(),
                        List.of("edge"),
                        "",
                        null,
                        List.of(),
                        null,
                        null,
                        false,
                        true));
    }

    private static void refused(String host, String path, RouteMatch match) {
        assertThatThrownBy(() -> RoutePattern.of(host, path, match))
                .isInstanceOf(IllegalValue.class);
    }
}
