package io.signalbox.renderer.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.schemas.ConfigRecord.Frame;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.HttpsRedirect;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramePartTest {

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static EntryPoint entry(
            int port, @Nullable Tls tls, @Nullable HttpsRedirect redirect, String... trusted) {
        return new EntryPoint(
                "e" + port, new Listen("", port), tls, redirect, true, List.of(trusted));
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static Frame frame(EntryPoint... entries) {
        GroupDefinition group = GroupDefinition.builtIn("default", new Listen("", 80));
        return FramePart.of(
                new GroupDefinition(
                        group.name(),
                        group.selector(),
                        List.of(entries),
                        group.oldestHaproxy(),
                        group.addressMode(),
                        group.network(),
                        group.defaults(),
                        group.statistics(),
                        group.spares(),
                        group.accessLog()));
    }

    @Test
    void shouldWriteAllThatEntryPointsSayAndSayItOn() {
        EntryPoint redirect = entry(80, null, new HttpsRedirect(301, 8443), "10.0.0.0/8");
        EntryPoint tls = entry(443, new Tls(TlsProfile.MODERN, "staff", false), null);

        Frame frame = frame(redirect, tls);

        assertThat(frame.entryPoints()).containsExactly(redirect, tls);
        assertThat(frame.sections())
                .contains(
                        "frontend in_e80",
                        "    bind *:80",
                        "    tcp-request connection expect-proxy layer4 if { src 10.0.0.0/8 }",
                        "    http-request redirect location https://%[req.fhdr(host),host_only]:8443%[pathq]"
                                + " code 301 unless { req.fhdr(x-forwarded-proto) https } or"
                                + " { path_beg /.well-known/acme-challenge/ }",
                        "frontend in_e443")
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "    bind *:443 accept-proxy ssl crt-list @certs@/list alpn"
                                                + " h2,http/1.1 ssl-min-ver TLSv1.3 "))
                .anyMatch(
                        line -> line.endsWith(" ca-file @certs@/client-ca/staff verify required"));
    }

    @Test
    void shouldRefuseWhatHaproxyCannotHave() {
        Tls elsewhere = new Tls(TlsProfile.MODERN, "../staff", false);

        assertThatThrownBy(() -> frame(entry(80, null, null, "10.0.0.1/8")))
                .isInstanceOf(IllegalValue.class);
        assertThatThrownBy(() -> frame(entry(80, elsewhere, null)))
                .isInstanceOf(IllegalValue.class);
        assertThatThrownBy(() -> frame(entry(80, null, new HttpsRedirect(200, 443))))
                .isInstanceOf(IllegalValue.class);
    }
}
