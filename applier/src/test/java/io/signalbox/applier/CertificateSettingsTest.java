package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.Make;
import io.signalbox.process.StartFailure;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSettingsTest {
    private static final CertificateApiSettings NO_API =
            new CertificateApiSettings(Optional.empty(), Optional.empty(), Optional.empty(), false);
    private static final CertificateSettings NOTHING =
            new CertificateSettings(Optional.empty(), Optional.empty(), NO_API);

    @TempDir Path directory;

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private String standard(CertificateSettings settings, Map<String, String> environment)
            throws IOException {
        Places places = Places.open(directory);
        CertificateKeeper keeper = settings.keeper(places, environment, List.of());
        keeper.prepare(
                List.of(
                        new EntryPoint(
                                "https",
                                new Listen("", 443),
                                new Tls(TlsProfile.MODERN, "", false),
                                null,
                                false,
                                List.of())),
                Instant.now());
        return Files.readString(places.certificates().resolve("default"));
    }

    @Test
    void shouldLookBelowTheAppliersDirectory() {
        assertThat(NOTHING.keeper(Places.open(directory), Map.of(), List.of()).directory())
                .isEqualTo(directory.resolve("certificates"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSL_CERT", "DEFAULT_SSL_CERT"})
    void shouldTakeWhatOtherProxiesTakeInOneLine(String variable) throws Exception {
        String pem = Make.pem("a.example");

        assertThat(standard(NOTHING, Map.of(variable, pem.replace("\n", "\\n")))).isEqualTo(pem);
    }

    @Test
    void shouldPreferItsOwnSetting() throws Exception {
        String pem = Make.pem("a.example");
        CertificateSettings settings =
                new CertificateSettings(Optional.empty(), Optional.of(pem), NO_API);

        assertThat(standard(settings, Map.of("SSL_CERT", Make.pem("b.example")))).isEqualTo(pem);
    }

    @Test
    void shouldNotStartWithASettingThatIsNoCertificateAndNotShowIt() {
        CertificateSettings settings =
                new CertificateSettings(Optional.empty(), Optional.of("secret"), NO_API);

        assertThatThrownBy(() -> standard(settings, Map.of()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("SIGNALBOX_CERTIFICATE must be a certificate")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldPassOverAVariableThatIsMeantForOthers() throws Exception {
        assertThat(standard(NOTHING, Map.of("SSL_CERT", "/etc/ssl/cert.pem"))).contains("BEGIN");
    }
}
