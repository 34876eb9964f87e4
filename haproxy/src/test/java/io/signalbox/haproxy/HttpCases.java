package io.signalbox.haproxy;

import static io.signalbox.haproxy.HeaderChange.Action.ADD;
import static io.signalbox.haproxy.HeaderChange.Action.DELETE;
import static io.signalbox.haproxy.HeaderChange.Action.SET;
import static io.signalbox.haproxy.HeaderChange.Direction.REQUEST;
import static io.signalbox.haproxy.HeaderChange.Direction.RESPONSE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Services with one thing done to their requests and responses, and what clients and servers see.
 */
final class HttpCases {

    /** Of {@code secret}, with each kind of hash. */
    static final List<BasicAuthentication.User> USERS =
            List.of(
                    new BasicAuthentication.User(
                            "six",
                            "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1"),
                    new BasicAuthentication.User(
                            "five", "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA"),
                    new BasicAuthentication.User(
                            "o'ne %[src] \"x\" #", "$1$saltsalt$9xy1btjgzLYfb7hivXtC//"));

    private static final String ORIGIN = "Origin: https://a.example";
    private static final String PUT = "Access-Control-Request-Method: PUT";

    private final List<Case> cases = new ArrayList<>();

    private HttpCases() {}

    /**
     * A service.
     *
     * @param name also the first word of its host
     */
    record Case(String name, Rules rules, List<Exchange> exchanges) {}

    static List<Case> all() {
        var all = new HttpCases();
        all.redirects();
        all.access();
        all.authentication();
        all.crossOrigin();
        all.paths();
        all.headers();
        all.responses();
        all.order();
        return all.cases;
    }

    private void add(String name, Rules rules, Exchange... exchanges) {
        cases.add(new Case(name, rules, List.of(exchanges)));
    }

    private void redirects() {
        add(
                "https",
                Rules.none().https(308),
                Exchange.get("/a%20b//c?x=1&y=%41")
                        .host("https.example:8080")
                        .gives(308)
                        .and("location: https://https.example/a%20b//c?x=1&y=%41\n"),
                Exchange.of("POST /a HTTP/1.1")
                        .with("Content-Length: 0")
                        .with("X-Forwarded-Proto: https")
                        .gives(308)
                        .and("location: https://https.example/a\n"),
                Exchange.of("GET /nohost HTTP/1.0").gives(400),
                Exchange.get("/a").throughTls().and("saw GET /a HTTP/1.1\n"),
                Exchange.get("/a").with("X-Test-Proxy: https").and("saw GET /a HTTP/1.1\n"));
        add(
                "host",
                Rules.none()
                        .toHost("old.example", "new.example:8443", 301)
                        .toHost("", "host.example", 307),
                Exchange.get("/a?b=c")
                        .host("OLD.example.:80")
                        .gives(301)
                        .and("location: http://new.example:8443/a?b=c\n"),
                Exchange.get("/a?b=c")
                        .host("old.example")
                        .throughTls()
                        .gives(301)
                        .and("location: https://new.example:8443/a?b=c\n"),
                Exchange.get("/")
                        .host("www.example")
                        .gives(307)
                        .and("location: http://host.example/\n"),
                Exchange.get("/a?b=c").and("saw GET /a?b=c HTTP/1.1\n"));
        add(
                "topath",
                Rules.none()
                        .toPath("^/old/([a-z]+)/(.*)$", "/new%20/\\2/\\1", 303)
                        .toPath("^/(.*)\\.php$", "/\\1", 308)
                        .toPath("^/find/([^/]+)", "https://find.example:8443/?q=\\1", 302)
                        .toPath("^/it'?s$", "/its", 301)
                        .toPath("^/old/abc/.*$", "/never", 301),
                Exchange.get("/old/abc/d/e?x=%31")
                        .gives(303)
                        .and("location: /new%20/d/e/abc?x=%31\n"),
                Exchange.get("//evil.example/a.php").gives(308).and("location: /evil.example/a\n"),
                Exchange.get("/\\evil.example/a.php").gives(308).and("location: /evil.example/a\n"),
                Exchange.get("/find/this/x?y=z")
                        .gives(302)
                        .and("location: https://find.example:8443/?q=this\n"),
                Exchange.get("/it's").gives(301).and("location: /its\n"),
                Exchange.get("/old/1/x?y").and("saw GET /old/1/x?y HTTP/1.1\n"));
    }

    private void access() {
        add("allowed", Rules.none().allow("10.0.0.0/8", "127.0.0.0/8"), Exchange.get("/"));
        add(
                "notallowed",
                Rules.none().allow("10.0.0.0/8", "::1", "2001:db8::/32"),
                Exchange.get("/").with("X-Forwarded-For: 10.0.0.1").gives(403));
        add(
                "denied",
                Rules.none().deny("2001:db8::/32", "127.0.0.1"),
                Exchange.get("/").gives(403));
        add("notdenied", Rules.none().deny("10.0.0.0/8"), Exchange.get("/"));
        add(
                "alloweddenied",
                Rules.none().allow("127.0.0.0/8").deny("127.0.0.0/24"),
                Exchange.get("/").gives(403));
        var many = new String[500];
        for (var i = 0; i < many.length; i++) {
            many[i] = i == 499 ? "127.0.0.1" : "2001:db8:" + Integer.toHexString(i) + "::/48";
        }
        add("manyallowed", Rules.none().allow(many), Exchange.get("/"));
        add("manydenied", Rules.none().deny(many), Exchange.get("/").gives(403));
        add(
                "rate",
                Rules.none().rate(new RateLimit(2, Duration.ofHours(1))),
                Exchange.get("/").without("retry-after"),
                Exchange.get("/"),
                Exchange.get("/").gives(429).and("retry-after: 3600\n"),
                Exchange.get("/").with("X-Forwarded-For: 10.0.0.1").gives(429));
    }

    private void authentication() {
        add(
                "auth",
                Rules.none()
                        .users("The %[src] 'shop'", USERS.toArray(new BasicAuthentication.User[0])),
                Exchange.get("/")
                        .gives(401)
                        .and("www-authenticate: Basic realm=\"The %[src] 'shop'\"\n"),
                Exchange.get("/").with(password("six", "secret")).without("saw authorization"),
                Exchange.get("/").with(password("five", "secret")),
                Exchange.get("/").with(password(USERS.get(2).name(), "secret")),
                Exchange.get("/").with(password("six", "secret2")).gives(401),
                Exchange.get("/").with(password("six", USERS.get(0).hash())).gives(401),
                Exchange.get("/").with(password("other", "secret")).gives(401),
                Exchange.get("/").with("Authorization: Bearer secret").gives(401));
        add(
                "others",
                Rules.none()
                        .users("others", new BasicAuthentication.User("ann", USERS.get(0).hash())),
                Exchange.get("/").with(password("ann", "secret")),
                Exchange.get("/").with(password("six", "secret")).gives(401));
        add(
                "nobody",
                Rules.none().users("nobody"),
                Exchange.get("/").gives(401).and("www-authenticate: Basic realm=\"nobody\"\n"),
                Exchange.get("/").with(password("six", "secret")).gives(401),
                Exchange.get("/").with("Authorization: Basic Og==").gives(401));
    }

    private void crossOrigin() {
        add(
                "cors",
                Rules.none()
                        .cors(
                                new CrossOrigin(
                                        List.of("https://a.example", "http://b.example:8080"),
                                        List.of("PUT", "DELETE"),
                                        List.of("Content-Type", "X-Token"),
                                        List.of("X-Count"),
                                        true,
                                        Duration.ofMinutes(10))),
                Exchange.get("/").and("vary: Origin\n").without("access-control-"),
                Exchange.get("/")
                        .with(ORIGIN)
                        .and("access-control-allow-origin: https://a.example\n")
                        .and("access-control-allow-credentials: true\n")
                        .and("access-control-expose-headers: X-Count\n")
                        .and("vary: Origin\n")
                        .without("access-control-allow-origin: *")
                        .without("access-control-allow-methods")
                        .without("access-control-max-age"),
                Exchange.get("/")
                        .with("Origin: http://b.example:8080")
                        .and("access-control-allow-origin: http://b.example:8080\n"),
                Exchange.get("/").with("Origin: https://a.example.evil").without("access-control-"),
                Exchange.get("/").with("Origin: null").without("access-control-"),
                Exchange.of("OPTIONS / HTTP/1.1")
                        .with(ORIGIN)
                        .with(PUT)
                        .gives(204)
                        .and("access-control-allow-origin: https://a.example\n")
                        .and("access-control-allow-methods: PUT, DELETE\n")
                        .and("access-control-allow-headers: Content-Type, X-Token\n")
                        .and("access-control-max-age: 600\n")
                        .without("saw"),
                Exchange.of("OPTIONS / HTTP/1.1").with(ORIGIN).and("saw OPTIONS"),
                Exchange.of("OPTIONS / HTTP/1.1")
                        .with("Origin: https://evil.example")
                        .with(PUT)
                        .and("saw OPTIONS")
                        .without("access-control-"));
        add(
                "corsall",
                Rules.none().cors(cors("*", "*")),
                Exchange.get("/")
                        .with("Origin: https://x.example")
                        .and("access-control-allow-origin: *\n")
                        .without("vary:"),
                Exchange.of("OPTIONS / HTTP/1.1")
                        .with(ORIGIN)
                        .with(PUT)
                        .gives(204)
                        .and("access-control-allow-methods: *\n"));
        add(
                "corsnone",
                Rules.none()
                        .cors(
                                new CrossOrigin(
                                        List.of(), List.of(), List.of(), List.of(), false, null)),
                Exchange.get("/").with(ORIGIN).without("access-control-"));
    }

    private void paths() {
        add(
                "strip",
                Rules.none().strip("/api", "/", "/api/v2", "/x", "/it's~%20"),
                Exchange.get("/api").and("saw GET / HTTP/1.1\n"),
                Exchange.get("/api/").and("saw GET / HTTP/1.1\n"),
                Exchange.get("/api?q=/api/x").and("saw GET /?q=/api/x HTTP/1.1\n"),
                Exchange.get("/api/v2").and("saw GET / HTTP/1.1\n"),
                Exchange.get("/api/v2x/y?z").and("saw GET /v2x/y?z HTTP/1.1\n"),
                Exchange.get("/api/x/api").and("saw GET /x/api HTTP/1.1\n"),
                Exchange.get("/api//x").and("saw GET //x HTTP/1.1\n"),
                Exchange.get("/apix").and("saw GET /apix HTTP/1.1\n"),
                Exchange.get("/it's~%20/%20").and("saw GET /%20 HTTP/1.1\n"),
                Exchange.of("OPTIONS * HTTP/1.1").and("saw OPTIONS * HTTP/1.1\n"));
        add(
                "prefix",
                Rules.none().prefix("/a%20b/it's"),
                Exchange.get("/").and("saw GET /a%20b/it's/ HTTP/1.1\n"),
                Exchange.get("/x?y=z").and("saw GET /a%20b/it's/x?y=z HTTP/1.1\n"));
        add(
                "rewrite",
                Rules.none()
                        .rewrite("^/a/(.*)$", "/b/\\1")
                        .rewrite("^/b/([0-9]{1,3})$", "/index.php?id=\\1")
                        .rewrite("^/b/(?:x|y)?/([^/%]+)$", "/%20/\\1%41")
                        .rewrite("^/a/1$", "/never"),
                Exchange.get("/a/1?x=y").and("saw GET /b/1?x=y HTTP/1.1\n"),
                Exchange.get("/b/12?x=y").and("saw GET /index.php?id=12 HTTP/1.1\n"),
                Exchange.get("/b/y/z?q").and("saw GET /%20/z%41?q HTTP/1.1\n"),
                Exchange.get("/other?q").and("saw GET /other?q HTTP/1.1\n"),
                Exchange.get("/a/" + "x".repeat(1_997)).and("saw GET /b/x"),
                Exchange.get("/a/" + "x".repeat(1_998)).and("saw GET /a/x"));
        add(
                "allpaths",
                Rules.none().strip("/api").rewrite("^/v1/(.*)$", "/v2/\\1").prefix("/app"),
                Exchange.get("/api/v1/x?q=1").and("saw GET /app/v2/x?q=1 HTTP/1.1\n"),
                Exchange.get("/v1/x").and("saw GET /app/v2/x HTTP/1.1\n"));
    }

    private void headers() {
        add(
                "headers",
                Rules.none()
                        .header(REQUEST, SET, "X-Set", "%[src] %% 'a' \"b\" \\ #{}$HOME,;")
                        .header(REQUEST, ADD, "X-Add", "2")
                        .header(REQUEST, DELETE, "X-Secret", "")
                        .header(RESPONSE, SET, "X-App", "100%")
                        .header(RESPONSE, ADD, "X-More", "b")
                        .header(RESPONSE, DELETE, "Server", ""),
                Exchange.get("/")
                        .with("X-Set: client")
                        .with("X-Add: 1")
                        .with("x-secret: s")
                        .and("saw x-set: %[src] %% 'a' \"b\" \\ #{}$HOME,;\n")
                        .and("saw x-add: 1\n")
                        .and("saw x-add: 2\n")
                        .and("x-app: 100%\n")
                        .and("x-more: a\n")
                        .and("x-more: b\n")
                        .without("saw x-set: client")
                        .without("saw x-secret")
                        .without("x-app: application")
                        .without("server:"));
    }

    private void responses() {
        add(
                "hsts",
                Rules.none().hsts(new StrictTransport(Duration.ofDays(365), true, true)),
                Exchange.get("/")
                        .throughTls()
                        .and(
                                "strict-transport-security: max-age=31536000; includeSubDomains;"
                                        + " preload\n"),
                Exchange.get("/")
                        .with("X-Test-Proxy: https")
                        .and("strict-transport-security: max-age=31536000"),
                Exchange.get("/")
                        .with("X-Forwarded-Proto: https")
                        .without("strict-transport-security"));
        add(
                "compress",
                Rules.none().compress(),
                Exchange.get("/").with("Accept-Encoding: gzip").and("content-encoding: gzip\n"),
                Exchange.get("/").without("content-encoding"));
        add(
                "compresshtml",
                Rules.none().compress("text/html", "image/svg+xml"),
                Exchange.get("/").with("Accept-Encoding: gzip").without("content-encoding"));
        add(
                "maintenance",
                Rules.none().maintenance("We'll be back at 10% #1"),
                Exchange.get("/x")
                        .gives(503)
                        .and("content-type: text/plain\n")
                        .and("\nWe'll be back at 10% #1"));
        var html = "<p>%[src] 'it' \"is\" \\n {gone}</p>" + "'".repeat(3_900);
        var pages = Rules.none().deny("127.0.0.0/8");
        ErrorPage.STATUSES.forEach(status -> pages.error(status, status == 403 ? html : "no"));
        add(
                "errors",
                pages,
                Exchange.get("/").gives(403).and("content-type: text/html\n").and("\n" + html));
        add(
                "unauthorized",
                Rules.none().users("x").error(401, "<b>Who?</b>"),
                Exchange.get("/")
                        .gives(401)
                        .and("www-authenticate: Basic realm=\"x\"\n")
                        .and("\n<b>Who?</b>"));
        add(
                "noserver",
                Rules.none()
                        .error(503, "<b>away</b>")
                        .header(RESPONSE, SET, "X-Frame-Options", "DENY"),
                Exchange.get("/")
                        .gives(503)
                        .and("x-frame-options: DENY\n")
                        .and("content-type: text/html\n")
                        .and("\n<b>away</b>"));
    }

    /** What comes before what. */
    private void order() {
        add(
                "redirectfirst",
                Rules.none().https(302).users("x").deny("127.0.0.1").maintenance("m"),
                Exchange.get("/").gives(302).without("www-authenticate"),
                Exchange.get("/").throughTls().gives(403));
        add(
                "preflightfirst",
                Rules.none().cors(cors("https://a.example", "PUT")).users("x").maintenance("m"),
                Exchange.of("OPTIONS / HTTP/1.1").with(ORIGIN).with(PUT).gives(204),
                Exchange.get("/")
                        .with(ORIGIN)
                        .gives(503)
                        .and("access-control-allow-origin: https://a.example\n"));
        add(
                "ratefirst",
                Rules.none().rate(new RateLimit(1, Duration.ofDays(1))).users("x"),
                Exchange.get("/").gives(401),
                Exchange.get("/").gives(429).and("retry-after: 86400\n"));
    }

    private static CrossOrigin cors(String origin, String method) {
        return new CrossOrigin(
                List.of(origin), List.of(method), List.of(), List.of(), false, Duration.ZERO);
    }

    private static String password(String user, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(US_ASCII));
    }
}
