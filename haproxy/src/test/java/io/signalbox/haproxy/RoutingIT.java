package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.signalbox.haproxy.Configuration.Backend;
import io.signalbox.haproxy.Configuration.PlacedServer;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.haproxy.RealRequest.Answer;
import io.signalbox.haproxy.Reply.Ok;
import io.signalbox.haproxy.RuntimeCommand.AddMapEntry;
import io.signalbox.haproxy.RuntimeCommand.AddServer;
import io.signalbox.haproxy.RuntimeCommand.DeleteMapEntry;
import io.signalbox.haproxy.RuntimeCommand.EnableHealth;
import io.signalbox.haproxy.RuntimeCommand.EnableServer;
import io.signalbox.haproxy.RuntimeCommand.SetMapEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests reach the service that host and path lead to, and no other; each is logged as JSON. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RoutingIT {

    private static final ServiceName ROOT = new ServiceName("root");
    private static final ServiceName API = new ServiceName("api");
    private static final ServiceName DEEP = new ServiceName("deep");
    private static final ServiceName ANY = new ServiceName("any");
    private static final ServiceName EMPTY = new ServiceName("empty");
    private static final ServiceName LATER = new ServiceName("later");
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    @TempDir Path directory;

    private final Map<ServiceName, Peer> servers = new TreeMap<>();
    private int port;

    @BeforeEach
    void startServers() throws IOException {
        port = RealHaproxy.freePort();
        for (var service : List.of(ROOT, API, DEEP, ANY, LATER)) {
            servers.put(service, Peer.named(service.value()));
        }
    }

    @AfterEach
    void stopServers() {
        servers.values().forEach(Peer::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowHostAndWholeSegments(Release release) throws IOException {
        try (var _ = start(release)) {
            assertThat(service("example.com", "/")).isEqualTo("root");
            assertThat(service("example.com", "/?q")).isEqualTo("root");
            assertThat(service("example.com", "/other")).isEqualTo("root");
            assertThat(service("example.com", "/api")).isEqualTo("api");
            assertThat(service("example.com", "/api/")).isEqualTo("api");
            assertThat(service("example.com", "/api?q=/v2")).isEqualTo("api");
            assertThat(service("example.com", "/api/x")).isEqualTo("api");
            assertThat(service("example.com", "/apix")).isEqualTo("root");
            assertThat(service("example.com", "/api/v2")).isEqualTo("deep");
            assertThat(service("example.com", "/api/v2/x")).isEqualTo("deep");
            assertThat(service("example.com", "/api/v22")).isEqualTo("api");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompareHostsWithoutPortCaseAndTrailingDot(Release release) throws IOException {
        try (var _ = start(release)) {
            assertThat(service("EXAMPLE.Com", "/api")).isEqualTo("api");
            assertThat(service("example.com:8080", "/api")).isEqualTo("api");
            assertThat(service("example.com.", "/api")).isEqualTo("api");
            assertThat(service("example.com.:80", "/api")).isEqualTo("api");
            assertThat(service("\texample.com\t", "/api")).isEqualTo("api");
            assertThat(service("[2001:db8::1]:8080", "/")).isEqualTo("root");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPreferTheHostsOwnRoutesToThoseForAnyHost(Release release) throws IOException {
        try (var _ = start(release)) {
            assertThat(service("elsewhere.org", "/status")).isEqualTo("any");
            assertThat(service("elsewhere.org", "/status/x")).isEqualTo("any");
            assertThat(service("example.com", "/status")).isEqualTo("root");
            assertThat(sent("GET /status HTTP/1.0")).isEqualTo("any");
            assertThat(sent("GET /status HTTP/1.1\r\nHost: ")).isEqualTo("any");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswer404WhereNothingLeadsAnywhere(Release release) throws IOException {
        try (var _ = start(release)) {
            for (var host :
                    List.of(
                            "elsewhere.org",
                            "example.com.evil.org",
                            "evil-example.com",
                            "xexample.com",
                            "example.co",
                            "com",
                            "*",
                            "%65xample.com")) {
                assertThat(answer(host, "/api").status()).as(host).isEqualTo(NOT_FOUND);
            }
            assertThat(answer("elsewhere.org", "/statusx").status()).isEqualTo(NOT_FOUND);
            assertThat(answer("elsewhere.org", "/").body()).contains("No route");
            assertThat(request("GET /api HTTP/1.0").status()).isEqualTo(NOT_FOUND);
            assertThat(request("GET http://example.com/api HTTP/1.0").status())
                    .isEqualTo(NOT_FOUND);
        }
    }

    /** Older and newer releases differ in what they refuse themselves; neither leads anywhere. */
    @ParameterizedTest
    @EnumSource
    void shouldLeadMalformedHostsNowhere(Release release) throws IOException {
        try (var _ = start(release)) {
            for (var host :
                    List.of(
                            "example.com/api",
                            "example.com/",
                            "elsewhere.org, example.com",
                            "example.com, elsewhere.org",
                            "user@example.com",
                            "exam ple.com",
                            "example.com#",
                            "example.com?",
                            "\"example.com\"")) {
                assertThat(answer(host, "/x").status()).as(host).isIn(400, NOT_FOUND);
            }
            assertThat(request("GET / HTTP/1.1\r\nHost: a.org\r\nHost: example.com").status())
                    .isEqualTo(400);
            assertThat(request("GET http://example.com/ HTTP/1.1\r\nHost: evil.org").status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeUnusualPathsAsTheyAre(Release release) throws IOException {
        try (var _ = start(release)) {
            assertThat(service("example.com", "//api")).isEqualTo("root");
            assertThat(service("example.com", "/api%2Fv2")).isEqualTo("root");
            assertThat(service("example.com", "/%61pi")).isEqualTo("root");
            assertThat(service("example.com", "/API")).isEqualTo("root");
            assertThat(service("example.com", "/api;x/v2")).isEqualTo("root");
            assertThat(service("example.com", "/api/" + "a".repeat(12_000))).isEqualTo("api");
            assertThat(service("example.com", "/" + "a/".repeat(6_000))).isEqualTo("root");
            assertThat(sent("GET http://example.com/api HTTP/1.1\r\nHost: example.com"))
                    .isEqualTo("api");
            assertThat(request("OPTIONS * HTTP/1.1\r\nHost: elsewhere.org").status())
                    .isEqualTo(NOT_FOUND);
            assertThat(
                            request("CONNECT elsewhere.org:80 HTTP/1.1\r\nHost: elsewhere.org:80")
                                    .status())
                    .isEqualTo(NOT_FOUND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswer503ForAServiceWithoutServers(Release release) throws IOException {
        try (var _ = start(release)) {
            for (var host : List.of("empty.org", "nobackend.org")) {
                var answer = answer(host, "/");
                assertThat(answer.status()).isEqualTo(UNAVAILABLE);
                assertThat(answer.body()).isEqualTo("This service has no server at the moment.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRouteANewServiceIntoASpareWithoutReload(Release release) throws IOException {
        try (var haproxy = start(release)) {
            var spare = Profile.spare("plain", 1);
            var added = server(LATER);
            assertThat(answer("later.org", "/").status()).isEqualTo(NOT_FOUND);

            var replies =
                    haproxy.run(
                            new AddServer(spare, added, haproxy.capabilities()),
                            new EnableHealth(spare, added.name()),
                            new EnableServer(spare, added.name()),
                            new AddMapEntry(
                                    haproxy.map(MapName.SERVICES), MapEntry.service(LATER, spare)),
                            new AddMapEntry(
                                    haproxy.map(MapName.ROUTES),
                                    MapEntry.route(new RouteKey("later.org", "/"), LATER)),
                            new AddMapEntry(
                                    haproxy.map(MapName.ROUTES),
                                    MapEntry.route(
                                            new RouteKey("example.com", "/api/v2/y"), LATER)));
            assertThat(replies).allMatch(Ok.class::isInstance);

            assertThat(service("later.org", "/")).isEqualTo("later");
            assertThat(service("example.com", "/api/v2/y")).isEqualTo("later");
            assertThat(service("example.com", "/api/v2/yy")).isEqualTo("deep");
            haproxy.run(new DeleteMapEntry(haproxy.map(MapName.ROUTES), "later.org/"));
            assertThat(answer("later.org", "/").status()).isEqualTo(NOT_FOUND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLogEachRequestAsOneJsonObject(Release release) throws IOException {
        try (var haproxy = start(release)) {
            service("example.com:80", "/api/x?secret=1");
            haproxy.run(
                    new SetMapEntry(
                            haproxy.map(MapName.VERSION), new MapEntry(MapName.GENERATION, "35")));
            answer("elsewhere.org", "/nothing");
            answer("empty.org", "/");

            var log = log(haproxy, 3);
            var served = withStatus(log, 200);
            var lost = withStatus(log, NOT_FOUND);
            var unavailable = withStatus(log, UNAVAILABLE);
            assertThat(served.at("/service").asText()).isEqualTo("api");
            assertThat(served.at("/host").asText()).isEqualTo("example.com");
            assertThat(served.at("/path").asText()).isEqualTo("/api/x");
            assertThat(served.at("/backend").asText()).isEqualTo("service_api");
            assertThat(served.at("/server").asText()).isEqualTo("api.0123456789ab");
            assertThat(served.at("/epoch").asLong()).isEqualTo(120);
            assertThat(served.at("/generation").asLong()).isEqualTo(34);
            assertThat(served.at("/time").asDouble()).isGreaterThan(1.6e9);
            assertThat(served.at("/termination").asText()).isEqualTo("--");
            assertThat(lost.at("/service").asText()).isEqualTo("-");
            assertThat(lost.at("/generation").asLong()).isEqualTo(35);
            assertThat(unavailable.at("/service").asText()).isEqualTo("empty");
            assertThat(unavailable.at("/termination").asText()).isEqualTo("SC");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLogHostileRequestsAsJsonToo(Release release) throws IOException {
        var heads = new ArrayList<String>();
        heads.add("GET /\"}\\]/x HTTP/1.1\r\nHost: \"\\x\u0001]},{");
        heads.add("GET /%22%0a%00 HTTP/1.1\r\nHost: a\u00e2\u0080\u00a8b\u00ed\u00a0\u0080");
        heads.add("G\"T / HTTP/1.1\r\nHost: x");
        heads.add("GET /\u00ff HTTP/1.1\r\nHost: example.com");
        heads.add("GET / HTTP/1.1\r\nHost: a\r\nHost: b");
        heads.add("GET /" + "\"\\".repeat(6_000) + " HTTP/1.1\r\nHost: " + "\\\"".repeat(300));
        heads.add("\u0016\u0003\u0001\u0002\u0000");
        var lines = new AtomicInteger();
        try (var haproxy = start(release)) {
            Seeded.check(
                    300,
                    random -> {
                        var i = random.nextInt(heads.size() * 2);
                        request(
                                i < heads.size()
                                        ? heads.get(i)
                                        : "GET /"
                                                + noise(random)
                                                + " HTTP/1.1\r\nHost: "
                                                + noise(random));
                        // HAProxy drops a line while another of its threads writes one.
                        awaitLines(haproxy, lines.incrementAndGet());
                    });
            assertThat(log(haproxy, 300)).allMatch(line -> line.has("generation"));
        }
    }

    /** Lines of requests that follow each other may be swapped: HAProxy's threads write them. */
    private static JsonNode withStatus(List<JsonNode> log, int status) {
        return log.stream()
                .filter(line -> line.at("/status").asInt() == status)
                .findAny()
                .orElseThrow();
    }

    private static String noise(java.util.Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(30); i >= 0; i--) {
            var c = random.nextInt(0x100);
            text.append(c == ' ' || c == '\n' || c == '\r' || c == 0 ? '"' : (char) c);
        }
        return text.toString();
    }

    private static void awaitLines(RealHaproxy haproxy, int lines) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> haproxy.log().size() >= lines);
    }

    private List<JsonNode> log(RealHaproxy haproxy, int lines) throws IOException {
        awaitLines(haproxy, lines);
        var json = new ObjectMapper();
        var log = new ArrayList<JsonNode>();
        for (var line : haproxy.log()) {
            assertThat(line).hasSizeLessThan(AccessLog.LINE_BYTES);
            log.add(json.readTree(line));
        }
        assertThat(log).hasSize(lines);
        return log;
    }

    private RealHaproxy start(Release release) throws IOException {
        var plain = BackendSettings.of(Balance.ROUNDROBIN).lines();
        var backends = new ArrayList<Backend>();
        for (var service : List.of(ROOT, API, DEEP, ANY)) {
            backends.add(
                    new Backend(
                            service,
                            service.backend(),
                            plain,
                            List.of(new PlacedServer(server(service), true))));
        }
        backends.add(new Backend(EMPTY, EMPTY.backend(), plain, List.of()));
        var routes = new TreeMap<RouteKey, ServiceName>();
        routes.put(new RouteKey("example.com", "/"), ROOT);
        routes.put(new RouteKey("example.com", "/api"), API);
        routes.put(new RouteKey("example.com", "/api/v2"), DEEP);
        routes.put(new RouteKey("[2001:db8::1]", "/"), ROOT);
        routes.put(new RouteKey("", "/status"), ANY);
        routes.put(new RouteKey("empty.org", "/"), EMPTY);
        routes.put(new RouteKey("nobackend.org", "/"), new ServiceName("nobackend"));
        var files =
                new Configuration(
                                Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                                backends,
                                Samples.spares(2),
                                routes,
                                120,
                                34)
                        .files(RealHaproxy.local(directory), release.version().capabilities());
        return RealHaproxy.start(release, directory, files);
    }

    private Server server(ServiceName service) {
        var address = java.util.Objects.requireNonNull(servers.get(service)).address();
        return new Server(service.server("0123456789abcdef"), address, 1, 100, Samples.CHECK);
    }

    private String service(String host, String path) throws IOException {
        return new RealRequest(port).get(host, path).body();
    }

    private String sent(String head) throws IOException {
        return request(head).body();
    }

    private Answer answer(String host, String path) throws IOException {
        return new RealRequest(port).get(host, path);
    }

    private Answer request(String head) throws IOException {
        return new RealRequest(port).send(head);
    }
}
