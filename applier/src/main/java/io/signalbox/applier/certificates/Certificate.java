package io.signalbox.applier.certificates;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A certificate that can serve: with its chain and its private key.
 *
 * @param pem all of it, as HAProxy reads it; never shown
 * @param subject whom it is for, in RFC 2253's notation
 * @param names the host names and addresses it is for
 * @param sha256 over the certificate itself, in small hexadecimal digits
 * @param sha1 likewise, as HAProxy shows it
 */
public record Certificate(
        String pem,
        String subject,
        List<String> names,
        Instant notBefore,
        Instant notAfter,
        String sha256,
        String sha1) {

    private static final String KEY = "-----BEGIN PRIVATE KEY";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public Certificate {
        names = List.copyOf(names);
    }

    /**
     * Reads a certificate that may serve from now on.
     *
     * @param text PEM: the certificate, then those that signed it, and its private key
     * @throws Refused if it may not
     */
    public static Certificate parse(String text, Instant now) throws Refused {
        return CertificateReader.current(text, now);
    }

    /** Its chain in PEM, without the key. */
    public String open() {
        return pem.substring(0, pem.indexOf(KEY));
    }

    /** Its key in PEM; never shown. */
    public String key() {
        return pem.substring(pem.indexOf(KEY));
    }

    static Certificate of(X509Certificate leaf, String pem) throws GeneralSecurityException {
        return new Certificate(
                pem,
                leaf.getSubjectX500Principal().getName(),
                names(leaf),
                leaf.getNotBefore().toInstant(),
                leaf.getNotAfter().toInstant(),
                hex("SHA-256", leaf.getEncoded()),
                hex("SHA-1", leaf.getEncoded()));
    }

    private static List<String> names(X509Certificate leaf) throws GeneralSecurityException {
        Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
        TreeSet<String> names = new TreeSet<>();
        if (alternatives != null) {
            for (List<?> name : alternatives) {
                boolean shown =
                        name.getFirst().equals(DNS_NAME) || name.getFirst().equals(IP_ADDRESS);
                if (shown) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        }
        return List.copyOf(names);
    }

    /** SHA-1 over a certificate, in small hexadecimal digits. */
    static String sha1(X509Certificate certificate) {
        try {
            return hex("SHA-1", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has no encoding", e);
        }
    }

    private static String hex(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    @Override
    public String toString() {
        return "Certificate[" + subject + ", " + names + ", until " + notAfter + "]";
    }
}
