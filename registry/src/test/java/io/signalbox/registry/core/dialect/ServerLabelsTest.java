package io.signalbox.registry.core.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Policy.Check;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.Policy.Servers.Protocol;
import io.signalbox.schemas.Policy.Standing;
import io.signalbox.schemas.Policy.Sticky;
import io.signalbox.schemas.Policy.Sticky.Mode;
import io.signalbox.schemas.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients stay with servers, how these are checked and limited, and what one is by itself. */
class ServerLabelsTest {
    private static final Containers WEB =
            Containers.named("web").tcp(8080).label("signalbox.host", "a.example");

    @ParameterizedTest
    @CsvSource({
        "true,INSERT",
        "insert,INSERT",
        "rewrite,REWRITE",
        "prefix,PREFIX",
    })
    void shouldReadHowClientsStay(String written, Mode mode) {
        Declared declared =
                WEB.label("signalbox.sticky", written)
                        .label("signalbox.sticky.cookie", "SESSION")
                        .label("signalbox.sticky.secure", "true")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policy(declared).sticky()).isEqualTo(new Sticky(mode, "SESSION", true));
    }

    @Test
    void shouldLeaveTheCookiesNameToTheGroup() {
        Declared declared = WEB.label("signalbox.sticky", "true").declared();

        assertThat(policy(declared).sticky()).isEqualTo(new Sticky(Mode.INSERT, "", false));
        assertThat(policy(WEB.label("signalbox.sticky", "false").declared()).sticky()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.sticky,yes,'it is one of true, false, insert, rewrite, prefix',",
        "signalbox.sticky,pefix,'it is one of true, false, insert, rewrite, prefix',prefix",
        "signalbox.sticky,rewrite,rewrite and prefix need the name of the application's cookie,"
                + "signalbox.sticky.cookie",
        "signalbox.sticky.cookie,A,it holds only beside signalbox.sticky,signalbox.sticky",
        "signalbox.sticky.secure,true,it holds only beside signalbox.sticky,signalbox.sticky",
        "signalbox.sticky.value,a,it holds only beside signalbox.sticky,signalbox.sticky",
    })
    void shouldNameWhatIsWrongWithHowClientsStay(
            String key, String value, String rule, String likely) {
        Declared declared = WEB.label(key, value).declared();

        assertThat(policy(declared)).isEqualTo(Policy.NONE);
        assertThat(declared.rejections())
                .containsExactly(new Rejection("bad-sticky", key, value, rule, likely));
    }

    @Test
    void shouldReadTheContainersOwnValueOfTheCookie() {
        Declared declared =
                WEB.label("signalbox.sticky", "true")
                        .label("signalbox.sticky.value", " Node-1_a.b ")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policy(declared).standing()).isEqualTo(new Standing(null, false, "Node-1_a.b"));
        assertThat(policy(declared).givesCookie()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a=b", "a~b", "a:b", "\u00e4", "a\nb"})
    void shouldLeaveABadValueOfTheCookieOutAlone(String value) {
        Declared declared =
                WEB.label("signalbox.sticky", "true")
                        .label("signalbox.sticky.value", value)
                        .declared();

        assertThat(policy(declared).sticky()).isNotNull();
        assertThat(policy(declared).givesCookie()).isFalse();
        assertThat(declared.rejections())
                .singleElement()
                .extracting(Rejection::code, Rejection::key)
                .containsExactly("bad-sticky", "signalbox.sticky.value");
    }

    @Test
    void shouldNotStayByAnotherCookieWhereTheNameIsBad() {
        Declared declared =
                WEB.label("signalbox.sticky", "insert")
                        .label("signalbox.sticky.cookie", "a b")
                        .declared();

        assertThat(policy(declared).sticky()).isNull();
        assertThat(declared.rejections()).hasSize(1);
    }

    @Test
    void shouldReadACheck() {
        Declared declared =
                WEB.label("signalbox.check.path", "/health?x=1")
                        .label("signalbox.check.host", "a.example:8080")
                        .label("signalbox.check.status", "200-299,401")
                        .label("signalbox.check.interval", "500ms")
                        .label("signalbox.check.fall", "100")
                        .label("signalbox.check.rise", "1")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policy(declared).check())
                .isEqualTo(
                        new Check(
                                Check.Kind.HTTP,
                                "/health?x=1",
                                "a.example:8080",
                                "200-299,401",
                                Duration.ofMillis(500),
                                100,
                                1));
    }

    @ParameterizedTest
    @CsvSource({"tcp,TCP", "http,HTTP", "none,NONE"})
    void shouldReadTheKindOfCheck(String word, Check.Kind kind) {
        Check check = policy(WEB.label("signalbox.check", word).declared()).check();

        assertThat(check).isEqualTo(new Check(kind, "/", "", "", null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.check,https",
        "signalbox.check.path,health",
        "signalbox.check.path,/a b",
        "signalbox.check.path,/a'b",
        "signalbox.check.host,a/b",
        "signalbox.check.status,2xx",
        "signalbox.check.status,700",
        "signalbox.check.interval,5",
        "signalbox.check.fall,0",
        "signalbox.check.rise,101",
    })
    void shouldCheckAsTheGroupSaysWhereAnythingIsBad(String key, String value) {
        Declared declared = WEB.label("signalbox.check.rise", "3").label(key, value).declared();

        assertThat(policy(declared).check()).isNull();
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(one -> assertThat(one.key()).isEqualTo(key));
    }

    @Test
    void shouldRefuseAPathOfACheckThatOnlyConnects() {
        Declared declared =
                WEB.label("signalbox.check", "tcp").label("signalbox.check.path", "/x").declared();

        assertThat(policy(declared).check()).isNull();
        assertThat(declared.rejections())
                .containsExactly(
                        new Rejection(
                                "bad-check",
                                "signalbox.check",
                                "tcp",
                                "only a check by HTTP has a path, a host or a status",
                                "http"));
    }

    @Test
    void shouldReadHowServersAreTreated() {
        Declared declared =
                WEB.label("signalbox.server.maxconn", "1000000")
                        .label("signalbox.server.maxqueue", "1")
                        .label("signalbox.server.slowstart", "30s")
                        .label("signalbox.server.error-limit", "10")
                        .label("signalbox.server.protocol", "h2c")
                        .label("signalbox.server.proxy-protocol", "v2")
                        .label("signalbox.server.weight", "0")
                        .label("signalbox.server.backup", "true")
                        .declared();

        assertThat(declared.rejections()).isEmpty();
        assertThat(policy(declared).servers())
                .isEqualTo(new Servers(1_000_000, 1, Duration.ofSeconds(30), 10, Protocol.H2C, 2));
        assertThat(policy(declared).standing()).isEqualTo(new Standing(0, true));
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.server.maxconn,0",
        "signalbox.server.maxconn,1000001",
        "signalbox.server.maxqueue,-1",
        "signalbox.server.slowstart,30",
        "signalbox.server.error-limit,1001",
        "signalbox.server.protocol,http2",
        "signalbox.server.proxy-protocol,2",
        "signalbox.server.weight,257",
        "signalbox.server.backup,yes",
    })
    void shouldTreatServersAsTheGroupDoesWhereAValueIsBad(String key, String value) {
        Declared declared = WEB.label(key, value).declared();

        assertThat(policy(declared)).isEqualTo(Policy.NONE);
        assertThat(declared.rejections())
                .singleElement()
                .satisfies(one -> assertThat(one.key()).isEqualTo(key))
                .satisfies(one -> assertThat(one.value()).isEqualTo(value));
    }

    @Test
    void shouldNotTakeServersOutThatNoCheckBringsBack() {
        Declared declared =
                WEB.label("signalbox.check", "none")
                        .label("signalbox.server.error-limit", "3")
                        .declared();

        assertThat(policy(declared).servers()).isEqualTo(Servers.NONE);
        assertThat(declared.rejections())
                .extracting(Rejection::key)
                .containsExactly("signalbox.server.error-limit");
    }

    private static Policy policy(Declared declared) {
        return declared.declarations().getFirst().policy();
    }
}
