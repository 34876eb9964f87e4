package io.signalbox.applier.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes a certificate that nobody signed but itself, so that an entry point can speak TLS before
 * the operator has given it one. No browser takes it for valid.
 */
final class SelfSigned {
    /** Whom it is for; says what it is to whoever looks at it. */
    static final String NAME = "signalbox-self-signed.invalid";

    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration SKEW = Duration.ofDays(1);
    private static final int SERIAL_BITS = 120;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_3 = 0xa3;
    private static final int DNS_NAME = 0x82;

    private static final byte[] ECDSA_SHA256 =
            Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.identifier(2, 5, 4, 3);
    private static final byte[] ALTERNATIVE_NAMES = Der.identifier(2, 5, 29, 17);

    private SelfSigned() {}

    /** A new one with a new key, in PEM. */
    static String make(String name, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(name, pair, now);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] certificate = Der.sequence(content, ECDSA_SHA256, Der.bits(signature.sign()));
            return Pem.of("CERTIFICATE", certificate).text()
                    + Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()).text();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no elliptic curves", e);
        }
    }

    private static byte[] content(String name, KeyPair pair, Instant now) {
        byte[] whom = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(name))));
        byte[] dnsName =
                Der.element(DNS_NAME, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return Der.sequence(
                Der.element(CONTEXT_0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS)),
                ECDSA_SHA256,
                whom,
                Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(LIFE))),
                whom,
                pair.getPublic().getEncoded(),
                Der.element(
                        CONTEXT_3,
                        Der.sequence(
                                Der.sequence(
                                        ALTERNATIVE_NAMES, Der.octets(Der.sequence(dnsName))))));
    }
}
