package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.AllowedText;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Access;
import io.signalbox.schemas.HttpPolicy.Auth;
import io.signalbox.schemas.HttpPolicy.Cors;
import io.signalbox.schemas.HttpPolicy.Direction;
import io.signalbox.schemas.HttpPolicy.ErrorPage;
import io.signalbox.schemas.HttpPolicy.HeaderAction;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.HostRedirect;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.Maintenance;
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import io.signalbox.schemas.HttpPolicy.PathRules;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.Redirects;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.PartHash;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a service's part says of what is done to requests and responses. */
class ServiceHttpTest {
    private static final String HASH = "$1$saltsalt$9xy1btjgzLYfb7hivXtC//";
    private static final List<String> PLAIN = List.of("    balance roundrobin");

    private final Rig rig = new Rig();

    @Test
    void shouldKeepTheTextOfTheSparesWhereNothingIsDone() {
        assertThat(text(HttpPolicy.NONE)).isEqualTo(PLAIN);
    }

    @Test
    void shouldSayEverythingInTheTextOfTheBackend() {
        HttpPolicy all =
                new HttpPolicy(
                        List.of(
                                new HeaderRule(Direction.RESPONSE, HeaderAction.SET, "X-B", "50%"),
                                new HeaderRule(Direction.REQUEST, HeaderAction.ADD, "X-A", "a"),
                                new HeaderRule(Direction.REQUEST, HeaderAction.DELETE, "X-C", "")),
                        new PathRules(true, List.of(new PathRewrite("^/a$", "/b")), "/app"),
                        new Redirects(
                                308,
                                List.of(new HostRedirect("b.example", "a.example", 301)),
                                List.of(new PathRedirect("^/x", "https://c.example/y", 302))),
                        new Hsts(Duration.ofSeconds(60), true, false),
                        new HttpPolicy.Compression(List.of("text/html")),
                        new Auth("Staff", List.of(new User("ann", HASH))),
                        new Access(List.of("10.0.0.0/8"), List.of("10.0.0.1/32")),
                        new Rate(100, Duration.ofSeconds(10)),
                        new Cors(
                                List.of("https://a.example"),
                                List.of("PUT"),
                                List.of("X-D"),
                                List.of("X-E"),
                                true,
                                Duration.ofMinutes(1)),
                        null,
                        List.of(new ErrorPage(503, "<b>")));

        List<String> text = text(all, A.route("a.example", "/api"), A.route("b.example", "/"));

        assertThat(text)
                .containsExactly(
                        "    balance roundrobin",
                        "    http-request set-var(txn.https) ssl_fc",
                        "    http-request set-var(txn.https) bool(true) if {"
                                + " req.fhdr(x-forwarded-proto) -m str https }",
                        "    http-request deny deny_status 400 unless { var(txn.https) -m bool } or"
                                + " { req.fhdr(host) -m found }",
                        "    http-request redirect location"
                                + " https://%[req.fhdr(host),host_only]%[pathq] code 308 unless {"
                                + " var(txn.https) -m bool }",
                        "    http-request redirect location"
                                + " %[var(txn.https),iif(https,http)]://a.example%[pathq] code 301"
                                + " if { req.fhdr(host),host_only,lower,rtrim(.) -m str b.example"
                                + " }",
                        "    http-request set-var(txn.redirect) int(1) if { path -m len 1:2000 } { path -m reg '^/x' }",
                        "    http-request replace-path '^/x' /y if { var(txn.redirect) -m int 1 }",
                        "    http-request redirect location https://c.example%[pathq] code 302 if"
                                + " { var(txn.redirect) -m int 1 }",
                        "    acl allowed src 10.0.0.0/8",
                        "    http-request deny deny_status 403 unless allowed",
                        "    acl denied src 10.0.0.1/32",
                        "    http-request deny deny_status 403 if denied",
                        "    stick-table type ipv6 size 100k expire 10s store http_req_rate(10s)",
                        "    http-request track-sc0 src,ipmask(32,64)",
                        "    http-request set-var(txn.limited) bool(true) if {"
                                + " sc_http_req_rate(0) gt 100 }",
                        "    http-request deny deny_status 429 if { var(txn.limited) -m bool }",
                        "    http-after-response set-header Retry-After 10 if { var(txn.limited)"
                                + " -m bool }",
                        "    acl origin req.fhdr(origin) -m str https://a.example",
                        "    http-request set-var(txn.origin) req.fhdr(origin) if origin",
                        "    http-request set-var(txn.preflight) bool(true) if { var(txn.origin) -m"
                                + " found } { method OPTIONS } {"
                                + " req.fhdr(access-control-request-method) -m found }",
                        "    http-request return status 204 if { var(txn.preflight) -m bool }",
                        "    user ann password '" + HASH + "'",
                        "    http-request auth realm Staff unless { http_auth(@users@) }",
                        "    http-request del-header Authorization",
                        "    http-request set-var(txn.strip) int(5) if { path,concat(/) -m beg"
                                + " /api/ }",
                        "    http-request set-path /%[path,bytes(5)] if { var(txn.strip) -m int 5 }",
                        "    http-request set-var(txn.rewrite) int(1) if { path -m len 1:2000 } { path -m reg '^/a$' }",
                        "    http-request replace-path '^/a$' /b if { var(txn.rewrite) -m int 1 }",
                        "    http-request set-path /app%[path]",
                        "    http-request add-header X-A a",
                        "    http-request del-header X-C",
                        "    http-after-response set-header X-B 50%%",
                        "    http-after-response set-header Strict-Transport-Security 'max-age=60;"
                                + " includeSubDomains' if { var(txn.https) -m bool }",
                        "    http-after-response del-header access-control- -m beg",
                        "    http-after-response add-header Vary Origin",
                        "    http-after-response set-header Access-Control-Allow-Origin"
                                + " %[var(txn.origin)] if { var(txn.origin) -m found }",
                        "    http-after-response set-header Access-Control-Allow-Credentials true"
                                + " if { var(txn.origin) -m found }",
                        "    http-after-response set-header Access-Control-Expose-Headers X-E if {"
                                + " var(txn.origin) -m found }",
                        "    http-after-response set-header Access-Control-Allow-Methods PUT if {"
                                + " var(txn.preflight) -m bool }",
                        "    http-after-response set-header Access-Control-Allow-Headers X-D if {"
                                + " var(txn.preflight) -m bool }",
                        "    http-after-response set-header Access-Control-Max-Age 60 if {"
                                + " var(txn.preflight) -m bool }",
                        "    compression algo gzip",
                        "    compression type text/html",
                        "    http-error status 503 content-type text/html string '<b>'");
        assertThat(AllowedText.problem(text)).isEmpty();
    }

    @Test
    void shouldTakeAwayThePrefixesOfTheRoutesThatItHolds() {
        HttpPolicy strip = http(new PathRules(true, List.of(), ""), null, null);
        rig.take(A.container("c0").of("other", A.route("a.example", "/lost")).at(1));

        List<String> text =
                text(
                        strip,
                        A.route("a.example", "/api"),
                        A.route("b.example", "/api"),
                        A.route("a.example", "/api/v2"),
                        A.route("a.example", "/lost"),
                        A.route("c.example", "/"));

        assertThat(text)
                .containsExactly(
                        "    balance roundrobin",
                        "    http-request set-var(txn.strip) int(5) if { path,concat(/) -m beg"
                                + " /api/ }",
                        "    http-request set-var(txn.strip) int(8) if { path,concat(/) -m beg"
                                + " /api/v2/ }",
                        "    http-request set-path /%[path,bytes(5)] if { var(txn.strip) -m int 5 }",
                        "    http-request set-path /%[path,bytes(8)] if { var(txn.strip) -m int 8 }");
        assertThat(text(strip, A.route("c.example", "/"))).isEqualTo(PLAIN);
    }

    @Test
    void shouldShowAStandardTextDuringMaintenance() {
        assertThat(text(http(PathRules.NONE, null, new Maintenance(""))))
                .last()
                .isEqualTo(
                        "    http-request return status 503 content-type text/plain string"
                                + " 'This service is under maintenance.'");
    }

    @Test
    void shouldLetNobodyInWithoutAUser() {
        assertThat(text(http(PathRules.NONE, new Auth("x", List.of()), null)))
                .last()
                .isEqualTo("    http-request auth realm x");
    }

    @Test
    void shouldBeAnotherPartWithAnotherUser() {
        List<String> ann = text(http(PathRules.NONE, auth("ann"), null));
        String hash = PartHash.of(rig.service("web"));
        List<String> bob = text(http(PathRules.NONE, auth("bob"), null));

        assertThat(ann).isNotEqualTo(bob);
        assertThat(PartHash.of(rig.service("web"))).isNotEqualTo(hash);
    }

    @Test
    void shouldKeepTheLastGoodPartWhereHaproxyCannotHaveThePolicy() {
        List<String> good = text(http(PathRules.NONE, auth("ann"), null));

        assertThat(text(http(PathRules.NONE, auth("a:n"), null))).isEqualTo(good);
        assertThat(rig.renderer.unrendered()).containsOnlyKeys("service/web");
    }

    private static Auth auth(String user) {
        return new Auth("x", List.of(new User(user, HASH)));
    }

    private static HttpPolicy http(
            PathRules path, @Nullable Auth auth, @Nullable Maintenance maintenance) {
        return new HttpPolicy(
                List.of(),
                path,
                Redirects.NONE,
                null,
                null,
                auth,
                Access.NONE,
                null,
                null,
                maintenance,
                List.of());
    }

    private List<String> text(HttpPolicy http, Route... routes) {
        Policy policy =
                new Policy(
                        null,
                        null,
                        Policy.Timeouts.NONE,
                        null,
                        null,
                        null,
                        Policy.Servers.NONE,
                        Policy.Standing.NONE,
                        http);
        rig.take(A.container("c1").of("web", routes).with(policy).at(2));
        ConfigRecord.Service service = rig.service("web");
        return service.backend();
    }
}
