package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translation.Line;
import io.signalbox.registry.core.translate.Translators;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraefikTest {
    private static final String ROUTER = "traefik.http.routers.r.";
    private static final String SERVICE = "traefik.http.services.s.loadbalancer.";
    private static final String MIDDLEWARE = "traefik.http.middlewares.";
    private static final Containers APP = Containers.named("app").tcp(80);
    private static final Containers ROUTED = APP.label(ROUTER + "rule", "Host(`a.example`)");
    private static final Containers GUARDED = ROUTED.label(ROUTER + "middlewares", "m");

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    traefik.docker.network @ front @ signalbox.network=front
                    traefik.swarm.network @ front @ signalbox.network=front
                    traefik.http.routers.r.entrypoints @ web, websecure @ signalbox.routes.r.entrypoint=web,websecure
                    traefik.http.routers.r.entryPoints @ web @ signalbox.routes.r.entrypoint=web
                    TRAEFIK.HTTP.Routers.r.EntryPoints @ web @ signalbox.routes.r.entrypoint=web
                    traefik.http.routers.r.priority @ 100 @ signalbox.routes.r.priority=100
                    traefik.http.routers.r.priority @ 2147483647 @ signalbox.routes.r.priority=1000000
                    traefik.http.routers.r.priority @ 0 @ -
                    traefik.http.routers.r.tls @ true @ signalbox.routes.r.scheme=https
                    traefik.http.routers.r.tls @ false @ -
                    traefik.http.services.s.loadbalancer.server.port @ 8080 @ signalbox.port=8080, signalbox.service=s
                    traefik.http.services.s.loadbalancer.server.scheme @ h2c @ signalbox.server.protocol=h2c, signalbox.service=s
                    traefik.http.services.s.loadbalancer.server.weight @ 5 @ signalbox.server.weight=5, signalbox.service=s
                    traefik.http.services.s.loadbalancer.sticky.cookie @ true @ signalbox.service=s, signalbox.sticky=true
                    traefik.http.services.s.loadbalancer.sticky.cookie.name @ SID @ signalbox.service=s, signalbox.sticky=true, signalbox.sticky.cookie=SID
                    traefik.http.services.s.loadbalancer.sticky.cookie.secure @ true @ signalbox.service=s, signalbox.sticky=true, signalbox.sticky.secure=true
                    traefik.http.services.s.loadbalancer.healthcheck.path @ /up @ signalbox.check.path=/up, signalbox.service=s
                    traefik.http.services.s.loadbalancer.healthcheck.interval @ 1m30s @ signalbox.check.interval=90s, signalbox.service=s
                    traefik.http.services.s.loadbalancer.healthcheck.interval @ 10 @ signalbox.check.interval=10s, signalbox.service=s
                    traefik.http.services.s.loadbalancer.healthcheck.hostname @ b.example @ signalbox.check.host=b.example, signalbox.service=s
                    traefik.http.services.s.loadbalancer.healthcheck.status @ 204 @ signalbox.check.status=204, signalbox.service=s
                    traefik.http.services.s.loadbalancer.passhostheader @ true @ signalbox.service=s
                    traefik.http.services.s.loadbalancer.strategy @ p2c @ signalbox.balance=random, signalbox.service=s
                    traefik.http.middlewares.m.redirectscheme.scheme @ https @ signalbox.redirect.https=307
                    traefik.http.middlewares.m.stripprefix.prefixes @ /api @ signalbox.path.rewrite=^/api/?(.*)$ /\\1
                    traefik.http.middlewares.m.stripprefix.prefixes @ /a,/b.c/ @ signalbox.path.rewrite=^/(a|b\\.c)/?(.*)$ /\\2
                    traefik.http.middlewares.m.addprefix.prefix @ /v1 @ signalbox.path.prefix=/v1
                    traefik.http.middlewares.m.replacepath.path @ /x @ signalbox.path.rewrite=^/.*$ /x
                    traefik.http.middlewares.m.headers.stsseconds @ 31536000 @ signalbox.hsts=max-age=31536000
                    traefik.http.middlewares.m.headers.framedeny @ true @ signalbox.headers.response.set.X-Frame-Options=DENY
                    traefik.http.middlewares.m.headers.contenttypenosniff @ true @ signalbox.headers.response.set.X-Content-Type-Options=nosniff
                    traefik.http.middlewares.m.headers.browserxssfilter @ true @ signalbox.headers.response.set.X-XSS-Protection=1; mode=block
                    traefik.http.middlewares.m.headers.referrerpolicy @ no-referrer @ signalbox.headers.response.set.Referrer-Policy=no-referrer
                    traefik.http.middlewares.m.headers.contentsecuritypolicy @ default-src 'self' @ signalbox.headers.response.set.Content-Security-Policy=default-src 'self'
                    traefik.http.middlewares.m.headers.accesscontrolalloworiginlist @ https://b.example @ signalbox.cors.origins=https://b.example
                    traefik.http.middlewares.m.headers.sslredirect @ true @ signalbox.redirect.https=308
                    traefik.http.middlewares.m.basicauth.users @ ann:$1$abc$WTNSK6/ezqiSMhBLcaBwQ1 @ signalbox.auth.users=ann:$1$abc$WTNSK6/ezqiSMhBLcaBwQ1
                    traefik.http.middlewares.m.ipallowlist.sourcerange @ 10.0.0.0/8, 192.0.2.7 @ signalbox.allow=10.0.0.0/8,192.0.2.7
                    traefik.http.middlewares.m.ipwhitelist.sourcerange @ 10.0.0.0/8 @ signalbox.allow=10.0.0.0/8
                    traefik.http.middlewares.m.ratelimit.average @ 100 @ signalbox.rate=100/1s
                    traefik.http.middlewares.m.compress @ true @ signalbox.compress=true
                    traefik.http.middlewares.m.compress.includedcontenttypes @ text/html @ signalbox.compress=text/html
                    traefik.http.middlewares.m.retry.attempts @ 4 @ signalbox.retries=3
                    """)
    void shouldBecomeNativeLabels(String key, String value, String labels) {
        Containers container = (key.contains("middlewares.m") ? GUARDED : ROUTED).label(key, value);

        assertThat(container.declared().rejections()).isEmpty();
        assertThat(container.declared().declarations()).hasSize(1);
        List<String> made = new ArrayList<>();
        translation(container)
                .services()
                .getFirst()
                .labels()
                .forEach((one, said) -> made.add(one + "=" + said));
        made.remove("signalbox.routes.r.host=a.example");
        assertThat(made.isEmpty() ? "-" : String.join(", ", made)).isEqualTo(labels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    traefik.http.routers.r.tls.certresolver @ le
                    traefik.http.routers.r.tls.domains[0].main @ a.example
                    traefik.http.routers.r.priority @ 5
                    traefik.http.routers.r.priority @ high
                    traefik.http.services.s.loadbalancer.healthcheck.port @ 81
                    traefik.http.services.s.loadbalancer.healthcheck.mode @ grpc
                    traefik.http.services.s.loadbalancer.healthcheck.method @ HEAD
                    traefik.http.services.s.loadbalancer.passhostheader @ false
                    traefik.http.services.s.loadbalancer.serverstransport @ t@file
                    traefik.http.services.s.loadbalancer.sticky.cookie.samesite @ none
                    traefik.http.services.s.loadbalancer.server.weight @ 1000
                    traefik.http.middlewares.m.redirectscheme.scheme @ http
                    traefik.http.middlewares.m.redirectregex.regex @ ^x
                    traefik.http.middlewares.m.stripprefixregex.regex @ /[a-z]+
                    traefik.http.middlewares.m.errors.status @ 500
                    traefik.http.middlewares.m.inflightreq.amount @ 10
                    traefik.http.middlewares.m.buffering.maxrequestbodybytes @ 10
                    traefik.http.middlewares.m.circuitbreaker.expression @ x
                    traefik.http.middlewares.m.headers.publickey @ x
                    traefik.http.middlewares.m.headers.isdevelopment @ true
                    traefik.http.middlewares.m.ratelimit.burst @ 10
                    traefik.tcp.routers.t.rule @ HostSNI(`*`)
                    traefik.udp.routers.u.entrypoints @ dns
                    traefik.frontend.rule @ Host:a.example
                    """)
    void shouldRefuseByNameAndServe(String key, String value) {
        Declared declared =
                (key.contains("middlewares.m") ? GUARDED : ROUTED)
                        .label(key, value.strip())
                        .declared();

        assertThat(declared.declarations()).hasSize(1);
        assertThat(declared.rejections()).extracting(Rejection::key).contains(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            textBlock =
                    """
                    traefik.http.routers.r.tls.options @ mtls
                    traefik.http.routers.r.middleware @ m
                    traefik.http.routers.R.entrypoints.x @ m
                    traefik.http.routers.r.service @ other
                    traefik.http.routers.r.service @ api@internal
                    traefik.http.router.r.middlewares @ m
                    traefik.http.services.s.loadbalancer.server.url @ http://b.example
                    traefik.http.services.s.loadbalancer.server.prot @ 80
                    traefik.http.services.s.loadbalancer.server.scheme @ gopher
                    traefik.http.services.s.weighted.services @ x
                    traefik.http.middlewares.m.forwardauth.address @ http://auth
                    traefik.http.middlewares.m.digestauth.users @ x
                    traefik.http.middlewares.m.plugin.x.y @ x
                    traefik.http.middlewares.m.passtlsclientcert.pem @ true
                    traefik.http.middlewares.m.ipallowlist.ipstrategy.depth @ 1
                    traefik.http.middlewares.m.ipallowlist.rejectstatuscode @ 404
                    traefik.http.middlewares.m.basicauth.usersfile @ /etc/users
                    traefik.http.middlewares.m.basicauth.realm @ Staff
                    traefik.http.middlewares.m.headers.allowedhosts @ a.example
                    traefik.http.middlewares.m.chain.middlewares @ m
                    traefik.http.middlewares.m.chain.middlewares @ n
                    traefik.http.middlewares.other.basicauth.users @ ann:x
                    traefik.http.middlewares.m.what.ever @ x
                    traefik.http.routers.r.rule.more @ x
                    traefik.enable @ yes
                    """)
    void shouldCloseWhatMightBeOpenWithoutIt(String key, String value) {
        Containers closed = (key.contains("R.entry") ? ROUTED : GUARDED).label(key, value.strip());
        if (key.contains("routers") || key.contains("services")) {
            closed = closed.label(ROUTER + "middlewares", "");
        }
        Declared declared = closed.declared();

        assertThat(declared.rejections()).isNotEmpty();
        if (!key.contains("R.entry")) {
            assertThat(declared.declarations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "traefik.http.middlewares.m.basicauth.users, ann:!signalbox:unknown-hash:2y",
        "traefik.http.middlewares.m.ipallowlist.sourcerange, everywhere",
        "traefik.http.middlewares.m.ratelimit.average, many",
        "traefik.http.middlewares.m.ratelimit.average, -1",
        "traefik.http.middlewares.m.basicauth.users, ''"
    })
    void shouldLetNobodyInByAGuardThatIsBad(String key, String value) {
        Declared declared = GUARDED.label(key, value).declared();

        assertThat(declared.rejections()).extracting(Rejection::key).isNotEmpty();
        assertThat(declared.declarations())
                .allSatisfy(
                        one -> {
                            var http = one.policy().http();
                            boolean nobody =
                                    http.access()
                                                    .equals(
                                                            io.signalbox.schemas.HttpPolicy.Access
                                                                    .NOBODY)
                                            || (http.auth() != null
                                                    && http.auth().users().isEmpty());
                            assertThat(nobody).isTrue();
                        });
    }

    @Test
    void shouldCloseARouterOfAGuardThatIsNotHere() {
        assertThat(GUARDED.declared().declarations()).isEmpty();
        assertThat(GUARDED.declared().rejections())
                .extracting(Rejection::message)
                .containsExactly(
                        "middleware m is not defined by this container; the router is not served"
                                + " without it");
        assertThat(
                        ROUTED.label(ROUTER + "middlewares", "m@file")
                                .label(MIDDLEWARE + "m.compress", "true")
                                .declared()
                                .declarations())
                .isEmpty();
    }

    @Test
    void shouldFollowAChainInItsOrder() {
        Declared declared =
                GUARDED.label(MIDDLEWARE + "m.chain.middlewares", "a@docker,b")
                        .label(MIDDLEWARE + "a.redirectscheme.scheme", "https")
                        .label(MIDDLEWARE + "a.redirectscheme.permanent", "true")
                        .label(MIDDLEWARE + "b.compress", "true")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        var http = declared.declarations().getFirst().policy().http();
        assertThat(http.redirects().https()).isEqualTo(308);
        assertThat(http.compression()).isNotNull();
    }

    @Test
    void shouldCloseARouterOfTwoAllowLists() {
        Declared declared =
                ROUTED.label(ROUTER + "middlewares", "a,b")
                        .label(MIDDLEWARE + "a.ipallowlist.sourcerange", "10.0.0.0/8")
                        .label(MIDDLEWARE + "b.ipallowlist.sourcerange", "10.1.0.0/16")
                        .declared();

        assertThat(declared.declarations()).isEmpty();
    }

    @Test
    void shouldRedirectOneHostToAnother() {
        Declared declared =
                GUARDED.label(
                                MIDDLEWARE + "m.redirectregex.regex",
                                "^https?://www\\.a\\.example/(.*)")
                        .label(MIDDLEWARE + "m.redirectregex.replacement", "https://a.example/${1}")
                        .label(MIDDLEWARE + "m.redirectregex.permanent", "true")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        var hosts = declared.declarations().getFirst().policy().http().redirects().hosts();
        assertThat(hosts.toString()).contains("www.a.example", "to=a.example", "308");
    }

    @Test
    void shouldReplaceAPathByItsGroups() {
        Declared declared =
                GUARDED.label(MIDDLEWARE + "m.replacepathregex.regex", "^/api/(.*)")
                        .label(MIDDLEWARE + "m.replacepathregex.replacement", "/v2/$1")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations().getFirst().policy().http().path().rewrites().toString())
                .contains("^/api/(.*)$", "/v2/\\1");
    }

    @Test
    void shouldMakeAServiceForEachRouterWithOtherMiddlewares() {
        Declared declared =
                APP.label("traefik.enable", "true")
                        .label("traefik.http.routers.plain.rule", "Host(`a.example`)")
                        .label("traefik.http.routers.plain.entrypoints", "web")
                        .label("traefik.http.routers.plain.middlewares", "tls")
                        .label("traefik.http.routers.secure.rule", "Host(`a.example`)")
                        .label("traefik.http.routers.secure.entrypoints", "websecure")
                        .label("traefik.http.routers.secure.tls", "true")
                        .label("traefik.http.routers.same.rule", "Host(`b.example`)")
                        .label("traefik.http.routers.same.middlewares", "tls")
                        .label(MIDDLEWARE + "tls.redirectscheme.scheme", "https")
                        .label("traefik.http.services.shop.loadbalancer.server.port", "8080")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactly("shop", "shop.secure");
        assertThat(declared.declarations()).allMatch(one -> one.port() == 8080);
        assertThat(declared.declarations().getFirst().routes())
                .extracting(Declaration.Route::host)
                .containsExactly("a.example", "b.example");
    }

    @Test
    void shouldServeTraefiksDefaultHostWhereThatIsAskedFor() {
        Containers composed =
                APP.label("com.docker.compose.project", "My_Shop")
                        .label("com.docker.compose.service", "web");

        assertThat(composed.declared()).isEqualTo(Declared.NOTHING);
        Declaration made =
                composed.label("traefik.enable", "true").declared().declarations().getFirst();
        assertThat(made.routes().getFirst().host()).isEqualTo("web-my-shop");
        assertThat(made.service()).isEqualTo("My_Shop.web");
        Declared alone = composed.label(SERVICE + "server.port", "80").declared();
        assertThat(alone.declarations()).isEmpty();
        assertThat(alone.rejections()).extracting(Rejection::code).containsExactly("not-enabled");
    }

    @Test
    void shouldSayNothingWithoutARouter() {
        assertThat(APP.declared()).isEqualTo(Declared.NOTHING);
        assertThat(APP.label(MIDDLEWARE + "m.compress", "true").declared())
                .isEqualTo(Declared.NOTHING);
        assertThat(ROUTED.label("traefik.enable", "false").declared()).isEqualTo(Declared.NOTHING);
    }

    @Test
    void shouldNotChooseAmongSeveralServices() {
        Declared declared =
                ROUTED.label(SERVICE + "server.port", "80")
                        .label("traefik.http.services.t.loadbalancer.server.port", "81")
                        .declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).extracting(Rejection::code).containsExactly("no-service");
    }

    @Test
    void shouldServeNothingWhereALabelDidNotLeaveTheHost() {
        assertThat(
                        ROUTED.label("traefik.http.services.s.x", "!signalbox:name-too-long:300")
                                .declared()
                                .declarations())
                .isEmpty();
        assertThat(
                        ROUTED.label(ROUTER + "middlewares", "!signalbox:value-too-long:9000")
                                .declared()
                                .declarations())
                .isEmpty();
    }

    @Test
    void shouldSayOfEveryLabelWhatBecameOfIt() {
        Containers container =
                GUARDED.label("traefik.enable", "true")
                        .label(MIDDLEWARE + "m.chain.middlewares", "n")
                        .label(MIDDLEWARE + "n.compress", "true")
                        .label(MIDDLEWARE + "unused.retry.attempts", "2")
                        .label("traefik.http.routers.closed.rule", "Hots(`b.example`)")
                        .label("traefik.http.routers.closed.entrypoints", "web")
                        .label("traefik.port", "80");

        assertThat(translation(container).lines())
                .extracting(Line::key)
                .containsAll(container.labels().keySet());
        assertThat(container.declared().declarations()).hasSize(1);
    }

    @Test
    void shouldBoundWhatOneContainerMayAskFor() {
        Containers many = APP;
        for (int number = 0; number < 400; number++) {
            many =
                    many.label(
                            "traefik.http.routers.r" + number + ".rule", "Path(`/" + number + "`)");
        }

        Declared declared = many.declared();

        assertThat(declared.declarations().getFirst().routes()).hasSize(100);
        assertThat(declared.rejections()).hasSize(51);
    }

    @Test
    void shouldNotFollowACircleOfChains() {
        Declared declared =
                GUARDED.label(MIDDLEWARE + "m.chain.middlewares", "a,b")
                        .label(MIDDLEWARE + "a.compress", "true")
                        .label(MIDDLEWARE + "b.chain.middlewares", "m")
                        .declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections().getFirst().message()).contains("leads back to itself");
    }

    private static Translation translation(Containers container) {
        return Translators.translate(container.container()).getFirst();
    }
}
