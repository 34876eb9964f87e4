package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @Test
    void shouldNameSubjectRuleAndValueOfARefusal() {
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new ServiceName("a\nb é"))
                .withMessage(
                        "service name must be 1 to 100 of the characters A-Z a-z 0-9 _ . : -, not"
                                + " 'a?b ?'")
                .satisfies(e -> assertThat(e.subject()).isEqualTo("service name"))
                .satisfies(e -> assertThat(e.shownValue()).isEqualTo("a?b ?"));
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new Identifier("x".repeat(65_536)))
                .withMessageContaining("... (65536 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a;b", "a\n", "é", "a#", "'", "@maps@", "$A"})
    void shouldRefuseNames(String name) {
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new Identifier(name));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new ServiceName(name));
    }

    @Test
    void shouldNameBackendsAndServersAfterTheService() {
        var service = new ServiceName("shop.web");

        assertThat(service.backend()).isEqualTo(new Identifier("service_shop.web"));
        assertThat(service.server("0123456789abcdef"))
                .isEqualTo(new Identifier("shop.web.0123456789ab"));
        assertThat(service.server("short")).isEqualTo(new Identifier("shop.web.short"));
        assertThat(Profile.spare("plain", 7)).isEqualTo(new Identifier("spare_plain_007"));
        assertThat(new ServiceName("x".repeat(100)).server("y".repeat(64)).value())
                .hasSizeLessThanOrEqualTo(Identifier.MAX_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5:80",
        "2001:db8::5, [2001:db8::5]:80",
        "2001:DB8:0:0:0:0:0:5, [2001:db8::5]:80",
        "::1, [::1]:80",
        "::, [::]:80",
        "fd00::1:0:0:2, [fd00::1:0:0:2]:80",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:80",
        "1:0:0:0:0:0:0:0, [1::]:80",
        "a0:0:0:10:0:1:0:0, [a0::10:0:1:0:0]:80",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:80"
    })
    void shouldWriteAddressesInOneNotation(String address, String text) {
        assertThat(new ServerAddress(address, 80)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.5/24",
                "10.0.0.256",
                "[::1]",
                "fe80::1%eth0",
                "a.b",
                "::1;",
                "1 2"
            })
    void shouldRefuseWhatIsNoAddress(String address) {
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new ServerAddress(address, 80));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void shouldRefuseWhatIsNoPort(int port) {
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new ServerAddress("::1", port));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new ListenAddress("", port));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, /, example.com/",
        "example.com, /api, example.com/api/",
        "'', /, */",
        "'', /a/b, */a/b/",
        "[::1], /%2F~, [::1]/%2F~/"
    })
    void shouldEndEachRouteWithASlash(String host, String path, String key) {
        assertThat(new RouteKey(host, path).text()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "Example.com, /",
        "example.com., /",
        "example.com:80, /",
        "exa mple, /",
        "*, /",
        "é, /",
        "[::1, /",
        "[1.2.3.4], /",
        "a.b, ''",
        "a.b, api",
        "a.b, /api/",
        "a.b, //",
        "a.b, /a b",
        "a.b, /a;b",
        "a.b, /a\\b",
        "a.b, /é",
        "a.b, /%",
        "a.b, /%2",
        "a.b, /%zz",
        "a.b, /a#b",
        "a.b, /a?b",
        "a.b, /a\"b",
        "a.b, /<<",
        "a.b, '/a\nb'",
        "'a\nb', /"
    })
    void shouldRefuseWhatIsNoRoute(String host, String path) {
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new RouteKey(host, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "relative",
                "/with space",
                "/a\n",
                "/a,b",
                "/a)b",
                "/${HOME}",
                "/@maps@"
            })
    void shouldRefuseWhatIsNoPath(String path) {
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new ConfigPath(path));
    }

    @Test
    void shouldKnowTheDirectoryThatAFileIsIn() {
        assertThat(new ConfigPath("/a/b").parent()).isEqualTo(new ConfigPath("/a"));
        assertThat(new ConfigPath("/a").parent()).isEqualTo(new ConfigPath("/"));
        assertThat(new ConfigPath("/").parent()).isEqualTo(new ConfigPath("/"));
    }

    @Test
    void shouldRefuseNumbersOutOfRange() {
        var name = new Identifier("a");
        var address = new ServerAddress("::1", 80);
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new Server(name, address, 0, 1, CheckSettings.NONE));
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new Server(name, address, 1, 257, CheckSettings.NONE));
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new CheckSettings(Duration.ofNanos(1), 1, 1));
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new CheckSettings(Duration.ofDays(30), 1, 1));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> Balance.of("static-rr"));
        assertThatExceptionOfType(IllegalValue.class).isThrownBy(() -> new HttpMethod("get }"));
    }

    @ParameterizedTest
    @CsvSource({
        "'HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/', 2.6.12",
        "'HA-Proxy version 2.4.0 2021/05/14', 2.4.0",
        "'HAProxy version 3.5-dev5-abc 2026/05/20', 3.5.5",
        "3.0.11-1+deb13u3, 3.0.11",
        "'Name: HAProxy\nVersion: 3.2.1\nPid: 5', 3.2.1"
    })
    void shouldFindTheVersionInWhatHaproxySays(String answer, String version) {
        assertThat(HaproxyVersion.find(answer)).contains(HaproxyVersion.of(version));
    }

    @Test
    void shouldKnowWhatEachVersionCan() {
        assertThat(HaproxyVersion.find("command not found")).isEmpty();
        assertThat(HaproxyVersion.of("2.6")).isLessThan(HaproxyVersion.of("2.6.12"));
        assertThat(HaproxyVersion.of("2.10")).isGreaterThan(HaproxyVersion.of("2.9.9"));
        assertThat(HaproxyVersion.of("2.6").capabilities())
                .returns(true, Capabilities::poolKeywordsNeeded)
                .returns(false, Capabilities::waitForRemovable)
                .returns(false, Capabilities::reloadAnswers);
        assertThat(HaproxyVersion.of("2.8").capabilities())
                .returns(true, Capabilities::poolKeywordsNeeded)
                .returns(true, Capabilities::reloadAnswers);
        assertThat(HaproxyVersion.of("3.0").capabilities())
                .returns(false, Capabilities::poolKeywordsNeeded)
                .returns(true, Capabilities::waitForRemovable)
                .returns(true, Capabilities::asynchronousAddress)
                .returns(false, Capabilities::initState);
        assertThat(HaproxyVersion.of("3.4").capabilities())
                .returns(true, Capabilities::addBackend)
                .returns(true, Capabilities::noisyAnswers)
                .returns(120_000, Capabilities::payloadBytes);
    }
}
