package io.signalbox.registry.doors;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.X509TrustManager;

/**
 * Believes whoever has one key, whatever name and whoever signed the certificate.
 *
 * @param pin the digest of its public half, {@code sha256//…}
 */
record PinnedKey(String pin) implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        String shown = of(chain[0]);
        if (!MessageDigest.isEqual(bytes(shown), bytes(pin))) {
            throw new CertificateException("its key is " + shown + " and not " + pin);
        }
    }

    private static String of(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getPublicKey().getEncoded());
            return "sha256//" + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("no client is known");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
