package io.signalbox.applier.certificates;

import java.time.Duration;
import java.time.Instant;

/** Certificates for tests. */
public final class Make {
    private Make() {}

    /** A new one with a new key, in PEM. */
    public static String pem(String name) {
        return SelfSigned.make(name, Instant.now());
    }

    /** One whose time is over. */
    static String expired(String name) {
        return SelfSigned.make(name, Instant.now().minus(Duration.ofDays(4000)));
    }

    /** One whose time has not come. */
    static String early(String name) {
        return SelfSigned.make(name, Instant.now().plus(Duration.ofDays(2)));
    }

    /** Its certificates without its key. */
    public static String open(String pem) {
        return pem.substring(0, pem.indexOf("-----BEGIN PRIVATE KEY"));
    }

    /** Its key alone. */
    public static String key(String pem) {
        return pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY"));
    }

    /** One whose key is too short for HAProxy. */
    public static String weak() {
        return KeyForms.of("rsa-weak");
    }
}
