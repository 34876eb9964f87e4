package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldSayNoMoreThanHowRequestsAreSpread() {
        assertThat(BackendSettings.of(Balance.ROUNDROBIN).lines())
                .containsExactly("    balance roundrobin");
        assertThat(BackendSettings.of(Balance.RANDOM).lines())
                .containsExactly("    balance random");
    }

    @Test
    void shouldHashInTheWayThatTakesServersAtRunTime() {
        assertThat(BackendSettings.of(Balance.SOURCE).lines())
                .containsExactly("    balance source", "    hash-type consistent");
    }

    @Test
    void shouldSayWhatDiffersFromTheFrame() {
        var settings =
                new BackendSettings(
                        Balance.LEASTCONN,
                        Duration.ofHours(24),
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(90),
                        0,
                        null,
                        null);

        assertThat(settings.lines())
                .containsExactly(
                        "    balance leastconn",
                        "    timeout server 1440m",
                        "    timeout queue 1500ms",
                        "    timeout tunnel 90s",
                        "    retries 0");
    }

    @Test
    void shouldSayHowClientsStayAndServersAreChecked() {
        var sticky = new Sticky(Sticky.Mode.PREFIX, "JSESSIONID", true, new Identifier("key"));
        var check = new HttpCheck("/health?a=b&c", "a.example:8080", "200-299,301");

        assertThat(
                        new BackendSettings(
                                        Balance.ROUNDROBIN, null, null, null, null, sticky, check)
                                .lines())
                .containsExactly(
                        "    balance roundrobin",
                        "    cookie JSESSIONID prefix nocache dynamic secure",
                        "    dynamic-cookie-key key",
                        "    option httpchk",
                        "    http-check send meth GET uri '/health?a=b&c' ver HTTP/1.1 hdr Host"
                                + " a.example:8080",
                        "    http-check expect status 200-299,301");
        assertThat(Profile.STICKY.backend(Balance.ROUNDROBIN, new Identifier("key")))
                .containsExactly(
                        "    balance roundrobin",
                        "    cookie SIGNALBOX insert indirect nocache dynamic httponly",
                        "    dynamic-cookie-key key");
    }

    @Test
    void shouldLeaveTheCookiesValueToTheServers() {
        for (var mode : Sticky.Mode.values()) {
            assertThat(
                            BackendSettings.of(
                                            Balance.ROUNDROBIN, new Sticky(mode, "A", false, null))
                                    .lines())
                    .containsExactly(
                            "    balance roundrobin",
                            switch (mode) {
                                case INSERT -> "    cookie A insert indirect nocache httponly";
                                case REWRITE -> "    cookie A rewrite nocache";
                                case PREFIX -> "    cookie A prefix nocache";
                            });
        }
    }

    @Test
    void shouldRefuseAValueOfACookieThatIsMoreThanAWord() {
        for (var bad : List.of("a b", "a;b", "a\nb", "a=b", "~", "x".repeat(129))) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(
                            () ->
                                    new ServerSettings(
                                            0,
                                            0,
                                            Duration.ZERO,
                                            0,
                                            ServerSettings.Protocol.HTTP,
                                            0,
                                            false,
                                            false,
                                            bad));
        }
    }

    @Test
    void shouldRefuseChecksAndCookiesThatAreNone() {
        for (var bad : List.of("", "a b", "a;b", "a\nb", "x".repeat(65))) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(
                            () -> new Sticky(Sticky.Mode.INSERT, bad, false, new Identifier("k")));
        }
        for (var bad : List.of("", "a", "/a b", "/'", "/\n", "/" + "x".repeat(1024))) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> new HttpCheck(bad, "a", "200"));
        }
        for (var bad : List.of("", "2", "200 ", "200-", "600", "200,,201")) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> new HttpCheck("/", "a", bad));
        }
        assertThatExceptionOfType(IllegalValue.class)
                .isThrownBy(() -> new HttpCheck("/", "a b", "200"));
    }

    @Test
    void shouldRefuseWhatIsOutOfRange() {
        for (var time :
                List.of(Duration.ZERO, SECOND.negated(), Duration.ofHours(24).plusNanos(1))) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(time, SECOND, SECOND, 3))
                    .withMessageStartingWith("server time-out must be 1 ms to 24 h, not 'P");
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, time, SECOND, 3));
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, SECOND, time, 3));
        }
        for (var retries : List.of(-1, 11)) {
            assertThatExceptionOfType(IllegalValue.class)
                    .isThrownBy(() -> settings(SECOND, SECOND, SECOND, retries));
        }
    }

    private static BackendSettings settings(
            Duration server, Duration queue, Duration tunnel, int retries) {
        return new BackendSettings(Balance.FIRST, server, queue, tunnel, retries, null, null);
    }
}
