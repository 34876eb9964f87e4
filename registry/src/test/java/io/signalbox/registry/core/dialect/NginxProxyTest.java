package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NginxProxyTest {
    private static final Containers APP = Containers.named("web").tcp(8080);
    private static final Containers WEB = APP.variable("VIRTUAL_HOST", "a.example");
    private static final Containers PATH = WEB.variable("VIRTUAL_PATH", "/app");

    @Test
    void shouldMakeAServiceOfEachHost() {
        List<Declaration> all =
                of(APP.variable("VIRTUAL_HOST", "a.example, *.b.example,c.*").declared());

        assertThat(all)
                .extracting(one -> one.routes().getFirst().host())
                .containsExactlyInAnyOrder("a.example", "*.b.example", "c.*");
        assertThat(all).extracting(Declaration::port).containsOnly(8080);
        assertThat(all.getFirst().service()).isEqualTo("a.example");
    }

    @Test
    void shouldReadRegularExpressions() {
        Declared declared = APP.variable("VIRTUAL_HOST", "~^s[0-9]+\\.example\\.net$").declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(DockerFlowTest.hostOf(of(declared).getFirst().routes().getFirst()))
                .isEqualTo("~s[0-9]+\\.example\\.net");
    }

    @ParameterizedTest
    @CsvSource({"/app,/app", "=/app,=/app", "~^/v[0-9]/,~/v[0-9]/.*", "^~ /app,/app"})
    void shouldReadPaths(String written, String path) {
        Declared declared = WEB.variable("VIRTUAL_PATH", written).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(DockerFlowTest.pathOf(of(declared).getFirst().routes().getFirst()))
                .isEqualTo(path);
    }

    @Test
    void shouldPutTheDestinationInThePathsPlace() {
        Policy policy = of(PATH.variable("VIRTUAL_DEST", "/x").declared()).getFirst().policy();

        assertThat(policy.http().path().strip()).isTrue();
        assertThat(policy.http().path().prefix()).isEqualTo("/x");
    }

    @Test
    void shouldTakePort80WhereSeveralAreExposed() {
        assertThat(of(PATH.tcp(22).declared()).getFirst().port()).isEqualTo(80);
        assertThat(of(PATH.variable("VIRTUAL_PORT", "99").declared()).getFirst().port())
                .isEqualTo(99);
    }

    @Test
    void shouldTreatRequestsAsVariablesSay() {
        Declaration one =
                of(PATH.variable("VIRTUAL_PROTO", "https")
                                .variable("NETWORK_ACCESS", "internal")
                                .variable("HTTPS_METHOD", "redirect")
                                .variable("HSTS", "max-age=5")
                                .declared())
                        .getFirst();

        assertThat(one.policy().servers().protocol()).isEqualTo(Policy.Servers.Protocol.HTTPS);
        assertThat(one.policy().http().access().allow()).contains("10.0.0.0/8");
        assertThat(one.policy().http().redirects().https()).isEqualTo(308);
        assertThat(one.policy().http().hsts()).isNotNull();
    }

    @Test
    void shouldReadHostsWithSeveralPorts() {
        String yaml =
                "a.example:\n# all\nb.example:\n  \"/\":\n    port: 8000\n  '/api': {port: 9000, dest: /}\n";
        Declared declared = APP.variable("VIRTUAL_HOST_MULTIPORTS", yaml).declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(of(declared))
                .extracting(
                        one -> one.routes().getFirst().host() + one.routes().getFirst().path(),
                        Declaration::port)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a.example/", 8080),
                        org.assertj.core.groups.Tuple.tuple("b.example/", 8000),
                        org.assertj.core.groups.Tuple.tuple("b.example/api", 9000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "VIRTUAL_PROTO;fastcgi;bad-protocol;false",
                "VIRTUAL_PROTO;uwsgi;bad-protocol;false",
                "NETWORK_ACCESS;intern;bad-access;false",
                "HTTPS_METHOD;x;bad-method;false",
                "CERT_NAME;x;not-followed;true",
                "SSL_POLICY;x;not-followed;true",
                "VIRTUAL_HOST_MULTIPORTS;- a;bad-yaml;false"
            })
    void shouldNameWhatIsNotFollowed(String name, String value, String code, boolean served) {
        Declared declared = PATH.variable(name, value).declared();

        assertThat(declared.declarations()).hasSize(served ? 1 : 0);
        assertThat(declared.rejections())
                .extracting(Rejection::code, Rejection::key)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(code, name));
    }

    @Test
    void shouldLeaveToTheOtherDialectWhatIsItsAlone() {
        assertThat(of(APP.variable("VIRTUAL_HOST", "https://a.example").declared())).isEmpty();
        assertThat(PATH.declared().declarations())
                .extracting(Declaration::dialect)
                .containsExactly("nginx-proxy");
        assertThat(WEB.declared().declarations())
                .extracting(Declaration::dialect)
                .containsExactly("dockercloud", "nginx-proxy");
    }

    private static List<Declaration> of(Declared declared) {
        return declared.declarations().stream()
                .filter(one -> one.dialect().equals("nginx-proxy"))
                .toList();
    }
}
