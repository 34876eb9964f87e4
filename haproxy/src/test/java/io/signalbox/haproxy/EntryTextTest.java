package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import io.signalbox.haproxy.FrameSettings.HttpsRedirect;
import io.signalbox.haproxy.TlsSettings.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTextTest {

    private static final ListenAddress LISTEN = new ListenAddress("", 443);
    private static final TlsSettings TLS =
            new TlsSettings(Profile.INTERMEDIATE, Optional.empty(), false);
    private static final TlsSettings CLIENTS =
            new TlsSettings(Profile.MODERN, Optional.of(new CertificateName("staff")), true);
    private static final List<Network> TRUSTED =
            List.of(new Network("10.0.0.0/8"), new Network("fd00::1"));

    private static EntryPoint entry(
            Optional<TlsSettings> tls,
            Optional<HttpsRedirect> redirect,
            boolean acceptProxy,
            List<Network> trusted) {
        return new EntryPoint(new Identifier("x"), LISTEN, tls, redirect, acceptProxy, trusted);
    }

    private static Frame frame(EntryPoint... entries) {
        var usual = Samples.frame(LISTEN);
        return Frame.of(
                new FrameSettings(
                        List.of(entries),
                        usual.timeouts(),
                        usual.retries(),
                        usual.retryMethods(),
                        usual.hardStopAfter(),
                        usual.maxConnections(),
                        usual.accessLog()));
    }

    private static final List<EntryPoint> EVERY_KIND =
            List.of(
                    entry(Optional.empty(), Optional.empty(), false, List.of()),
                    entry(Optional.of(TLS), Optional.empty(), false, List.of()),
                    entry(Optional.of(CLIENTS), Optional.empty(), true, List.of()),
                    entry(Optional.of(CLIENTS), Optional.empty(), true, TRUSTED),
                    entry(Optional.of(TLS), Optional.empty(), false, TRUSTED),
                    entry(
                            Optional.empty(),
                            Optional.of(new HttpsRedirect(301, 443)),
                            false,
                            TRUSTED),
                    entry(
                            Optional.empty(),
                            Optional.of(new HttpsRedirect(308, 8443)),
                            true,
                            List.of()));

    @Test
    void shouldWriteTlsOfTheIntermediateProfile() {
        assertThat(frame(EVERY_KIND.get(1)).sections())
                .contains(
                        "    bind *:443 ssl crt-list @certs@/list alpn h2,http/1.1"
                                + " ssl-min-ver TLSv1.2 ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
                                + " ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
                                + " curves X25519:prime256v1:secp384r1 no-tls-tickets");
    }

    @Test
    void shouldRememberNoSessionsWhereOneCouldBeginThemWithoutACertificate() {
        var open = EVERY_KIND.get(1);
        var offering = EVERY_KIND.get(2);

        assertThat(frame(open, offering).global()).contains("    tune.ssl.cachesize 0");
        var global = new Frame(frame(open, offering).global(), List.of(), List.of());
        assertThat(AllowedText.problem(global, List.of())).isEmpty();
        assertThat(frame(open, EVERY_KIND.get(0)).global())
                .doesNotContain("    tune.ssl.cachesize 0");
        assertThat(frame(offering).global()).doesNotContain("    tune.ssl.cachesize 0");
    }

    @Test
    void shouldAskForThePROXYProtocolOnlyWhereItIsTrusted() {
        assertThat(EntryText.bindArguments(EVERY_KIND.get(2)))
                .startsWith("*:443 accept-proxy ssl ")
                .endsWith(" ca-file @certs@/client-ca/staff verify optional");
        assertThat(EntryText.bindArguments(EVERY_KIND.get(3))).doesNotContain("accept-proxy");
        assertThat(frame(EVERY_KIND.get(3)).sections())
                .contains(
                        "    tcp-request connection expect-proxy layer4 if { src 10.0.0.0/8"
                                + " fd00::1/128 }");
    }

    @Test
    void shouldAllowEveryKindAsItIsAndInNoOtherPlace() {
        for (var one : EVERY_KIND) {
            assertThat(AllowedText.problem(frame(one), List.of(one))).isEmpty();
            for (var other : EVERY_KIND) {
                var sameBind = EntryText.bindArguments(one).equals(EntryText.bindArguments(other));
                assertThat(AllowedText.problem(frame(one), List.of(other)).isEmpty())
                        .isEqualTo(sameBind);
            }
        }
    }

    @Test
    void shouldRefuseWhatChanceChanged() {
        Seeded.check(
                5_000,
                random -> {
                    var entry = EVERY_KIND.get(random.nextInt(EVERY_KIND.size()));
                    var lines = new ArrayList<>(frame(entry).sections());
                    var at = random.nextInt(lines.size());
                    var line = lines.get(at);
                    var cut = random.nextInt(line.length() + 1);
                    var inserted = "\n\"$\\#;".charAt(random.nextInt(6));
                    lines.set(at, line.substring(0, cut) + inserted + line.substring(cut));

                    var problem =
                            AllowedText.problem(
                                    new Frame(List.of(), List.of(), lines), List.of(entry));
                    var inQuotes =
                            line.indexOf('\'') >= 0
                                    && cut > line.indexOf('\'')
                                    && cut <= line.lastIndexOf('\'');
                    if (inserted == '\n' || !inQuotes) {
                        assertThat(problem).as(lines.get(at)).isPresent();
                    }
                });
    }

    @Test
    void shouldAllowAFrontendOnlyItsOwnAddress() {
        var one = new EntryPoint(new Identifier("a"), new ListenAddress("", 80));
        var two = new EntryPoint(new Identifier("b"), new ListenAddress("", 81));
        var swapped =
                List.of(
                        new EntryPoint(one.name(), two.listen()),
                        new EntryPoint(two.name(), one.listen()));

        assertThat(AllowedText.problem(frame(one, two), List.of(one, two))).isEmpty();
        assertThat(AllowedText.problem(frame(one, two), swapped)).isPresent();
        assertThat(AllowedText.problem(frame(one, two), List.of(one))).isPresent();
    }

    @Test
    void shouldNotBelieveClientsTheirOwnCertificateAnywhereInTheGroup() {
        var plain = new EntryPoint(new Identifier("plain"), new ListenAddress("", 80));
        var deletes = "    http-request del-header X-SSL-Client- -m beg";

        assertThat(frame(plain, EVERY_KIND.get(2)).sections())
                .filteredOn(deletes::equals)
                .hasSize(2);
        assertThat(frame(plain).sections()).doesNotContain(deletes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    bind *:443 ssl crt /etc/x",
                "    bind *:443 ssl crt-list /etc/x",
                "    http-request redirect location https://evil.example code 301",
                "    http-request set-header X-Forwarded-For %[env(HOME)]",
                "    http-request set-header X-SSL-Client-DN %[env(HOME)] if { ssl_c_used }",
                "    http-request set-src env(HOME)",
                "    http-request set-var(txn.trusted) bool(true)",
                "    http-request set-var(txn.trusted) bool(true) if { src -f /etc/passwd }",
                "    tcp-request connection expect-proxy layer4",
                "    http-request del-header Host",
                "    http-request del-header X- -m beg"
            })
    void shouldRefuseWhatLooksLikeIt(String line) {
        var entry = EVERY_KIND.get(3);
        var lines = new ArrayList<>(frame(entry).sections());
        lines.add(2, line);

        assertThat(AllowedText.problem(new Frame(List.of(), List.of(), lines), List.of(entry)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.0.0.0/8",
        "192.0.2.1,192.0.2.1/32",
        "0.0.0.0/0,0.0.0.0/0",
        "2001:DB8:0:0::/32,2001:db8::/32",
        "::1,::1/128"
    })
    void shouldWriteNetworksInOneWay(String text, String canonical) {
        assertThat(new Network(text).text()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10/8",
                "example.com",
                "fd00::/129",
                "fd00::1/64",
                "10.0.0.0/8 11.0.0.0/8",
                "10.0.0.0/-1",
                "*"
            })
    void shouldRefuseWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> new Network(text)).isInstanceOf(IllegalValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", ".hidden", "-x", "a b", "ä"})
    void shouldRefuseNamesThatAreNoFileName(String name) {
        assertThatThrownBy(() -> new CertificateName(name)).isInstanceOf(IllegalValue.class);
    }

    @Test
    void shouldRefuseARedirectThatGoesRoundInCircles() {
        assertThatThrownBy(
                        () ->
                                entry(
                                        Optional.of(TLS),
                                        Optional.of(new HttpsRedirect(301, 443)),
                                        false,
                                        List.of()))
                .isInstanceOf(IllegalValue.class);
        assertThatThrownBy(() -> new HttpsRedirect(200, 443)).isInstanceOf(IllegalValue.class);
        assertThatThrownBy(() -> new HttpsRedirect(301, 0)).isInstanceOf(IllegalValue.class);
    }
}
