package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraefikRuleTest {
    private static final String RULE = "traefik.http.routers.web.rule";

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Host(`Shop.Example.com`) @ shop.example.com/
                    host(`a.example`) @ a.example/
                    HostHeader(`a.example`) @ a.example/
                    Host("a.example") @ a.example/
                    Host(`a.example`) && PathPrefix(`/api`) @ a.example^/api
                    PathPrefix(`/`) @ /
                    PathPrefix(`/api/`) @ ^/api/
                    Path(`/api`) @ =/api
                    Host(`a.example`) && Path(`/`) @ a.example=/
                    Host(`a.example`) || Host(`b.example`) @ a.example/, b.example/
                    Host(`a.example`, `b.example`) @ a.example/, b.example/
                    Host(`a.example`) || Host(`b.example`) && Path(`/x`) @ a.example/, b.example=/x
                    (Host(`a.example`) || Host(`b.example`)) && Path(`/x`) @ a.example=/x, b.example=/x
                    !(!Host(`a.example`) || !Path(`/x`)) @ a.example=/x
                    HostRegexp(`^[a-z]+\\.example\\.com$`) @ ~[a-z]+\\.example\\.com/
                    HostRegexp(`example`) @ ~.*example.*/
                    HostRegexp(`{sub:[a-z]+}.example.com`) @ ~([a-z]+)\\.example\\.com/
                    HostRegexp(`{sub}.example.com`) @ ~([^.]+)\\.example\\.com/
                    PathRegexp(`^/v[0-9]+/`) @ ~/v[0-9]+/.*
                    PathRegexp(`\\.png$`) @ ~.*\\.png
                    PathRegexp(`a|b`) @ ~.*(a|b).*
                    Path(`/items/{id:[0-9]+}`) @ ~/items/([0-9]+)
                    PathPrefix(`/{lang}/x`) @ ~/([^/]+)/x.*
                    PathPrefix(`/a`) && PathPrefix(`/a/b`) @ ^/a/b
                    PathPrefix(`/a`) && Path(`/a/b`) @ =/a/b
                    Host(`a.example`) && !Host(`b.example`) @ a.example/
                    Path(`/a`) && !PathPrefix(`/b`) @ =/a
                    PathPrefix(`/a`) && !Path(`/b`) @ ^/a
                    Host(`a.example`) && (Path(`/x`) || !Host(`a.example`)) @ a.example=/x
                    Method(`GET`) @ / [method GET]
                    Method(`get`, `POST`) @ / [method GET], / [method POST]
                    Method(`GET`) && !Method(`POST`) @ / [method GET]
                    """)
    void shouldMakeARouteOfEachAlternative(String rule, String routes) {
        Declared declared = served(rule);

        assertThat(declared.rejections()).isEmpty();
        assertThat(String.join(", ", texts(declared)).replaceAll("\\[method[^\\]]* ", "[method "))
                .isEqualTo(routes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Header(`X-Beta`, `yes`) @ HEADER x-beta EXACT yes
                    Headers(`X-Beta`, `yes`) @ HEADER x-beta EXACT yes
                    HeaderRegexp(`X-Beta`, `^y`) @ HEADER x-beta REGEX y.*
                    HeadersRegexp(`X-Beta`, `yes|no`) @ HEADER x-beta REGEX .*(yes|no).*
                    Query(`v`, `2`) @ QUERY v EXACT 2
                    Query(`v=2`) @ QUERY v EXACT 2
                    QueryRegexp(`v`, `^[0-9]+$`) @ QUERY v REGEX [0-9]+
                    Query(`v=2`, `w=3`) @ QUERY v EXACT 2, QUERY w EXACT 3
                    ClientIP(`10.0.0.0/8`) @ SOURCE 10.0.0.0/8
                    """)
    void shouldAskForMoreThanHostAndPath(String rule, String conditions) {
        Declared declared = served("Host(`a.example`) && " + rule);

        assertThat(declared.rejections()).isEmpty();
        Route route = declared.declarations().getFirst().routes().getFirst();
        assertThat(conditions(java.util.Objects.requireNonNull(route.match())))
                .isEqualTo(List.of(conditions.split(", ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    Host(`a.example` @ where ',' should be
                    Host(`a.example @ is not closed
                    Host(a.example) @ has no place
                    Host(`a.example`) & Path(`/`) @ has no place
                    Host(`a.example`) Path(`/`) @ should be
                    Hots(`a.example`) @ there is no matcher Hots
                    HostSNI(`a.example`) @ is of TCP routers
                    Host() @ needs a text
                    Host(`*.example.com`) @ Host takes one name
                    Host(`a.example,b.example`) @ Host takes one name
                    Host(`~.*`) @ Host takes one name
                    Header(`X-A`) @ needs a name and a value
                    Header(`X-A`, `*`) @ has no '*'
                    Header(`X-A`, `~.*`) @ no '~' first
                    Query(`a`) @ needs a name and a value
                    !Host(`a.example`) @ cannot ask for not host a.example
                    !Method(`GET`) @ cannot ask for not method GET
                    !Header(`X-A`, `b`) @ cannot ask for not header
                    !ClientIP(`10.0.0.0/8`) @ cannot ask for not client
                    !Path(`/x`) @ cannot ask for not path /x
                    PathRegexp(`^/a`) && PathPrefix(`/b`) @ has one path
                    Host(`a.example`) && HostRegexp(`^a`) @ asks once for its host
                    Host(`a.example`) && Host(`b.example`) @ no request can fit
                    PathPrefix(`/a`) && !PathPrefix(`/`) @ no request can fit
                    PathRegexp(`^/a|/b$`) @ has its alternatives in brackets
                    """)
    void shouldServeNothingForARuleThatCannotBeFollowed(String rule, String reason) {
        Declared declared = served(rule);

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).hasSize(1);
        assertThat(declared.rejections().getFirst().code()).isEqualTo("bad-rule");
        assertThat(declared.rejections().getFirst().key()).isEqualTo(RULE);
        assertThat(declared.rejections().getFirst().message()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    !PathPrefix(`/api`) @ / /a /ap /apx /x /x/api @ /api /apix /api/x
                    !PathPrefix(`/api`) && !PathPrefix(`/admin`) @ / /a /ap /ad /adx /x @ /api /admin /admin/x
                    !PathPrefix(`/a-b`) @ /a /a- /a-c @ /a-b /a-b/c
                    PathPrefix(`/a`) && !PathPrefix(`/a/b`) @ /a /a/ /ab /a/c @ /a/b /a/bc /x /
                    !(PathPrefix(`/api`) || PathPrefix(`/api/v2`)) @ / /ap @ /api /api/v2
                    """)
    void shouldExcludePrefixesByCharacters(String rule, String in, String out) {
        Declared declared = served("Host(`a.example`) && " + rule);

        assertThat(declared.rejections()).isEmpty();
        List<RoutePattern> routes = patterns(declared);
        assertThat(List.of(in.split(" ")))
                .allMatch(path -> routes.stream().anyMatch(one -> one.fits("a.example", path)));
        assertThat(List.of(out.split(" ")))
                .noneMatch(path -> routes.stream().anyMatch(one -> one.fits("a.example", path)));
    }

    @Test
    void shouldBoundWhatARuleMayBecome() {
        StringBuilder both = new StringBuilder("Path(`/a`)");
        for (int number = 0; number < 40; number++) {
            both.append("&&(Header(`a").append(number).append("`,`b`)||Method(`GET`))");
        }
        assertThat(reason(both.toString())).contains("at most 50 alternatives");
        StringBuilder all = new StringBuilder("Path(`/0`)");
        for (int number = 1; number < 60; number++) {
            all.append("||Path(`/").append(number).append("`)");
        }
        assertThat(reason(all.toString())).contains("at most 50 alternatives");
        assertThat(reason("(".repeat(4000) + "Path(`/`)" + ")".repeat(4000)))
                .contains("brackets in each other");
        assertThat(reason("!".repeat(8000) + "Path(`/`)")).contains("brackets in each other");
        assertThat(reason("x".repeat(1 << 20))).contains("at most 8192 characters");
    }

    private static String reason(String rule) {
        Declared declared = served(rule);
        assertThat(declared.declarations()).isEmpty();
        return declared.rejections().stream().map(Rejection::message).findFirst().orElse("");
    }

    private static Declared served(String rule) {
        return Containers.named("web").tcp(80).label(RULE, rule).declared();
    }

    private static List<RoutePattern> patterns(Declared declared) {
        Declaration only = declared.declarations().getFirst();
        return only.routes().stream()
                .map(route -> RoutePattern.of(route.host(), route.path(), route.match()))
                .toList();
    }

    private static List<String> texts(Declared declared) {
        return patterns(declared).stream().map(RoutePattern::text).toList();
    }

    private static List<String> conditions(io.signalbox.schemas.RouteMatch match) {
        List<String> all = new java.util.ArrayList<>();
        match.headers()
                .forEach(
                        one ->
                                all.add(
                                        "HEADER "
                                                + one.name()
                                                + " "
                                                + one.kind()
                                                + " "
                                                + one.value()));
        match.queries()
                .forEach(
                        one ->
                                all.add(
                                        "QUERY "
                                                + one.name()
                                                + " "
                                                + one.kind()
                                                + " "
                                                + one.value()));
        match.sources().forEach(one -> all.add("SOURCE " + one));
        return all;
    }
}
