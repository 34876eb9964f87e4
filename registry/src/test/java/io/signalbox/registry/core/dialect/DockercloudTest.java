package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockercloudTest {
    private static final Containers APP = Containers.named("web_1").tcp(80);
    private static final Containers WEB = APP.variable("VIRTUAL_HOST", "www.example.com");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Example.com;example.com /",
                "*.example.com;*.example.com /",
                "api.*;api.* /",
                "a*.example.com;~a.*\\.example\\.com /",
                "example.com/ping;example.com =/ping",
                "example.com/api/*;example.com /api/*",
                "*/*/path/*; /*/path/*",
                "*; /",
                "https://example.com;example.com / scheme=https",
                "http://example.com:80/x;example.com =/x scheme=http",
                "wss://example.com;example.com / scheme=https webSocket=true",
                "ws://example.com/s;example.com =/s scheme=http webSocket=true",
                "example.com:8080;example.com / port-8080",
                "https://example.com:8443;example.com / port-8443 scheme=https"
            })
    void shouldReadTheWholeGrammar(String text, String expected) {
        Declared declared = APP.variable("VIRTUAL_HOST", text).declared();

        assertThat(declared.rejections()).isEmpty();
        Declaration.Route route = only(declared).routes().getFirst();
        String[] words = expected.strip().split(" ", -1);
        String place = DockerFlowTest.hostOf(route) + " " + DockerFlowTest.pathOf(route);
        int of = expected.startsWith("/") ? 1 : 2;
        assertThat(place.strip()).isEqualTo(String.join(" ", java.util.Arrays.copyOf(words, of)));
        for (int i = of; i < words.length; i++) {
            assertThat(String.valueOf(route.match())).contains(words[i]);
        }
    }

    @Test
    void shouldMakeOneServiceOfContainersWithTheSameHosts() {
        String hosts = "https://a.example, b.example";
        Declaration one = only(APP.variable("VIRTUAL_HOST", hosts).declared());
        Declaration other =
                only(Containers.named("x").tcp(80).variable("VIRTUAL_HOST", hosts).declared());

        assertThat(one.service()).isEqualTo(other.service()).startsWith("v-https-a.example-b");
        assertThat(only(WEB.declared()).service()).isEqualTo("www.example.com");
        assertThat(one.routes()).hasSize(2);
    }

    @Test
    void shouldServeWhatNothingElseTakesFromAPoolOfAllWithoutHost() {
        Declaration pool = only(APP.variable("SERVICE_PORTS", "8080").declared());

        assertThat(pool.service()).isEqualTo("default_service");
        assertThat(pool.port()).isEqualTo(8080);
        assertThat(pool.routes()).hasSize(1);
        assertThat(APP.declared()).isEqualTo(Declared.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"SERVICE_PORTS;9000;9000", "VIRTUAL_PORT;9001;9001", "EXCLUDE_PORTS;80;443"})
    void shouldFindThePort(String name, String value, int port) {
        assertThat(only(WEB.tcp(443).variable(name, value).declared()).port()).isEqualTo(port);
    }

    @Test
    void shouldTreatRequestsAsVariablesSay() {
        Policy policy =
                only(WEB.variable("BALANCE", "leastconn")
                                .variable("COOKIE", "SRV insert indirect nocache")
                                .variable("FAILOVER", "yes")
                                .variable("FORCE_SSL", "True")
                                .variable("GZIP_COMPRESSION_TYPE", "text/html text/css")
                                .variable("HEALTH_CHECK", "check inter 2000 rise 2 fall 3")
                                .variable("HTTP_CHECK", "GET /ping HTTP/1.1\\r\\nHost:\\ www")
                                .variable("HSTS_MAX_AGE", "100")
                                .variable("OPTION", "redispatch, forwardfor")
                                .variable("EXTRA_ROUTE_SETTINGS", "send-proxy maxconn 5")
                                .declared())
                        .policy();

        assertThat(policy.balance()).isEqualTo(Policy.Balance.LEASTCONN);
        assertThat(Objects.requireNonNull(policy.sticky()).cookie()).isEqualTo("SRV");
        assertThat(policy.standing().backup()).isTrue();
        assertThat(policy.http().redirects().https()).isEqualTo(301);
        assertThat(Objects.requireNonNull(policy.http().compression()).types()).hasSize(2);
        assertThat(policy.check())
                .isEqualTo(
                        new Policy.Check(
                                Policy.Check.Kind.HTTP,
                                "/ping",
                                "www",
                                "",
                                Duration.ofSeconds(2),
                                3,
                                2));
        assertThat(Objects.requireNonNull(policy.http().hsts()).subdomains()).isTrue();
        assertThat(String.valueOf(policy.servers()))
                .contains("maxConnections=5", "proxyProtocol=1");
    }

    @Test
    void shouldReadFalseAsFalse() {
        Policy policy =
                only(WEB.variable("FORCE_SSL", "False").variable("FAILOVER", "no").declared())
                        .policy();

        assertThat(policy.http().redirects().https()).isNull();
        assertThat(policy.standing().backup()).isFalse();
    }

    @Test
    void shouldOrderByWeight() {
        Declared declared = WEB.variable("VIRTUAL_HOST_WEIGHT", "7").declared();

        assertThat(String.valueOf(only(declared).routes())).contains("priority=7");
    }

    @Test
    void shouldLetNobodyInWherePasswordsCannotBeRead() {
        Declared declared =
                WEB.variable("HTTP_BASIC_AUTH_SECURE", "ann:!signalbox:unknown-hash:2y")
                        .variable("EXCLUDE_BASIC_AUTH", "1")
                        .declared();

        assertThat(Objects.requireNonNull(only(declared).policy().http().auth()).users()).isEmpty();
        assertThat(declared.rejections()).extracting(Rejection::code).contains("contradiction");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SSL_CERT;sha256:00;not-followed;true",
                "DEFAULT_SSL_CERT;sha256:00;not-followed;true",
                "EXTRA_SETTINGS;x;not-followed;false",
                "APPSESSION;x;not-followed;true",
                "TCP_PORTS;9000/tls;bad-port;true",
                "SERVICE_PORTS;80,81;one-port;true",
                "COOKIE;SRV;bad-sticky;true",
                "HTTP_CHECK;OPTIONS * HTTP/1.1;bad-check;true",
                "EXTRA_ROUTE_SETTINGS;observe;not-followed;true",
                "OPTION;httpclose;not-followed;true",
                "HSTS_MAX_AGE;1y;bad-hsts;true",
                "VIRTUAL_HOST_WEIGHT;-1;bad-priority;true",
                "VIRTUAL_HOST;ftp://a.example;bad-host;false",
                "EXCLUDE_PORTS;80;no-port;false"
            })
    void shouldNameWhatIsNotFollowed(String name, String value, String code, boolean served) {
        Declared declared = WEB.variable(name, value).declared();

        assertThat(declared.declarations())
                .filteredOn(one -> one.dialect().equals("dockercloud"))
                .hasSize(served ? 1 : 0);
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(code, name));
    }

    private static Declaration only(Declared declared) {
        return declared.declarations().stream()
                .filter(one -> one.dialect().equals("dockercloud"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(declared));
    }
}
