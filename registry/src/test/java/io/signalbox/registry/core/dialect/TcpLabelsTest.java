package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.HttpPolicy;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpLabelsTest {
    private static final Containers WEB = Containers.named("web").tcp(8080);
    private static final String DB = "signalbox.tcp.db.";

    @Test
    void shouldLeadConnectionsToAServiceOfTheirOwn() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label("signalbox.sticky", "true")
                        .label(DB + "entrypoint", "postgres")
                        .label(DB + "sni", "DB.example, *.db.example")
                        .label(DB + "port", "5432")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactly("web", "web.db");
        Declaration connections = declared.declarations().get(1);
        assertThat(connections.port()).isEqualTo(5432);
        assertThat(connections.isTcp()).isTrue();
        assertThat(connections.policy().sticky()).isNull();
        assertThat(connections.routes())
                .containsExactly(
                        new Route(
                                "db",
                                "db.example",
                                "/",
                                RouteMatch.tcp("postgres", HostKind.EXACT)),
                        new Route(
                                "db",
                                "*.db.example",
                                "/",
                                RouteMatch.tcp("postgres", HostKind.WILDCARD)));
        assertThat(declared.declarations().getFirst().isTcp()).isFalse();
        assertThat(declared.declarations().getFirst().policy().sticky()).isNotNull();
    }

    @Test
    void shouldBeAServiceByAnEntryPointAloneAndTakeAllItsConnections() {
        Declared declared = WEB.label(DB + "entrypoint", "mysql").declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.routes())
                                        .containsExactly(
                                                new Route(
                                                        "db",
                                                        "",
                                                        "/",
                                                        RouteMatch.tcp("mysql", HostKind.EXACT))));
    }

    @Test
    void shouldNameWhatHoldsForRequestsAloneAndKeepWhatKeepsClientsOut() {
        Declared declared =
                WEB.label(DB + "entrypoint", "mysql")
                        .label("signalbox.allow", "10.0.0.0/8")
                        .label("signalbox.rate", "5/1s")
                        .label("signalbox.timeout.tunnel", "1m")
                        .label("signalbox.timeout.server", "1m")
                        .label("signalbox.auth.users", "ann:secret")
                        .label("signalbox.headers.request.set.X-A", "b")
                        .label("signalbox.sticky", "true")
                        .label("signalbox.server.protocol", "h2")
                        .label("signalbox.source", "10.0.0.0/8")
                        .declared();

        assertThat(declared.rejections())
                .filteredOn(one -> one.code().equals("no-effect"))
                .extracting(Rejection::key)
                .containsExactly(
                        "signalbox.auth.users",
                        "signalbox.headers.request.set.X-A",
                        "signalbox.server.protocol",
                        "signalbox.source",
                        "signalbox.sticky",
                        "signalbox.timeout.server");
        assertThat(declared.toString()).doesNotContain("secret");
        HttpPolicy http = declared.declarations().getFirst().policy().http();
        assertThat(http.access().allow()).containsExactly("10.0.0.0/8");
        assertThat(http.rate()).isNotNull();
        assertThat(http.auth()).isNull();
        assertThat(declared.declarations().getFirst().policy().timeouts().tunnel()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "entrypoint, 'a,b', bad-entrypoint",
        "entrypoint, '', bad-entrypoint",
        "sni, '', bad-host",
        "sni, 192.0.2.1, bad-sni",
        "sni, ::1, bad-sni",
        "sni, api.*, bad-sni",
        "sni, ~a.*, bad-sni",
        "port, x, bad-port",
        "service, 'a b', bad-service",
        "group, A, bad-group",
    })
    void shouldLeadNothingByABadValue(String word, String value, String code) {
        Declared declared =
                WEB.label(DB + "entrypoint", "postgres").label(DB + word, value).declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).extracting(Rejection::code).contains(code);
    }

    @Test
    void shouldKeepTheGoodNamesOfAList() {
        Declared declared =
                WEB.label(DB + "entrypoint", "postgres")
                        .label(DB + "sni", "a.example, b_!, 192.0.2.1")
                        .declared();

        assertThat(declared.declarations().getFirst().routes())
                .extracting(Route::host)
                .containsExactly("a.example");
        assertThat(declared.rejections()).hasSize(2);
    }

    @Test
    void shouldAskForAnEntryPointAndKnowNearlyRightKeys() {
        Declared nameless = WEB.label("signalbox.enable", "true").label(DB + "sni", "a").declared();
        Declared typo = WEB.label(DB + "entrypont", "x").declared();

        assertThat(nameless.declarations()).isEmpty();
        assertThat(nameless.rejections())
                .extracting(Rejection::code)
                .containsExactly("no-entrypoint");
        assertThat(typo.rejections())
                .extracting(Rejection::suggestion)
                .containsExactly(DB + "entrypoint");
    }

    @Test
    void shouldNotTakeRequestsAndConnectionsByOneService() {
        Declared declared =
                WEB.label("signalbox.host", "a.example")
                        .label(DB + "entrypoint", "postgres")
                        .label(DB + "service", "web")
                        .declared();

        assertThat(declared.declarations())
                .singleElement()
                .satisfies(one -> assertThat(one.isTcp()).isFalse());
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.code()).isEqualTo("service-conflict");
                            assertThat(one.key()).isEqualTo(DB + "service");
                            assertThat(one.message()).contains("a service name of its own");
                        });
        assertThat(List.of(declared.declarations().getFirst().service())).containsExactly("web");
    }
}
