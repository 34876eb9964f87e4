package io.signalbox.applier.certificates;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads certificate, chain and private key, and checks that they belong together. */
final class CertificateReader {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

    private CertificateReader() {}

    /**
     * A certificate that may serve from now on.
     *
     * @param text PEM: the certificate, then those that signed it, and its private key
     * @throws Refused also if it does not hold at that time
     */
    static Certificate current(String text, Instant now) throws Refused {
        Certificate certificate = any(text);
        if (now.isAfter(certificate.notAfter())) {
            throw new Refused("it has expired, on " + certificate.notAfter());
        }
        if (now.isBefore(certificate.notBefore())) {
            throw new Refused("it holds only from " + certificate.notBefore() + " on");
        }
        return certificate;
    }

    /** The same, whenever it holds. */
    static Certificate any(String text) throws Refused {
        List<X509Certificate> chain = new ArrayList<>();
        List<Pem> keys = new ArrayList<>();
        for (Pem block : Pem.parse(text)) {
            if (block.type().equals(CERTIFICATE)) {
                chain.add(certificate(block));
            } else if (block.type().endsWith(PKCS8)) {
                keys.add(block);
            }
        }
        if (chain.isEmpty()) {
            throw new Refused("it has no certificate in PEM");
        }
        if (keys.size() != 1) {
            throw new Refused(
                    keys.isEmpty()
                            ? "it has no private key in PEM"
                            : "it has " + keys.size() + " private keys");
        }
        return whole(chain, keys.getFirst());
    }

    private static Certificate whole(List<X509Certificate> chain, Pem key) throws Refused {
        X509Certificate leaf = chain.getFirst();
        try {
            PrivateKey secret = privateKey(key, leaf.getPublicKey());
            if (!belong(secret, leaf.getPublicKey())) {
                throw new Refused("its private key does not belong to its (first) certificate");
            }
            StringBuilder pem = new StringBuilder();
            for (X509Certificate certificate : chain) {
                pem.append(Pem.of(CERTIFICATE, certificate.getEncoded()).text());
            }
            pem.append(Pem.of(PKCS8, secret.getEncoded()).text());
            return Certificate.of(leaf, pem.toString());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused("its private key is none of its certificate's kind");
        }
    }

    private static PrivateKey privateKey(Pem key, PublicKey owner)
            throws Refused, GeneralSecurityException {
        byte[] der =
                switch (key.type()) {
                    case PKCS8 -> key.der();
                    case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> pkcs8(key, owner);
                    case "ENCRYPTED PRIVATE KEY" ->
                            throw new Refused("its private key is encrypted");
                    default -> throw new Refused("its private key is of an unknown kind");
                };
        return KeyFactory.getInstance(owner.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    /** An older form says neither algorithm nor curve: the certificate's public key does. */
    private static byte[] pkcs8(Pem key, PublicKey owner) {
        return Der.sequence(
                Der.integer(BigInteger.ZERO),
                Der.firstOf(owner.getEncoded()),
                Der.octets(key.der()));
    }

    private static boolean belong(PrivateKey secret, PublicKey open)
            throws Refused, GeneralSecurityException {
        String algorithm =
                switch (open.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA", "Ed25519", "Ed448" -> open.getAlgorithm();
                    default ->
                            throw new Refused(
                                    "its key is of a kind that is not supported: "
                                            + open.getAlgorithm());
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /**
     * Those who sign certificates of clients, as HAProxy reads them.
     *
     * @throws Refused if there are none, or anything else
     */
    static String authorities(String text) throws Refused {
        StringBuilder pem = new StringBuilder();
        for (Pem block : Pem.parse(text)) {
            if (!block.type().equals(CERTIFICATE)) {
                throw new Refused("it has more than certificates in it");
            }
            certificate(block);
            pem.append(block.text());
        }
        if (pem.isEmpty()) {
            throw new Refused("it has no certificate in PEM");
        }
        return pem.toString();
    }

    /**
     * Those in PEM that were read before.
     *
     * @throws IllegalStateException if they were not
     */
    static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> all = new ArrayList<>();
        try {
            for (Pem block : Pem.parse(pem)) {
                all.add(certificate(block));
            }
        } catch (Refused e) {
            throw new IllegalStateException("certificates that were read cannot be read", e);
        }
        return all;
    }

    private static X509Certificate certificate(Pem block) throws Refused {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (GeneralSecurityException e) {
            throw new Refused("a certificate in it cannot be read");
        }
    }
}
