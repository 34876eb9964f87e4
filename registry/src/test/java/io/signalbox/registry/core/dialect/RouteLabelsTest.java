package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLabelsTest {
    private static final Containers WEB = Containers.named("web").tcp(8080);
    private static final Containers ROUTED = WEB.label("signalbox.host", "a.example");

    @Test
    void shouldReadTheKindsOfHosts() {
        List<Route> routes =
                routes(
                        WEB.label(
                                "signalbox.host",
                                "A.example, *.B.example ,api.* , ~(x|y)[0-9]{1,2}\\.z"));

        assertThat(routes)
                .extracting(Route::host)
                .containsExactly("a.example", "*.b.example", "api.*", "(x|y)[0-9]{1,2}\\.z");
        assertThat(routes.getFirst().match()).isNull();
        assertThat(routes.subList(1, 4))
                .extracting(route -> match(route).hostKind())
                .containsExactly(HostKind.WILDCARD, HostKind.PREFIX, HostKind.REGEX);
    }

    @ParameterizedTest
    @CsvSource({
        "/api,PREFIX,/api",
        "=/api,EXACT,/api",
        "=/api/,EXACT,/api/",
        "=/,EXACT,/",
        "^/ap,BEGINNING,/ap",
        "/img/*.png,WILDCARD,/img/*.png",
        "~/(de|en)/.*,REGEX,/(de|en)/.*"
    })
    void shouldReadTheKindsOfPaths(String written, PathKind kind, String path) {
        Route route = routes(ROUTED.label("signalbox.path", written)).getFirst();

        assertThat(route.path()).isEqualTo(path);
        RouteMatch match = route.match();
        assertThat(match == null ? PathKind.PREFIX : match.pathKind()).isEqualTo(kind);
    }

    @Test
    void shouldReadAllThatARouteAsksFor() {
        Containers asking =
                ROUTED.label("signalbox.path.exclude", "/x, /y")
                        .label("signalbox.method", "get,HEAD")
                        .label("signalbox.header.X-There", "*")
                        .label("signalbox.header.User-Agent", "*curl*")
                        .label("signalbox.header.X-Env", " test ")
                        .label("signalbox.query.v", "~[0-9]+")
                        .label("signalbox.entrypoint", "internal")
                        .label("signalbox.scheme", "HTTPS")
                        .label("signalbox.websocket", "false")
                        .label("signalbox.source", "10.0.0.0/8,::1")
                        .label("signalbox.priority", "1000000")
                        .label("signalbox.percent", "10")
                        .label("signalbox.percent.sticky", "true");

        assertThat(asking.declared().rejections()).isEmpty();
        assertThat(match(routes(asking).getFirst()))
                .isEqualTo(
                        new RouteMatch(
                                HostKind.EXACT,
                                PathKind.PREFIX,
                                List.of("/x", "/y"),
                                List.of("GET", "HEAD"),
                                List.of(
                                        new FieldMatch(
                                                "user-agent", FieldMatch.Kind.CONTAINS, "curl"),
                                        new FieldMatch("x-env", FieldMatch.Kind.EXACT, "test"),
                                        new FieldMatch("x-there", FieldMatch.Kind.PRESENT, "")),
                                List.of(new FieldMatch("v", FieldMatch.Kind.REGEX, "[0-9]+")),
                                List.of("internal"),
                                "https",
                                false,
                                List.of("10.0.0.0/8", "::1/128"),
                                1_000_000,
                                10,
                                true));
    }

    /** A named route that asks for less than the container says would be served wider. */
    @Test
    void shouldAskOfANamedRouteWhatTheContainerSaysUnlessItSaysOtherwise() {
        List<Route> routes =
                routes(
                        WEB.label("signalbox.source", "10.0.0.0/8")
                                .label("signalbox.header.x-a", "1")
                                .label("signalbox.routes.r.host", "r.example")
                                .label("signalbox.routes.r.header.x-a", "2")
                                .label("signalbox.routes.r.path.exclude", "/x"));

        RouteMatch match = match(routes.getFirst());
        assertThat(match.sources()).containsExactly("10.0.0.0/8");
        assertThat(match.headers())
                .containsExactly(new FieldMatch("x-a", FieldMatch.Kind.EXACT, "2"));
        assertThat(match.excludedPaths()).containsExactly("/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "method | GTE | bad-method | GET",
                "method | GET, | bad-method |",
                "header.x-a | '' | bad-header |",
                "header.x-a | } | bad-header |",
                "header.x-a | a*b | bad-header |",
                "header.x-a | ~(a+)+ | bad-header |",
                "header.x a | v | bad-header |",
                "query.v | ~[ | bad-query |",
                "entrypoint | a b | bad-entrypoint |",
                "scheme | htps | bad-scheme | https",
                "websocket | yes | bad-boolean |",
                "source | 10.0.0.0/33 | bad-source |",
                "source | example.com | bad-source |",
                "priority | 0 | bad-priority |",
                "priority | 1000001 | bad-priority |",
                "percent | 101 | bad-percent |",
                "percent | 10% | bad-percent | 10",
                "path.exclude | x | bad-path | /x",
                "path | =x | bad-path |",
                "path | ^ | bad-path |",
                "path | ~/(a | bad-path |",
                "path | ~/a(?i)b | bad-path |",
                "path | ~/a$b | bad-path |",
                "path | /*/ | bad-path |",
                "path | /a'*' | bad-path |",
                "host | ~A | bad-host | ~a",
                "host | ~x{300} | bad-host |",
                "host | * | wildcard-host |",
                "host | *.* | wildcard-host |",
                "host | *.10.0.0.1 | wildcard-host |",
                "host | a*.b | wildcard-host |"
            })
    void shouldLeaveOutTheRouteOfABadLabelAndSayWhy(
            String word, String value, String code, String suggestion) {
        Containers container = ROUTED.label("signalbox." + word, value);

        assertThat(routes(container)).isEmpty();
        assertThat(container.declared().rejections())
                .singleElement()
                .satisfies(
                        rejection -> {
                            assertThat(rejection.code()).isEqualTo(code);
                            assertThat(rejection.key()).isEqualTo("signalbox." + word);
                            assertThat(rejection.suggestion()).isEqualTo(suggestion);
                        });
    }

    @Test
    void shouldBeADefaultOnlyIfDeclaredSo() {
        assertThat(routes(WEB.label("signalbox.default", " True ")))
                .containsExactly(new Route("default", "", "/"));
        assertThat(routes(ROUTED.label("signalbox.default", "true")))
                .containsExactly(
                        new Route("default", "a.example", "/"), new Route("default", "", "/"));
        assertThat(routes(ROUTED.label("signalbox.default", "false")))
                .containsExactly(new Route("default", "a.example", "/"));
        assertThat(WEB.label("signalbox.default", "false").declared().declarations()).isEmpty();
        assertThat(routes(WEB.label("signalbox.enable", "true"))).isEmpty();
    }

    @Test
    void shouldAskOfTheDefaultWhatTheContainerSaysButGiveItNoPriority() {
        List<Route> routes =
                routes(
                        WEB.label("signalbox.default", "true")
                                .label("signalbox.source", "10.0.0.0/8")
                                .label("signalbox.priority", "7"));

        RouteMatch match = match(routes.getFirst());
        assertThat(match.sources()).containsExactly("10.0.0.0/8");
        assertThat(match.priority()).isNull();
    }

    @Test
    void shouldSayThatALabelLeadsNothingHereAlone() {
        Declared declared =
                WEB.label("signalbox.enable", "true").label("signalbox.method", "GET").declared();

        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("no-route", "signalbox.method"));
    }

    private static List<Route> routes(Containers container) {
        return container.declared().declarations().stream()
                .flatMap(declaration -> declaration.routes().stream())
                .toList();
    }

    private static RouteMatch match(Route route) {
        return java.util.Objects.requireNonNull(route.match());
    }
}
