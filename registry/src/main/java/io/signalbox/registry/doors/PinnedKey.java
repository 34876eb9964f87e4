package io.signalbox.registry.doors;

import io.signalbox.process.KeyPin;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Believes whoever has one key, whatever name and whoever signed the certificate. */
record PinnedKey(KeyPin pin) implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        KeyPin shown = KeyPin.of(chain[0].getPublicKey());
        if (!shown.equals(pin)) {
            throw new CertificateException("its key is " + shown + " and not " + pin);
        }
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
