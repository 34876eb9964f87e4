package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
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
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import io.signalbox.schemas.HttpPolicy.Rate;
import io.signalbox.schemas.HttpPolicy.User;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.Withheld;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to be done to requests and responses. */
class HttpLabelsTest {
    private static final Containers WEB =
            Containers.named("web").tcp(8080).label("signalbox.host", "a.example");
    private static final String HASH =
            "$6$rounds=1000$lHuz9L1Cz4W7GQrT$lTPGkFdrUxUqynsWHnl.EQH1MpTbiK8LnxR/g.gzrQcob7WOnwcjZd.gn0ISMqCXH7C6l/1mDthIHb6zVhr2B/";

    @Test
    void shouldSayNothingOfWhatIsNotSaid() {
        assertThat(accepted(WEB)).isEqualTo(HttpPolicy.NONE);
    }

    @Test
    void shouldAcceptTheExampleOfEveryDocumentedLabel() {
        for (SignalboxKeys.Key key : HttpKeys.ALL) {
            String name = key.key().replace("<Name>", "X-Test").replace("<status>", "503");
            Containers web = WEB.label(name, key.example());
            if (name.startsWith("signalbox.cors.") && !name.endsWith("origins")) {
                web = web.label("signalbox.cors.origins", "https://a.example");
            }
            if (name.equals("signalbox.auth.realm")) {
                web = web.label("signalbox.auth.users", "ann:" + HASH);
            }
            assertThat(accepted(web)).as(name).isNotEqualTo(HttpPolicy.NONE);
        }
        assertThat(HttpKeys.ALL)
                .extracting(SignalboxKeys.Key::key)
                .containsAll(HttpKeys.WORDS.stream().map(word -> "signalbox." + word).toList());
    }

    @Test
    void shouldReadHeadersFirstThoseTakenAwayThenSetThenAdded() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.headers.response.set.X-Frame-Options", " DENY ")
                                .label("signalbox.headers.response.delete.Server", "true")
                                .label("signalbox.headers.request.add.X-A", "50% of 'x' \"y\"")
                                .label("signalbox.headers.request.delete.X-A", "True")
                                .label("signalbox.headers.request.delete.X-B", "false"));

        assertThat(policy.headers())
                .containsExactly(
                        new HeaderRule(Direction.REQUEST, HeaderAction.DELETE, "X-A", ""),
                        new HeaderRule(
                                Direction.REQUEST, HeaderAction.ADD, "X-A", "50% of 'x' \"y\""),
                        new HeaderRule(Direction.RESPONSE, HeaderAction.DELETE, "Server", ""),
                        new HeaderRule(
                                Direction.RESPONSE, HeaderAction.SET, "X-Frame-Options", "DENY"));
    }

    @ParameterizedTest
    @CsvSource({
        "request.set.Host, a.example, bad-header",
        "request.set.host, a.example, bad-header",
        "request.delete.X-Forwarded-For, true, bad-header",
        "response.add.Transfer-Encoding, chunked, bad-header",
        "response.set.Content-Length, 3, bad-header",
        "request.set.Authorization, Basic eDp5, bad-header",
        "request.add.cookie, a=b, bad-header",
        "request.set.X-A, '', bad-header",
        "request.set.X-A, ä, bad-header",
        "request.set.X-A, @maps@, bad-header",
        "request.set.X-A.B, x, bad-header",
        "request.set.X A, x, bad-header",
        "request.set.-m, x, bad-header",
        "request.delete.X-A, yes, bad-boolean"
    })
    void shouldLeaveABadHeaderOut(String key, String value, String code) {
        assertLeftOut("signalbox.headers." + key, value, code);
    }

    @Test
    void shouldReadPaths() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.path", "/api")
                                .label("signalbox.path.strip", "true")
                                .label("signalbox.path.rewrite", "/v1/(.*)  /v2/\\1")
                                .label("signalbox.path.prefix", "/app/"));

        assertThat(policy.path())
                .isEqualTo(
                        new HttpPolicy.PathRules(
                                true, List.of(new PathRewrite("^/v1/(.*)", "/v2/\\1")), "/app"));
    }

    @ParameterizedTest
    @CsvSource({
        "path.strip, yes, bad-boolean",
        "path.prefix, app, bad-path",
        "path.prefix, '', bad-path",
        "path.prefix, /a b, bad-path",
        "path.prefix, /a%2, bad-path",
        "path.rewrite, /a, bad-rewrite",
        "path.rewrite, /a /b /c, bad-rewrite",
        "path.rewrite, a /b, bad-rewrite",
        "path.rewrite, /(a /b, bad-rewrite",
        "path.rewrite, /(a+)+ /b, bad-rewrite",
        "path.rewrite, /a /\\1, bad-rewrite",
        "path.rewrite, /a b, bad-rewrite",
        "path.rewrite, /a /%[env(HOME)], bad-rewrite",
        "redirect.host, a.example b.example 200, bad-redirect",
        "redirect.host, a.example a.example, bad-redirect",
        "redirect.host, a b c, bad-redirect",
        "redirect.host, https://b.example, bad-redirect",
        "redirect.path, /a, bad-redirect",
        "redirect.path, /a b, bad-redirect",
        "redirect.path, /a /b 200, bad-redirect",
        "redirect.path, /a javascript:x, bad-redirect",
        "redirect.path, /a https://b.example, bad-redirect",
        "hsts, 31536000, bad-hsts",
        "hsts, max-age=-1, bad-hsts",
        "hsts, max-age=10; preload, bad-hsts",
        "hsts, max-age=999999999999, bad-hsts",
        "hsts, max-age=10; max-age=20, bad-hsts",
        "hsts, includeSubDomains, bad-hsts",
        "compress, yes, bad-compress",
        "compress, text, bad-compress",
        "maintenance, '', bad-maintenance",
        "error.503, '', bad-error-page",
        "error.503, ä, bad-error-page",
        "error.200, x, bad-error-page",
        "error.5xx, x, bad-error-page",
        "cors.methods, PUT, bad-cors",
        "cors.credentials, true, bad-cors"
    })
    void shouldLeaveOutWhatIsBadAndProtectsNothing(String key, String value, String code) {
        assertLeftOut("signalbox." + key, value, code);
    }

    @ParameterizedTest
    @CsvSource({"true,308", "TRUE,308", "301,301", "307,307"})
    void shouldReadTheRedirectToHttps(String value, int status) {
        assertThat(accepted(WEB.label("signalbox.redirect.https", value)).redirects().https())
                .isEqualTo(status);
    }

    @Test
    void shouldNotRedirectWhereThatIsFalse() {
        assertThat(accepted(WEB.label("signalbox.redirect.https", "false")))
                .isEqualTo(HttpPolicy.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "200", "304", "true 301"})
    void shouldRedirectToHttpsAlsoWhereTheValueIsBad(String value) {
        Declared declared = WEB.label("signalbox.redirect.https", value).declared();

        assertThat(codes(declared)).containsExactly("bad-redirect");
        assertThat(policy(declared).redirects().https()).isEqualTo(308);
    }

    @Test
    void shouldReadRedirects() {
        HttpPolicy policy =
                accepted(
                        WEB.label(
                                        "signalbox.redirect.host",
                                        "WWW.example.com example.com 301, shop.example.com"
                                                + " example.com:8443,example.com")
                                .label(
                                        "signalbox.redirect.path",
                                        "^/blog/(.*)$ https://blog.example.com/\\1 302"));

        assertThat(policy.redirects().hosts())
                .containsExactly(
                        new HostRedirect("www.example.com", "example.com", 301),
                        new HostRedirect("shop.example.com", "example.com:8443", 308),
                        new HostRedirect("", "example.com", 308));
        assertThat(policy.redirects().paths())
                .containsExactly(
                        new PathRedirect("^/blog/(.*)$", "https://blog.example.com/\\1", 302));
    }

    @Test
    void shouldReadWhatIsSaidInResponses() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.hsts", "max-age=63072000; IncludeSubdomains; preload")
                                .label("signalbox.compress", "Text/HTML, image/svg+xml")
                                .label("signalbox.maintenance", "Back at 10%.")
                                .label("signalbox.error.503", "<b>'x'</b>")
                                .label("signalbox.error.404", "none"));

        assertThat(policy.hsts()).isEqualTo(new Hsts(Duration.ofDays(730), true, true));
        assertThat(policy.compression())
                .isEqualTo(new HttpPolicy.Compression(List.of("text/html", "image/svg+xml")));
        assertThat(policy.maintenance()).isEqualTo(new HttpPolicy.Maintenance("Back at 10%."));
        assertThat(policy.errorPages())
                .containsExactly(new ErrorPage(404, "none"), new ErrorPage(503, "<b>'x'</b>"));
        assertThat(accepted(WEB.label("signalbox.compress", "true")).compression())
                .isEqualTo(new HttpPolicy.Compression(List.of()));
        assertThat(accepted(WEB.label("signalbox.maintenance", "True")).maintenance())
                .isEqualTo(new HttpPolicy.Maintenance(""));
        assertThat(
                        accepted(
                                WEB.label("signalbox.compress", "false")
                                        .label("signalbox.maintenance", "false")))
                .isEqualTo(HttpPolicy.NONE);
    }

    @Test
    void shouldBeUnderMaintenanceAlsoWithATextThatCannotBeShown() {
        Declared declared = WEB.label("signalbox.maintenance", "Zurück um 12").declared();

        assertThat(codes(declared)).containsExactly("bad-maintenance");
        assertThat(policy(declared).maintenance()).isEqualTo(new HttpPolicy.Maintenance(""));
    }

    @Test
    void shouldReadUsers() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.auth.users", "ann:" + HASH + ", o'x:" + HASH + ",")
                                .label("signalbox.auth.realm", "Staff 'only'"));

        assertThat(policy.auth())
                .isEqualTo(
                        new Auth(
                                "Staff 'only'",
                                List.of(new User("ann", HASH), new User("o'x", HASH))));
        Auth standard = accepted(WEB.label("signalbox.auth.users", "ann:" + HASH)).auth();
        assertThat(standard).isEqualTo(new Auth("Restricted", List.of(new User("ann", HASH))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann:",
                ":x",
                "ann:secret",
                "ann:$2y$05$abcdefghijklmnopqrstuv",
                "ann:!signalbox:unknown-hash:apr1",
                "!signalbox:no-password:must be user:password",
                "a\"b\n:x"
            })
    void shouldLetNobodyInWhereNoUserIsGood(String value) {
        Declared declared = WEB.label("signalbox.auth.users", value).declared();

        assertThat(codes(declared)).contains("no-users");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Restricted", List.of()));
        assertThat(declared.rejections().toString()).doesNotContain("secret", "$2y$");
    }

    @Test
    void shouldLetNobodyInWhereOnlyTheRealmIsSaid() {
        Declared declared = WEB.label("signalbox.auth.realm", "Staff").declared();

        assertThat(codes(declared)).containsExactly("no-users");
        assertThat(policy(declared).auth()).isEqualTo(new Auth("Staff", List.of()));
    }

    @Test
    void shouldKeepGoodUsersBesideBadOnes() {
        String ann = "ann:" + HASH;
        Declared declared =
                WEB.label("signalbox.auth.users", ann + ",bob:secret," + ann + ",eve").declared();

        assertThat(policy(declared).auth())
                .isEqualTo(new Auth("Restricted", List.of(new User("ann", HASH))));
        assertThat(codes(declared)).containsExactly("bad-user");
        assertThat(declared.rejections())
                .extracting(Rejection::value)
                .containsExactlyInAnyOrder("bob", "ann", "");
    }

    @Test
    void shouldReadNetworksInTheirNormalForm() {
        HttpPolicy policy =
                accepted(
                        WEB.label(
                                        "signalbox.allow",
                                        "10.1.2.3/8, 192.0.2.1,2001:DB8:0:0::1/32, 10.0.0.0/8")
                                .label("signalbox.deny", "::1"));

        assertThat(policy.access())
                .isEqualTo(
                        new Access(
                                List.of("10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32"),
                                List.of("::1/128")));
    }

    @ParameterizedTest
    @CsvSource({
        "allow, ''",
        "allow, all",
        "allow, '10.0.0.0/33, x'",
        "allow, -f /etc/passwd",
        "deny, ''",
        "deny, '10.0.0.0/8, 10.0.0.256'",
        "deny, a.example",
        "rate, ''",
        "rate, 100",
        "rate, 100/0s",
        "rate, 0/10s",
        "rate, 100 per s",
        "rate, 100/25h"
    })
    void shouldLetNobodyInWhereWhatKeepsOutIsBad(String key, String value) {
        Declared declared = WEB.label("signalbox." + key, value).declared();

        assertThat(policy(declared).access()).isEqualTo(Access.NOBODY);
        assertThat(declared.rejections().toString()).contains("nobody comes in");
        assertThat(declared.declarations().getFirst().routes()).hasSize(1);
    }

    @Test
    void shouldKeepGoodAllowedNetworksBesideBadOnes() {
        Declared declared = WEB.label("signalbox.allow", "10.0.0.0/8,10.0.0.1/8x").declared();

        assertThat(policy(declared).access())
                .isEqualTo(new Access(List.of("10.0.0.0/8"), List.of()));
        assertThat(codes(declared)).containsExactly("bad-network");
    }

    @Test
    void shouldLetNobodyInWhereMoreIsDeniedThanCanBe() {
        String networks =
                IntStream.range(0, 501)
                        .mapToObj(number -> "10.0." + number / 256 + "." + number % 256)
                        .collect(Collectors.joining(","));

        assertThat(policy(WEB.label("signalbox.deny", networks).declared()).access())
                .isEqualTo(Access.NOBODY);
    }

    @ParameterizedTest
    @CsvSource({"100/10s,100,10", "' 1/24h ',1,86400", "1000000/1m,1000000,60"})
    void shouldReadTheRate(String value, int requests, long seconds) {
        assertThat(accepted(WEB.label("signalbox.rate", value)).rate())
                .isEqualTo(new Rate(requests, Duration.ofSeconds(seconds)));
    }

    @Test
    void shouldReadWhoMayReadResponses() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.cors.origins", "https://A.example, http://b:8080")
                                .label("signalbox.cors.methods", "PUT,DELETE")
                                .label("signalbox.cors.headers", "X-Token")
                                .label("signalbox.cors.exposed", "X-Count")
                                .label("signalbox.cors.credentials", "true")
                                .label("signalbox.cors.max-age", "10m"));

        assertThat(policy.cors())
                .isEqualTo(
                        new Cors(
                                List.of("https://a.example", "http://b:8080"),
                                List.of("PUT", "DELETE"),
                                List.of("X-Token"),
                                List.of("X-Count"),
                                true,
                                Duration.ofMinutes(10)));
    }

    @Test
    void shouldLetNoPageReadWhereNoOriginIsGood() {
        Declared declared =
                WEB.label("signalbox.cors.origins", "a.example, https://a.example/x").declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .isEqualTo(new Cors(List.of(), List.of(), List.of(), List.of(), false, null));
    }

    @Test
    void shouldNotAllowCredentialsToAll() {
        Declared declared =
                WEB.label("signalbox.cors.origins", "*")
                        .label("signalbox.cors.credentials", "true")
                        .declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .isEqualTo(new Cors(List.of("*"), List.of(), List.of(), List.of(), false, null));
    }

    @Test
    void shouldTakeAllForNothingBesideOthers() {
        Declared declared = WEB.label("signalbox.cors.origins", "*,https://a.example").declared();

        assertThat(codes(declared)).containsExactly("bad-cors");
        assertThat(policy(declared).cors())
                .extracting(cors -> cors == null ? List.of() : cors.origins())
                .isEqualTo(List.of("https://a.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.header.request.set.X-A,signalbox.headers.request.set.X-A",
        "signalbox.headers.response.sett.X-A,signalbox.headers.response.set.X-A",
        "signalbox.headers.request.X-A,",
        "signalbox.headers.request.set.,",
        "signalbox.errors.503,signalbox.error.503",
        "signalbox.auth.user,signalbox.auth.users",
        "signalbox.routes.web.auth.users,signalbox.auth.users",
        "signalbox.routes.web.headers.request.set.X-A,signalbox.headers.request.set.X-A",
        "signalbox.path.stripp,signalbox.path.strip",
        "signalbox.alow,signalbox.allow",
        "signalbox.compression,",
        "signalbox.cors.maxage,signalbox.cors.max-age"
    })
    void shouldNameALikelyKeyForAnUnknownOne(String key, String likely) {
        Declared declared = WEB.label(key, "x").declared();

        assertThat(policy(declared)).isEqualTo(HttpPolicy.NONE);
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(one -> assertThat(one.code()).isEqualTo("unknown-key"))
                .extracting(Rejection::suggestion)
                .isEqualTo(likely);
    }

    @Test
    void shouldKeepOutWhomAValueWouldThatDidNotLeaveTheHost() {
        String withheld = new Withheld(Withheld.TOO_MUCH, "65536").text();

        assertThat(policy(WEB.label("signalbox.allow", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.deny", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.rate", withheld).declared()).access())
                .isEqualTo(Access.NOBODY);
        assertThat(policy(WEB.label("signalbox.auth.users", withheld).declared()).auth())
                .isEqualTo(new Auth("Restricted", List.of()));
    }

    private static void assertLeftOut(String key, String value, String code) {
        Declared declared = WEB.label(key, value).declared();

        assertThat(codes(declared)).as("%s=%s", key, value).containsExactly(code);
        assertThat(policy(declared)).as("%s=%s", key, value).isEqualTo(HttpPolicy.NONE);
        assertThat(declared.declarations().getFirst().routes()).hasSize(1);
    }

    private static HttpPolicy accepted(Containers container) {
        Declared declared = container.declared();
        assertThat(declared.rejections()).isEmpty();
        return policy(declared);
    }

    private static HttpPolicy policy(Declared declared) {
        assertThat(declared.declarations()).hasSize(1);
        Declaration declaration = declared.declarations().getFirst();
        return declaration.policy().http();
    }

    private static List<String> codes(Declared declared) {
        return declared.rejections().stream().map(Rejection::code).distinct().toList();
    }
}
