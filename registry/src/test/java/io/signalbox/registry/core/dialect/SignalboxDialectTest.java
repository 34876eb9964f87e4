package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalboxDialectTest {
    private static final Containers WEB = Containers.named("web").tcp(8080);

    @Test
    void shouldMakeNoServiceWithoutBeingAsked() {
        assertThat(WEB.declared()).isEqualTo(Declared.NOTHING);
        assertThat(WEB.label("com.example", "x").declared()).isEqualTo(Declared.NOTHING);
    }

    @Test
    void shouldDeclareAKnownServiceWithoutRouteWhenOnlyEnabled() {
        Declared declared = WEB.label("signalbox.enable", "true").declared();

        assertThat(declared.declarations()).containsExactly(declaration("web", 8080));
        assertThat(declared.rejections()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"signalbox.host,a.example,a.example,/", "signalbox.path,/api,'',/api"})
    void shouldTakeARouteLabelAsOptIn(String key, String value, String host, String path) {
        Declared declared = WEB.label(key, value).declared();

        assertThat(declared.declarations())
                .containsExactly(declaration("web", 8080, new Route("default", host, path)));
    }

    @Test
    void shouldLetEnableFalseWinOverEverything() {
        Declared declared =
                WEB.label("signalbox.enable", "false")
                        .label("signalbox.host", "a.example")
                        .label("signalbox.wrong", "x")
                        .declared();

        assertThat(declared).isEqualTo(Declared.NOTHING);
    }

    @Test
    void shouldNotServeWhatCannotBeReadAsEnabled() {
        Declared declared =
                WEB.label("signalbox.enable", "yes").label("signalbox.host", "a").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(codes(declared)).containsExactly("bad-boolean");
    }

    @Test
    void shouldSayThatSettingsAloneMakeNoService() {
        Declared declared = WEB.label("signalbox.port", "80").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(
                        rejection -> {
                            assertThat(rejection.code()).isEqualTo("not-enabled");
                            assertThat(rejection.key()).isEqualTo("signalbox.port");
                            assertThat(rejection.suggestion()).isEqualTo("signalbox.enable");
                        });
    }

    @Test
    void shouldNameTheServiceAfterComposeThenSwarmThenTheContainer() {
        Containers enabled = WEB.label("signalbox.enable", "true");
        Containers swarm = enabled.label("com.docker.swarm.service.name", "stack_web");
        Containers compose =
                swarm.label("com.docker.compose.project", "shop")
                        .label("com.docker.compose.service", "web");

        assertThat(services(enabled)).containsExactly("web");
        assertThat(services(swarm)).containsExactly("stack_web");
        assertThat(services(compose)).containsExactly("shop.web");
        assertThat(services(compose.label("signalbox.service", "mine"))).containsExactly("mine");
    }

    @Test
    void shouldTakeTheOnlyExposedTcpPortElseTheLowest() {
        assertThat(port(Containers.named("a").tcp(81))).isEqualTo(81);
        assertThat(port(Containers.named("a").tcp(9000, 443, 8080))).isEqualTo(443);
        assertThat(port(Containers.named("a").udp(53).tcp(8080))).isEqualTo(8080);
    }

    @Test
    void shouldAllowAPortThatIsNotExposed() {
        assertThat(port(Containers.named("a").tcp(80).label("signalbox.port", "3000")))
                .isEqualTo(3000);
        assertThat(port(Containers.named("a").label("signalbox.port", "3000/tcp"))).isEqualTo(3000);
    }

    @Test
    void shouldRefuseAServiceWithoutTcpPort() {
        assertRefused(Containers.named("a"), "no-port");
        assertRefused(Containers.named("a").udp(53), "udp-port");
        assertRefused(Containers.named("a").udp(53).label("signalbox.port", "53"), "udp-port");
        assertRefused(Containers.named("a").tcp(1).label("signalbox.port", "53/udp"), "udp-port");
    }

    @Test
    void shouldAskForAPortOnTheHostsNetwork() {
        assertRefused(WEB.hostNetwork(), "no-port");
        assertThat(port(WEB.hostNetwork().label("signalbox.port", "8080"))).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "", " ", "80;81", "8 0", "999999", "1e3"})
    void shouldRefuseABadPortWithAllThatUsesIt(String port) {
        assertRefused(WEB.label("signalbox.port", port), "bad-port");
    }

    @Test
    void shouldKeepARouteWithItsOwnPortWhenTheContainersIsBad() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.port", "x")
                        .label("signalbox.routes.admin.host", "b.example")
                        .label("signalbox.routes.admin.port", "9000")
                        .declared();

        assertThat(declared.declarations())
                .containsExactly(
                        declaration("web.admin", 9000, new Route("admin", "b.example", "/")));
        assertThat(codes(declared)).containsExactly("bad-port");
    }

    @Test
    void shouldReadAListOfExactHosts() {
        Declared declared =
                WEB.label("signalbox.host", " A.Example. ,b.example,a.example,[::1],10.0.0.1")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(hosts(declared)).containsExactly("a.example", "b.example", "[::1]", "10.0.0.1");
    }

    @Test
    void shouldDropABadNameOfAListAlone() {
        Declared declared = WEB.label("signalbox.host", "a.example,b.*.example,c_d").declared();

        assertThat(hosts(declared)).containsExactly("a.example", "c_d");
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(
                        rejection -> {
                            assertThat(rejection.code()).isEqualTo("wildcard-host");
                            assertThat(rejection.value()).isEqualTo("b.*.example");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", ",", "a b", "a..b", "-a", "a/b", "http://a", "a:80", "1.2.3"})
    void shouldNotRouteAnyHostInsteadOfABadOne(String host) {
        Declared declared = WEB.label("signalbox.host", host).declared();

        assertThat(declared.declarations()).containsExactly(declaration("web", 8080));
        assertThat(declared.rejections()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api,/api", "/api/,/api", "/,/", "/a/b%20c,/a/b%20c", "' /api ',/api"})
    void shouldNormalisePaths(String written, String path) {
        Declared declared = WEB.label("signalbox.path", written).declared();

        assertThat(declared.declarations().getFirst().routes())
                .containsExactly(new Route("default", "", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "/a//b", "/a/../b", "/.", "/a b", "/%zz", "/a,/b", "/*"})
    void shouldNotRouteEveryPathInsteadOfABadOne(String path) {
        Declared declared =
                WEB.label("signalbox.host", "a.example").label("signalbox.path", path).declared();

        assertThat(declared.declarations()).containsExactly(declaration("web", 8080));
        assertThat(codes(declared)).containsExactly("bad-path");
    }

    @Test
    void shouldSuggestTheMissingSlash() {
        Declared declared = WEB.label("signalbox.path", "api").declared();

        assertThat(declared.rejections().getFirst().suggestion()).isEqualTo("/api");
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.hosts,signalbox.host",
        "signalbox.prot,signalbox.port",
        "signalbox.domain,signalbox.host",
        "signalbox.Host,signalbox.host",
        "Signalbox.Enable,signalbox.enable",
        "signalbox.enabled,signalbox.enable",
        "signalbox.route.web.host,signalbox.routes.web.host",
        "signalbox.routes.web.hsot,signalbox.routes.web.host",
        "signalbox.routes.web,signalbox.routes.web.host",
        "signalbox.drian,signalbox.drain",
        "signalbox.drains,signalbox.drain",
        "signalbox.drain-timeout,signalbox.drain",
        "signalbox.routes.web.drain,signalbox.drain",
        "signalbox.somethingelse,",
        "signalbox.,",
        "signalbox.a.b.c.d,"
    })
    void shouldNameUnknownKeysWithALikelySpellingAndKeepTheRest(String key, String likely) {
        Declared declared = WEB.label("signalbox.host", "a.example").label(key, "x").declared();

        assertThat(hosts(declared)).containsExactly("a.example");
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(
                        rejection -> {
                            assertThat(rejection.code()).isEqualTo("unknown-key");
                            assertThat(rejection.key()).isEqualTo(key);
                            assertThat(rejection.suggestion()).isEqualTo(likely);
                        });
    }

    @Test
    void shouldMergeRoutesThatShareServiceAndPort() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.routes.old.host", "old.example")
                        .label("signalbox.routes.api.path", "/api")
                        .label("signalbox.routes.api.port", "8080")
                        .declared();

        assertThat(declared.declarations())
                .containsExactly(
                        declaration(
                                "web",
                                8080,
                                new Route("default", "a.example", "/"),
                                new Route("api", "a.example", "/api"),
                                new Route("old", "old.example", "/")));
    }

    @Test
    void shouldGiveARouteWithAPortOfItsOwnAServiceOfItsOwn() {
        Declared declared =
                WEB.label("signalbox.enable", "true")
                        .label("signalbox.routes.admin.host", "admin.example")
                        .label("signalbox.routes.admin.port", "9000")
                        .label("signalbox.routes.named.host", "named.example")
                        .label("signalbox.routes.named.port", "9001")
                        .label("signalbox.routes.named.service", "other")
                        .declared();

        assertThat(declared.declarations())
                .containsExactly(
                        declaration("web.admin", 9000, new Route("admin", "admin.example", "/")),
                        declaration("other", 9001, new Route("named", "named.example", "/")));
    }

    @Test
    void shouldRefuseAServiceWhoseNameBecomesTooLong() {
        Declared declared =
                Containers.named("a".repeat(99))
                        .tcp(80)
                        .label("signalbox.routes.admin.host", "admin.example")
                        .label("signalbox.routes.admin.port", "9000")
                        .declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(codes(declared)).containsExactly("bad-service");
    }

    @Test
    void shouldRefuseASecondPortUnderTheSameService() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.routes.x.host", "x.example")
                        .label("signalbox.routes.x.port", "9000")
                        .label("signalbox.routes.x.service", "web")
                        .declared();

        assertThat(hosts(declared)).containsExactly("a.example");
        assertThat(codes(declared)).containsExactly("service-conflict");
    }

    @Test
    void shouldRefuseANamedRouteThatLeadsNowhere() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.routes.x.port", "9000")
                        .declared();

        assertThat(hosts(declared)).containsExactly("a.example");
        assertThat(codes(declared)).containsExactly("no-route");
    }

    @Test
    void shouldReadGroupsSortedAndNeverFallBackToTheDefaultOne() {
        Containers web = WEB.label("signalbox.host", "a.example");

        assertThat(web.label("signalbox.group", "b, a,b").declared().declarations())
                .singleElement()
                .satisfies(one -> assertThat(one.groups()).containsExactly("a", "b"));
        assertRefused(web.label("signalbox.group", "no good"), "bad-group");
        assertThat(web.declared().declarations().getFirst().groups()).containsExactly("default");
    }

    @Test
    void shouldRefuseAGroupThatNobodyCouldDefineByTheRuleOfDefinitions() {
        Containers web = WEB.label("signalbox.host", "a.example");

        for (String name : List.of("Edge", "edge.eu", "edge_eu", "-edge", "e".repeat(64))) {
            assertThat(web.label("signalbox.group", name).declared().rejections())
                    .singleElement()
                    .satisfies(
                            rejection -> {
                                assertThat(rejection.code()).isEqualTo("bad-group");
                                assertThat(rejection.key()).isEqualTo("signalbox.group");
                                assertThat(rejection.value()).isEqualTo(name);
                                assertThat(rejection.message())
                                        .isEqualTo(GroupDefinition.NAME_RULE);
                            });
        }
        assertThat(web.label("signalbox.group", "e".repeat(63)).declared().rejections()).isEmpty();
    }

    @Test
    void shouldReadTheNetworkAndRefuseABadOne() {
        Containers web = WEB.label("signalbox.host", "a.example");

        assertThat(
                        web.label("signalbox.network", "front")
                                .declared()
                                .declarations()
                                .getFirst()
                                .network())
                .isEqualTo("front");
        assertRefused(web.label("signalbox.network", "a b"), "bad-network");
    }

    @Test
    void shouldDeclareSeparatelyForDifferentGroups() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.routes.inner.host", "inner.example")
                        .label("signalbox.routes.inner.group", "inner")
                        .declared();

        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactly("web", "web");
        assertThat(declared.declarations())
                .extracting(Declaration::groups)
                .containsExactly(List.of("default"), List.of("inner"));
    }

    private static void assertRefused(Containers container, String code) {
        Declared declared = container.label("signalbox.enable", "true").declared();
        assertThat(declared.declarations()).isEmpty();
        assertThat(codes(declared)).containsExactly(code);
    }

    private static int port(Containers container) {
        Declared declared = container.label("signalbox.enable", "true").declared();
        assertThat(declared.rejections()).isEmpty();
        return declared.declarations().getFirst().port();
    }

    private static List<String> services(Containers container) {
        return container.declared().declarations().stream().map(Declaration::service).toList();
    }

    private static List<String> hosts(Declared declared) {
        return declared.declarations().getFirst().routes().stream().map(Route::host).toList();
    }

    private static List<String> codes(Declared declared) {
        return declared.rejections().stream().map(Rejection::code).distinct().toList();
    }

    private static Declaration declaration(String service, int port, Route... routes) {
        return new Declaration(
                service, "signalbox", List.of("default"), port, null, List.of(routes), Policy.NONE);
    }
}
