package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPinTest {
    private static final String PIN = "sha256//GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc=";
    private static final String KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZDe6P3ZgeN18agwnU8njI+mXULyQ39nSilcYcAOK"
                    + "HNtQcs3fvN2mq5MyYwP+fJSNsQKM5Pqkk/QTv+lAKI9unw==";

    @Test
    void shouldBeTheDigestThatOpensslTellsOfTheKey() throws Exception {
        assertThat(KeyPin.of(key())).hasToString(PIN).isEqualTo(new KeyPin(PIN));
    }

    private static PublicKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(KEY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256//",
                "sha256//short",
                "sha1//GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc=",
                "GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc=",
                "sha256//GmwlHNDB_ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc=",
                "sha256//GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvcc",
                "sha256//GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc=;sha256//",
                " sha256//GmwlHNDB/ouTUdqqo74VQoaX1ERMCXA2GbXxggmGIvc="
            })
    void shouldRefuseAnotherForm(String text) {
        assertThatThrownBy(() -> new KeyPin(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be sha256// and 44 characters of Base64, a SHA-256 digest");
    }
}
