package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.HttpPolicy.Direction;
import io.signalbox.schemas.HttpPolicy.ErrorPage;
import io.signalbox.schemas.HttpPolicy.HeaderAction;
import io.signalbox.schemas.HttpPolicy.HeaderRule;
import io.signalbox.schemas.HttpPolicy.HostRedirect;
import io.signalbox.schemas.HttpPolicy.Hsts;
import io.signalbox.schemas.HttpPolicy.PathRedirect;
import io.signalbox.schemas.HttpPolicy.PathRewrite;
import io.signalbox.schemas.Rejection;
import java.time.Duration;
import java.util.List;
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
            String name =
                    key.key()
                            .replace("<Name>", "X-Test")
                            .replace("<status>", "503")
                            .replace("<n>", "20");
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
        "path.rewrite.1, /a, bad-rewrite",
        "path.rewrite.0, /a /b, bad-rewrite",
        "path.rewrite.01, /a /b, bad-rewrite",
        "path.rewrite.21, /a /b, bad-rewrite",
        "path.rewrite.1.2, /a /b, bad-rewrite",
        "path.rewrite.x, /a /b, bad-rewrite",
        "redirect.host, a.example b.example 200, bad-redirect",
        "redirect.host, a.example a.example, bad-redirect",
        "redirect.host, a b c, bad-redirect",
        "redirect.host, https://b.example, bad-redirect",
        "redirect.path, /a, bad-redirect",
        "redirect.path, /a b, bad-redirect",
        "redirect.path, /a /b 200, bad-redirect",
        "redirect.path, /a javascript:x, bad-redirect",
        "redirect.path, /a https://b.example, bad-redirect",
        "redirect.path.1, /a, bad-redirect",
        "redirect.path.21, /a /b, bad-redirect",
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

    @ParameterizedTest
    @CsvSource({"required,true", "Required,true", "none,false"})
    void shouldReadWhetherClientsShowACertificate(String value, boolean required) {
        assertThat(accepted(WEB.label("signalbox.client-certificate", value)).clientCertificate())
                .isEqualTo(required);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "optional", "false", "none, required"})
    void shouldAskForACertificateAlsoWhereTheValueIsBad(String value) {
        Declared declared = WEB.label("signalbox.client-certificate", value).declared();

        assertThat(codes(declared)).containsExactly("bad-client-certificate");
        assertThat(policy(declared).clientCertificate()).isTrue();
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
    void shouldReadSeveralRewritesAndRedirectsByTheirNumbers() {
        HttpPolicy policy =
                accepted(
                        WEB.label("signalbox.path.rewrite.10", "/c /3")
                                .label("signalbox.path.rewrite.2", "/b /2")
                                .label("signalbox.path.rewrite", "/a /1")
                                .label("signalbox.redirect.path.20", "/c /3")
                                .label("signalbox.redirect.path.3", "/b /2 301")
                                .label("signalbox.redirect.path", "/a /1"));

        assertThat(policy.path().rewrites())
                .containsExactly(
                        new PathRewrite("^/a", "/1"),
                        new PathRewrite("^/b", "/2"),
                        new PathRewrite("^/c", "/3"));
        assertThat(policy.redirects().paths())
                .containsExactly(
                        new PathRedirect("^/a", "/1", 308),
                        new PathRedirect("^/b", "/2", 301),
                        new PathRedirect("^/c", "/3", 308));
    }

    @Test
    void shouldLeaveOutABadOneOfSeveralAlone() {
        Declared declared =
                WEB.label("signalbox.path.rewrite", "/a")
                        .label("signalbox.path.rewrite.1", "/b /2")
                        .label("signalbox.path.rewrite.2", "c /3")
                        .declared();

        assertThat(declared.rejections())
                .extracting(Rejection::key)
                .containsExactly("signalbox.path.rewrite", "signalbox.path.rewrite.2");
        assertThat(policy(declared).path().rewrites())
                .containsExactly(new PathRewrite("^/b", "/2"));
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
        "signalbox.path.rewrites.2,signalbox.path.rewrite.2",
        "signalbox.redirects.path.2,signalbox.redirect.path.2",
        "signalbox.routes.web.path.rewrite.2,signalbox.path.rewrite.2",
        "signalbox.alow,signalbox.allow",
        "signalbox.compression,signalbox.compress",
        "signalbox.whitelist,signalbox.allow",
        "signalbox.basicauth,signalbox.auth.users",
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
