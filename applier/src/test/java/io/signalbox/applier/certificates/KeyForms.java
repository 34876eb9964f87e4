package io.signalbox.applier.certificates;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates whose keys are of all kinds and in all forms that are met; each made once. */
final class KeyForms {
    private static final int OCTETS = 0x04;
    private static final byte[] CURVE = Der.identifier(1, 2, 840, 10045, 3, 1, 7);
    private static final Map<String, String> MADE = new ConcurrentHashMap<>();

    private KeyForms() {}

    static String of(String form) {
        return switch (form) {
            case "rsa-pkcs1" -> {
                byte[] key = inner(rsa());
                yield Make.open(rsa()) + Pem.of("RSA PRIVATE KEY", key).text();
            }
            case "rsa-key-first" -> Make.key(rsa()) + Make.open(rsa());
            case "rsa-weak" ->
                    made("weak.example", "dns:weak.example", "-keyalg", "RSA", "-keysize", "1024");
            case "rsa-encrypted" -> Make.open(rsa()) + oldEncrypted();
            case "rsa-encrypted-pkcs8" ->
                    Make.open(rsa()) + Pem.of("ENCRYPTED PRIVATE KEY", encrypted(rsa())).text();
            case "ec-sec1" -> {
                byte[] key = inner(ec());
                yield Make.open(ec())
                        + Pem.of("EC PARAMETERS", CURVE).text()
                        + Pem.of("EC PRIVATE KEY", key).text();
            }
            case "ed25519" -> made("ed.example", "dns:ed.example", "-keyalg", "Ed25519");
            default -> throw new IllegalArgumentException("no form " + form);
        };
    }

    private static String rsa() {
        String names = "dns:rsa.example,dns:*.rsa.example,ip:192.0.2.1";
        return made("rsa.example", names, "-keyalg", "RSA", "-keysize", "2048");
    }

    private static String ec() {
        return made("ec.example", "dns:ec.example", "-keyalg", "EC", "-groupname", "secp256r1");
    }

    private static String made(String name, String alternatives, String... algorithm) {
        return MADE.computeIfAbsent(name, key -> Keytool.pem(key, alternatives, algorithm));
    }

    /** The key in the older form: what PKCS#8 says behind the version and the algorithm. */
    private static byte[] inner(String pem) {
        byte[] whole = der(pem);
        int at = begin(whole, 0);
        while (whole[at] != OCTETS) {
            at = end(whole, at);
        }
        return Arrays.copyOfRange(whole, begin(whole, at), end(whole, at));
    }

    private static int begin(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length - 0x80);
    }

    private static int end(byte[] der, int at) {
        int begin = begin(der, at);
        int length = begin == at + 2 ? der[at + 1] : 0;
        for (int i = at + 2; i < begin; i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return begin + length;
    }

    private static byte[] der(String pem) {
        try {
            return Pem.parse(Make.key(pem)).getFirst().der();
        } catch (Refused e) {
            throw new IllegalStateException("no key", e);
        }
    }

    private static byte[] encrypted(String pem) {
        try {
            String algorithm = "PBEWithSHA1AndDESede";
            Cipher cipher = Cipher.getInstance(algorithm);
            PBEKeySpec password = new PBEKeySpec("nobody knows".toCharArray());
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(password));
            byte[] secret = cipher.doFinal(der(pem));
            AlgorithmParameters parameters = cipher.getParameters();
            return new EncryptedPrivateKeyInfo(parameters, secret).getEncoded();
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("this Java encrypts no keys", e);
        }
    }

    /** As OpenSSL wrote it for long; what is encrypted does not count. */
    private static String oldEncrypted() {
        String lines = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC," + "0A".repeat(16) + "\n\n";
        return new Pem("RSA PRIVATE KEY", lines + "AAAA".repeat(16)).text();
    }
}
