package io.signalbox.applier.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateReaderTest {

    @Test
    void shouldReadWhatItMakesItself() throws Refused {
        String pem = Make.pem("a.example");

        Certificate certificate = CertificateReader.current(pem, Instant.now());

        assertThat(certificate.pem()).isEqualTo(pem);
        assertThat(certificate.names()).containsExactly("a.example");
        assertThat(certificate.subject()).isEqualTo("CN=a.example");
        assertThat(certificate.sha256()).hasSize(64);
        assertThat(certificate.sha1()).hasSize(40);
        assertThat(certificate.toString()).doesNotContain("BEGIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1", "rsa-key-first", "ec-sec1", "ed25519"})
    void shouldReadEveryFormOfKey(String form) throws Refused {
        Certificate certificate = CertificateReader.current(KeyForms.of(form), Instant.now());

        assertThat(certificate.pem())
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .contains("-----BEGIN PRIVATE KEY-----\n");
        assertThat(CertificateReader.any(certificate.pem())).isEqualTo(certificate);
    }

    @Test
    void shouldKnowAllNamesOfACertificate() throws Refused {
        assertThat(CertificateReader.any(KeyForms.of("rsa-pkcs1")).names())
                .containsExactly("*.rsa.example", "192.0.2.1", "rsa.example");
    }

    @Test
    void shouldKeepTheWholeChain() throws Refused {
        String leaf = Make.pem("a.example");
        String issuer = Make.open(Make.pem("issuer.example"));

        Certificate certificate =
                CertificateReader.any(
                        "# a comment\n\n" + Make.open(leaf) + issuer + Make.key(leaf));

        assertThat(certificate.pem()).isEqualTo(Make.open(leaf) + issuer + Make.key(leaf));
    }

    @ParameterizedTest
    @CsvSource({"rsa-encrypted, is encrypted", "rsa-encrypted-pkcs8, its private key is encrypted"})
    void shouldRefuseKeysThatNobodyCanRead(String form, String why) {
        assertThatThrownBy(() -> CertificateReader.any(KeyForms.of(form)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldRefuseWhatCannotServeAndSayWhy() {
        String one = Make.pem("a.example");
        String other = Make.pem("b.example");

        refuses("", "has no certificate");
        refuses("hello", "has no certificate");
        refuses(Make.open(one), "has no private key");
        refuses(Make.key(one), "has no certificate");
        refuses(Make.open(one) + Make.key(other), "does not belong");
        refuses(one + Make.key(other), "has 2 private keys");
        refuses(Make.open(one) + Make.key(KeyForms.of("ed25519")), "its certificate's kind");
        refuses(one.substring(0, one.length() - 40), "has no end");
        refuses(one.replace("MI", "!!"), "not base 64");
        refuses(Make.expired("a.example"), "has expired");
        refuses(Make.early("a.example"), "holds only from");
    }

    private static void refuses(String pem, String why) {
        assertThatThrownBy(() -> CertificateReader.current(pem, Instant.now()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("BEGIN");
    }

    @Test
    void shouldTakeOnlyCertificatesForThoseWhoSign() throws Refused {
        String signer = Make.open(Make.pem("ca.example"));

        assertThat(CertificateReader.authorities(signer + signer)).isEqualTo(signer + signer);
        assertThatThrownBy(() -> CertificateReader.authorities(Make.pem("ca.example")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> CertificateReader.authorities("")).isInstanceOf(Refused.class);
    }
}
