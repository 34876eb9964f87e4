package io.signalbox.applier.certificates;

import io.signalbox.process.KeyPin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;

/** A certificate that signed itself and stays the same, so that clients may remember it. */
public final class OwnCertificate {
    private static final Duration AT_LEAST = Duration.ofDays(90);

    private OwnCertificate() {}

    /**
     * The one in the file; a new one takes its place where there is none, or none that holds much
     * longer. Only the file's owner can read it.
     */
    public static Certificate kept(Path file, Instant now) throws IOException {
        if (Files.exists(file)) {
            try {
                return Certificate.parse(Files.readString(file), now.plus(AT_LEAST));
            } catch (Refused e) {
                // It ends soon, or somebody broke it.
            }
        }
        String pem = SelfSigned.make(SelfSigned.NAME, now);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pem, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try {
            return Certificate.parse(pem, now);
        } catch (Refused e) {
            throw new IllegalStateException("our own certificate cannot serve: " + e.why(), e);
        }
    }

    /** By what clients may know its key. */
    public static KeyPin pin(Certificate certificate) {
        try {
            byte[] pem = certificate.pem().getBytes(StandardCharsets.US_ASCII);
            return KeyPin.of(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem))
                            .getPublicKey());
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read cannot be read", e);
        }
    }
}
