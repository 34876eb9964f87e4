package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import io.signalbox.haproxy.RealHaproxy.Release;
import io.signalbox.schemas.RouteMatch.FieldMatch.Kind;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests go by what routes ask for beyond host and path; the most specific route has them. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RouteRulesIT {
    private static final Matches ANY = Matches.ANY;
    private static final int REQUESTS = 150;

    @TempDir Path directory;

    private final SortedMap<String, List<Route>> routes = new TreeMap<>();
    private final List<Expected> expected = new ArrayList<>();
    private int port;
    private int inner;

    private record Expected(String head, boolean atInner, String service) {}

    @BeforeEach
    void choosePorts() throws IOException {
        port = RealHaproxy.freePort();
        inner = RealHaproxy.freePort();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowEachThingThatARouteAsksFor(Release release) throws IOException {
        hosts();
        paths();
        requests();
        origins();
        order();
        try (var _ = start(release)) {
            var softly = new SoftAssertions();
            for (var row : expected) {
                var answer = new RealRequest(row.atInner ? inner : port).send(row.head);
                softly.assertThat(answer.header("x-service")).as(row.head).isEqualTo(row.service);
            }
            softly.assertAll();
        }
    }

    private void hosts() {
        route("exact", "my-domain.com", "/", ANY);
        get("my-domain.com", "/", "exact");
        for (var other : List.of("my-domain.com.evil.org", "xmy-domain.com", "www.my-domain.com")) {
            get(other, "/", "");
        }
        route("below", "*.wild.org", "/", ANY.host(HostKind.WILDCARD));
        route("deeper", "*.b.wild.org", "/api", ANY.host(HostKind.WILDCARD));
        route("itself", "x.wild.org", "/own", ANY);
        get("a.wild.org", "/", "below");
        get("A.Wild.Org.:80", "/x", "below");
        get("1.2.3.4.5.6.wild.org", "/", "below");
        get("wild.org", "/", "");
        get("xwild.org", "/", "");
        get("a.wild.org.evil.org", "/", "");
        get("a.b.wild.org", "/api/x", "deeper");
        get("a.b.wild.org", "/apix", "below");
        get("b.wild.org", "/api", "below");
        get("x.wild.org", "/own", "itself");
        get("x.wild.org", "/", "below");
        get("y.wild.org*/own", "/", "");
        route("prefix", "api.*", "/", ANY.host(HostKind.PREFIX));
        get("api.a", "/", "prefix");
        get("api.a.b.c", "/", "prefix");
        get("apix.a", "/", "");
        get("api", "/", "");
        route("regex", "(shop|store)-\\d{1,2}\\.example\\.net", "/", ANY.host(HostKind.REGEX));
        get("shop-12.example.net", "/", "regex");
        get("store-1.example.net", "/x", "regex");
        get("shop-123.example.net", "/", "");
        get("xshop-1.example.net", "/", "");
        get("shop-1.example.net.evil.org", "/", "");
        get("shop-1xexample.net", "/", "");
    }

    private void paths() {
        route("root", "p.org", "/", ANY);
        route("api", "p.org", "/api", ANY);
        route("deep", "p.org", "/api/v2", ANY);
        get("p.org", "/api/v1", "api");
        get("p.org", "/api/v2", "deep");
        get("p.org", "/api/v2/x", "deep");
        route("only", "p.org", "/api/v1/me", ANY.path(PathKind.EXACT));
        get("p.org", "/api/v1/me", "only");
        get("p.org", "/api/v1/me?x=/y", "only");
        get("p.org", "/api/v1/me/", "api");
        get("p.org", "/api/v1/me/x", "api");
        route("chars", "p.org", "/start", ANY.path(PathKind.BEGINNING));
        get("p.org", "/start", "chars");
        get("p.org", "/starting/x", "chars");
        get("p.org", "/star", "root");
        route("images", "p.org", "/img/*.png", ANY.path(PathKind.WILDCARD));
        get("p.org", "/img/a.png", "images");
        get("p.org", "/img/a/b.png", "images");
        get("p.org", "/img/apng", "root");
        get("p.org", "/img/a.pngx", "root");
        route("digits", "p.org", "/n/[0-9]+", ANY.path(PathKind.REGEX));
        get("p.org", "/n/12", "digits");
        get("p.org", "/n/12x", "root");
        get("p.org", "/x/n/12", "root");
        route("most", "p.org", "/most", ANY.excluded("/most/secret", "/most/x"));
        get("p.org", "/most/y", "most");
        get("p.org", "/most/secret", "root");
        get("p.org", "/most/x/y", "root");
        get("p.org", "/most/secrets", "most");
        route("acme", "p.org", "/.well-known/acme-challenge", ANY);
        route("longer", "p.org", "/.well-known/*/a/b/c", ANY.path(PathKind.WILDCARD));
        route("regexes", "p.org", "/.*/acme-challenge/.*", ANY.path(PathKind.REGEX));
        get("p.org", "/.well-known/acme-challenge/x", "acme");
        get("p.org", "/y/acme-challenge/x", "regexes");
    }

    private void requests() {
        route("all", "r.org", "/", ANY);
        route("posts", "r.org", "/", ANY.method("POST", "PUT"));
        send("POST / HTTP/1.1\r\nHost: r.org", "posts");
        send("PUT / HTTP/1.1\r\nHost: r.org", "posts");
        send("DELETE / HTTP/1.1\r\nHost: r.org", "all");
        route("present", "r.org", "/h", ANY.header("x-there", Kind.PRESENT, ""));
        send("GET /h HTTP/1.1\r\nHost: r.org\r\nX-There: no matter", "present");
        send("GET /h HTTP/1.1\r\nHost: r.org\r\nX-There2: x", "all");
        route("equal", "r.org", "/h", ANY.header("X-Env", Kind.EXACT, "-f /etc/passwd 'a' # b"));
        send("GET /h HTTP/1.1\r\nHost: r.org\r\nX-Env: -f /etc/passwd 'a' # b", "equal");
        send("GET /h HTTP/1.1\r\nHost: r.org\r\nX-Env: -f /etc/passwd 'a' # bc", "all");
        send("GET /h HTTP/1.1\r\nHost: r.org\r\nX-Env: -F /etc/passwd 'a' # b", "all");
        route("phones", "r.org", "/", ANY.header("user-agent", Kind.CONTAINS, "(iPhone, like"));
        send("GET / HTTP/1.1\r\nHost: r.org\r\nUser-Agent: M (iPhone, like Mac) S", "phones");
        send("GET / HTTP/1.1\r\nHost: r.org\r\nUser-Agent: M (Android, like)", "all");
        route("curl", "r.org", "/", ANY.header("user-agent", Kind.REGEX, "curl/[78]\\..*"));
        send("GET / HTTP/1.1\r\nHost: r.org\r\nUser-Agent: curl/8.1", "curl");
        send("GET / HTTP/1.1\r\nHost: r.org\r\nUser-Agent: xcurl/8.1", "all");
        route("debug", "r.org", "/q", ANY.query("debug", Kind.PRESENT, ""));
        get("r.org", "/q?debug", "debug");
        get("r.org", "/q?a=b&debug=1", "debug");
        get("r.org", "/q?debugx=1", "all");
        get("r.org", "/q?x=debug", "all");
        route("v2", "r.org", "/v", ANY.query("v", Kind.EXACT, "2"));
        get("r.org", "/v?v=2", "v2");
        get("r.org", "/v?a=1&v=2&b=3", "v2");
        get("r.org", "/v?v=22", "all");
        route("socket", "r.org", "/ws", ANY.from(List.of(), "", true, List.of()));
        route("none", "r.org", "/ws", ANY.from(List.of(), "", false, List.of()));
        send(
                "GET /ws HTTP/1.1\r\nHost: r.org\r\nConnection: Upgrade\r\nUpgrade: websocket"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "socket");
        get("r.org", "/ws", "none");
    }

    private void origins() {
        route("inside", "o.org", "/", ANY.from(List.of("inner"), "", null, List.of()));
        route("both", "o.org", "/", ANY);
        expected.add(new Expected("GET / HTTP/1.1\r\nHost: o.org", true, "inside"));
        get("o.org", "/", "both");
        route("plain", "s.org", "/", ANY.from(List.of(), "http", null, List.of()));
        route("secure", "s.org", "/s", ANY.from(List.of(), "https", null, List.of()));
        get("s.org", "/", "plain");
        get("s.org", "/s", "plain");
        route("local", "l.org", "/", ANY.from(List.of(), "", null, List.of("127.0.0.0/8", "::1")));
        route("far", "f.org", "/", ANY.from(List.of(), "", null, List.of("192.0.2.0/24")));
        get("l.org", "/", "local");
        get("f.org", "/", "");
    }

    private void order() {
        route("long", "z.org", "/a/b/c", ANY);
        route("short", "z.org", "/a", ANY.method("GET"));
        get("z.org", "/a/b/c", "long");
        get("z.org", "/a/b", "short");
        route("first", "z.org", "/p", ANY.priority(5).path(PathKind.BEGINNING));
        route("second", "z.org", "/p/b/c", ANY.priority(4));
        get("z.org", "/p/b/c", "first");
        claim("b", "t.org", ANY.method("GET"));
        claim("a", "t.org", ANY.header("x-a", Kind.PRESENT, ""));
        send("GET / HTTP/1.1\r\nHost: t.org\r\nX-A: 1", "a");
    }

    private void route(String service, String host, String path, Matches matches) {
        routes.computeIfAbsent(service, _ -> new ArrayList<>())
                .add(Matches.route(host, path, matches));
    }

    private void claim(String service, String host, Matches matches) {
        var pattern = RoutePattern.of(host, "/", matches.match());
        routes.put(service, List.of(new Route(pattern, Optional.empty(), false)));
    }

    private void get(String host, String path, String service) {
        send("GET " + path + " HTTP/1.1\r\nHost: " + host, service);
    }

    private void send(String head, String service) {
        expected.add(new Expected(head, false, service));
    }

    // ------------------------------------------------------------------ against a model

    @ParameterizedTest
    @EnumSource
    void shouldAgreeWithTheModelOfTheOrder(Release release) {
        Seeded.check(
                4,
                random -> {
                    routes.clear();
                    choosePorts();
                    for (var i = 0; i < 25; i++) {
                        var kinds = RandomRoutes.route(random, i);
                        routes.put(kinds.service(), List.of(kinds.route()));
                    }
                    try (var _ = start(release)) {
                        for (var i = 0; i < REQUESTS; i++) {
                            compare(random);
                        }
                    }
                });
    }

    private void compare(Random random) throws IOException {
        var request = RandomRoutes.request(random);
        assertThat(new RealRequest(port).send(request.head()).header("x-service"))
                .as("%s among %s", request, routes)
                .isEqualTo(RandomRoutes.model(routes, request));
    }

    /** Whatever is accepted stands in its line as it is, and HAProxy understands it. */
    @ParameterizedTest
    @EnumSource
    void shouldWriteNoRuleThatHaproxyRefuses(Release release) {
        Seeded.check(
                1,
                random -> {
                    for (var i = 0; i < 2_000; i++) {
                        addWhateverIsAccepted(random, "s" + i);
                    }
                    assertThat(routes).hasSizeGreaterThan(100);
                    assertThat(RealHaproxy.check(release, directory, files(release))).isEmpty();
                });
    }

    private void addWhateverIsAccepted(Random random, String service) {
        var kind = List.of(Kind.values()).get(random.nextInt(4));
        var text = kind == Kind.PRESENT ? "" : Seeded.printable(random);
        try {
            var asking =
                    switch (random.nextInt(4)) {
                        case 0 -> Matches.route("a", "/", ANY.header("x-a", kind, text));
                        case 1 -> Matches.route("a", "/", ANY.query("a.b", kind, text));
                        case 2 -> Matches.route(text, "/", ANY.host(HostKind.REGEX));
                        default -> Matches.route("a", text, ANY.path(PathKind.REGEX));
                    };
            routes.put(service, List.of(asking));
        } catch (IllegalValue e) {
            // Named and left out.
        }
    }

    private RealHaproxy start(Release release) throws IOException {
        return RealHaproxy.start(release, directory, RoutingPropertyIT.telling(files(release)));
    }

    private Configuration.Files files(Release release) {
        var usual = Samples.frame(new ListenAddress("127.0.0.1", port));
        var entryPoints = new ArrayList<>(usual.entryPoints());
        entryPoints.add(
                new EntryPoint(new Identifier("inner"), new ListenAddress("127.0.0.1", inner)));
        var frame =
                new FrameSettings(
                        entryPoints,
                        usual.timeouts(),
                        usual.retries(),
                        usual.retryMethods(),
                        usual.hardStopAfter(),
                        usual.maxConnections(),
                        usual.accessLog());
        return new Configuration(Frame.of(frame), List.of(), List.of(), Routes.of(routes), 1, 1)
                .files(RealHaproxy.local(directory), release.version().capabilities());
    }
}
