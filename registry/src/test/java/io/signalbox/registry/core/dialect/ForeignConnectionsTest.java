package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Rejection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other proxies' words of TCP lead. */
class ForeignConnectionsTest {
    private static final Containers APP = Containers.named("db").tcp(80, 5432);
    private static final Containers FLOW =
            APP.label("com.df.notify", "true")
                    .label("com.df.port", "5432")
                    .label("com.df.srcPort", "3306");
    private static final Containers TRAEFIK =
            APP.label("traefik.tcp.routers.t.entrypoints", "db")
                    .label("traefik.tcp.routers.t.rule", "HostSNI(`a.example`)");

    @Test
    void shouldLeadDockerFlowsPortToAServiceOfConnections() {
        Declared declared = FLOW.label("com.df.reqMode", "tcp").declared();

        assertThat(declared.rejections()).isEmpty();
        Declaration one = only(declared);
        assertThat(one.service()).isEqualTo("db.port-3306");
        assertThat(one.port()).isEqualTo(5432);
        assertThat(shown(one)).containsExactly("port-3306");
    }

    @Test
    void shouldServeRequestsAndConnectionsOfOneContainerOfDockerFlow() {
        Declared declared =
                APP.label("com.df.notify", "true")
                        .label("com.df.servicePath.1", "/a")
                        .label("com.df.port.1", "80")
                        .label("com.df.port.2", "5432")
                        .label("com.df.srcPort.2", "3306")
                        .label("com.df.reqMode.2", "tcp")
                        .label("com.df.timeoutTunnel.2", "60")
                        .label("com.df.serviceGroup.2", "databases")
                        .label("com.df.addResHeader", "X-A b")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .extracting(Declaration::service, Declaration::port)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("db", 80),
                        org.assertj.core.groups.Tuple.tuple("databases", 5432));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "req_ssl_sni -i;a.example;a.example",
                "req.ssl_sni;*.a.example;*.a.example",
                "req_ssl_sni -i -m end;.a.example;*.a.example",
                "req_ssl_sni -i -m reg;^a\\.example$;a.example",
                "req_ssl_sni -i -m reg;^.*\\.a\\.example$;*.a.example",
                "req_ssl_sni -i -m reg;\\.a\\.example$;*.a.example"
            })
    void shouldReadTheNamesOfDockerFlow(String match, String said, String name) {
        Declared declared =
                FLOW.label("com.df.reqMode", "sni")
                        .label("com.df.pathType", match)
                        .label("com.df.servicePath", said)
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(shown(only(declared))).containsExactly("port-3306 " + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pathType;req_ssl_sni -m reg;bad-sni;pathType",
                "pathType;req_ssl_sni -m sub;bad-sni;pathType",
                "srcPort;70000;bad-port;srcPort",
                "reqMode;tcp;bad-host;serviceDomain"
            })
    void shouldLeadNoConnectionsOtherwiseThanWasMeant(
            String key, String value, String code, String named) {
        Declared declared =
                FLOW.label("com.df.reqMode", "sni")
                        .label("com.df.serviceDomain", "b.example")
                        .label("com.df.servicePath", "a[0-9].example")
                        .label("com.df." + key, value)
                        .declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .contains(org.assertj.core.groups.Tuple.tuple(code, "com.df." + named));
    }

    @Test
    void shouldLeadNoConnectionsWhereDockerFlowAsksForPasswords() {
        Declared declared =
                FLOW.label("com.df.reqMode", "tcp").label("com.df.users", "ann:secret").declared();

        assertThat(declared.declarations()).isEmpty();
        assertThat(declared.rejections()).extracting(Rejection::code).containsExactly("tcp-users");
    }

    @Test
    void shouldServeAllContainersOfOnePortOfDockercloudTogether() {
        Declared declared =
                APP.variable("VIRTUAL_HOST", "a.example")
                        .variable("TCP_PORTS", "5432, 2222/ssl")
                        .variable("BALANCE", "leastconn")
                        .variable("COOKIE", "SRV insert")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .filteredOn(one -> one.dialect().equals("dockercloud"))
                .extracting(Declaration::service, Declaration::port)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a.example", 80),
                        org.assertj.core.groups.Tuple.tuple("port_5432", 5432),
                        org.assertj.core.groups.Tuple.tuple("port_2222", 2222));
    }

    @Test
    void shouldServeConnectionsOfDockercloudAlone() {
        Declared declared =
                Containers.named("db").tcp(5432).variable("TCP_PORTS", "5432").declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(shown(only(declared))).containsExactly("port-5432");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HostSNI(`*`);db",
                "HostSNI(`a.example`) || HostSNI(`*.b.example`);db a.example,db *.b.example",
                "HostSNI(`a.example`, `b.example`);db a.example,db b.example"
            })
    void shouldLeadConnectionsByTheNamesOfTraefik(String rule, String routes) {
        Declared declared =
                TRAEFIK.label("traefik.tcp.routers.t.rule", rule)
                        .label("traefik.tcp.routers.t.tls.passthrough", "true")
                        .label("traefik.tcp.services.s.loadbalancer.server.port", "5432")
                        .label("traefik.tcp.services.s.loadbalancer.proxyprotocol.version", "1")
                        .label("traefik.tcp.routers.t.middlewares", "m")
                        .label("traefik.tcp.middlewares.m.ipallowlist.sourcerange", "10.0.0.0/8")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        Declaration one = only(declared);
        assertThat(one.service()).isEqualTo("s.t");
        assertThat(one.port()).isEqualTo(5432);
        assertThat(one.policy().servers().proxyProtocol()).isEqualTo(1);
        assertThat(one.policy().http().access().allow()).containsExactly("10.0.0.0/8");
        assertThat(shown(one)).containsExactly(routes.split(",", -1));
    }

    @Test
    void shouldServeRequestsBesideConnectionsOfTraefik() {
        Declared declared =
                TRAEFIK.label("traefik.tcp.routers.t.entrypoints", "db,db2")
                        .label("traefik.http.routers.t.rule", "Host(`a.example`)")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(declared.declarations())
                .extracting(Declaration::service)
                .containsExactlyInAnyOrder("db", "db.t");
        assertThat(shown(declared.declarations().getLast()))
                .containsExactly("db a.example", "db2 a.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "routers.t.rule;HostSNIRegexp(`x`);bad-rule;false",
                "routers.t.rule;HostSNI(`a.example`) && ClientIP(`10.0.0.1`);bad-rule;false",
                "routers.t.rule;!HostSNI(`a.example`);bad-rule;false",
                "routers.t.rule;HostSNI(`a*.example`);bad-rule;false",
                "routers.t.service;other;unknown-service;false",
                "routers.t.middlewares;other;unsafe-middleware;false",
                "routers.t.tls.options;strict;unsafe-label;false",
                "routers.t.tls.certresolver;le;unsupported;true",
                "routers.t.priority;10;unsupported;true",
                "routers.t.colour;red;unknown-key;true",
                "services.s.loadbalancer.serverstransport;x;unsupported;true"
            })
    void shouldNameWhatIsNotFollowedOfTraefik(
            String key, String value, String code, boolean served) {
        Declared declared = TRAEFIK.label("traefik.tcp." + key, value).declared();

        assertThat(declared.declarations()).hasSize(served ? 1 : 0);
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .contains(org.assertj.core.groups.Tuple.tuple(code, "traefik.tcp." + key));
    }

    private static Declaration only(Declared declared) {
        assertThat(declared.declarations()).as("%s", declared.rejections()).hasSize(1);
        return declared.declarations().getFirst();
    }

    private static List<String> shown(Declaration declaration) {
        return declaration.routes().stream().map(ForeignConnectionsTest::shown).toList();
    }

    private static String shown(Route route) {
        return String.join(",", Objects.requireNonNull(route.match()).entryPoints())
                + (route.host().isEmpty() ? "" : " " + route.host());
    }
}
