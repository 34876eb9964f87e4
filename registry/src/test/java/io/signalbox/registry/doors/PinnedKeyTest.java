package io.signalbox.registry.doors;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.process.KeyPin;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class PinnedKeyTest {

    @Test
    void shouldBelieveTheOneKeyAndNoOtherWhoeverSignedIt() throws Exception {
        List<X509Certificate> signedByThemselves = known();
        X509Certificate one = signedByThemselves.getFirst();
        X509Certificate other =
                signedByThemselves.stream()
                        .filter(it -> !it.getPublicKey().equals(one.getPublicKey()))
                        .findFirst()
                        .orElseThrow();
        PinnedKey pinned = new PinnedKey(pin(one));

        assertThatCode(() -> pinned.checkServerTrusted(chain(one), "RSA"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> pinned.checkServerTrusted(chain(other, one), "RSA"))
                .isInstanceOf(CertificateException.class)
                .hasMessage("its key is " + pin(other) + " and not " + pin(one));
    }

    private static X509Certificate[] chain(X509Certificate... certificates) {
        return certificates;
    }

    private static KeyPin pin(X509Certificate certificate) {
        return KeyPin.of(certificate.getPublicKey());
    }

    /** Those that come with Java. */
    private static List<X509Certificate> known() throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509TrustManager all = (X509TrustManager) factory.getTrustManagers()[0];
        return Arrays.asList(all.getAcceptedIssuers());
    }
}
