package io.signalbox.watcher;

import io.signalbox.process.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The TLS identity for an engine: {@code ca.pem}, {@code cert.pem} and {@code key.pem} of a folder,
 * as Docker lays them out. Keys may be PKCS#8 or, for RSA, the older PKCS#1.
 */
final class EngineTls {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");
    private static final char[] NO_PASSWORD = new char[0];

    /** {@code INTEGER 0, SEQUENCE { rsaEncryption, NULL }}: what PKCS#8 puts before an RSA key. */
    private static final byte[] RSA_HEADER = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private EngineTls() {}

    /** What calls of that engine are made with; empty for those that are not made over TLS. */
    static Optional<SSLContext> of(EngineAddress address) {
        return address.local()
                ? Optional.of(unused())
                : address.certificates().map(EngineTls::context);
    }

    /**
     * Reads the folder.
     *
     * @throws StartFailure if a file is missing or cannot be used
     */
    static SSLContext context(Path folder) {
        try {
            KeyStore trusted = emptyStore();
            int index = 0;
            for (Certificate certificate : certificates(folder.resolve("ca.pem"))) {
                trusted.setCertificateEntry("ca" + index++, certificate);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = emptyStore();
            own.setKeyEntry(
                    "engine",
                    key(folder.resolve("key.pem")),
                    NO_PASSWORD,
                    certificates(folder.resolve("cert.pem")).toArray(new Certificate[0]));
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailure(
                    "DOCKER_CERT_PATH must hold ca.pem, cert.pem and key.pem: " + folder + ": " + e,
                    e);
        }
    }

    /**
     * For a local socket, which is never spoken to in TLS: with no identity at all, docker-java's
     * transport reads the machine's trust store, which costs the start 0.1 s.
     */
    static SSLContext unused() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (pem.find()) {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            switch (pem.group(1)) {
                case "PRIVATE KEY" -> {
                    return anyKey(der);
                }
                case "RSA PRIVATE KEY" -> {
                    return anyKey(pkcs8(der));
                }
                default -> {} // parameters and the like
            }
        }
        throw new GeneralSecurityException(
                file.getFileName() + " must hold an unencrypted PKCS#8 or RSA private key");
    }

    private static PrivateKey anyKey(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no key algorithm fits");
        for (String algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] pkcs8(byte[] rsa) {
        byte[] key = der(0x04, rsa);
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.writeBytes(key);
        return der(0x30, inner.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
                out.write(content.length >>> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
