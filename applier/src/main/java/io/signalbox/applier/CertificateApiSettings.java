package io.signalbox.applier;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.OwnCertificate;
import io.signalbox.applier.certificates.Refused;
import io.signalbox.process.HostPort;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who may change certificates by HTTP, and where.
 *
 * @param token of whoever may; nobody may if empty
 * @param listen where they are taken by TLS; nowhere if empty
 * @param certificate the file of the one that is shown there; one of the applier's own if empty
 * @param plain whether the plain endpoint takes them from other machines too
 */
record CertificateApiSettings(
        Optional<String> token,
        Optional<HostPort> listen,
        Optional<Path> certificate,
        boolean plain) {
    static final Setting<Optional<String>> TOKEN =
            Setting.optional(
                            "certificates-token",
                            SettingType.TEXT,
                            "Whoever sends it as bearer token may change certificates by HTTP;"
                                    + " nobody may if absent.")
                    .asSecret();
    static final Setting<Optional<HostPort>> LISTEN =
            Setting.optional(
                    "certificates-listen",
                    SettingType.HOST_PORT,
                    "Where certificates are taken by TLS; nowhere if absent.");
    static final Setting<Optional<Path>> CERTIFICATE =
            Setting.optional(
                    "certificates-listen-certificate",
                    SettingType.PATH,
                    "The file with certificate, chain and key in PEM that is shown there; if absent"
                            + " one that signed itself, whose fingerprint is in the log.");
    static final Setting<Boolean> PLAIN =
            Setting.of(
                    "certificates-plain",
                    SettingType.FLAG,
                    "false",
                    "Whether certificates, with their keys, are taken without TLS from other machines"
                            + " too.");

    /**
     * Takes the values out of those that were read.
     *
     * @throws StartFailure if an address is given and no token
     */
    static CertificateApiSettings from(SettingValues values) {
        if (values.get(LISTEN).isPresent() && values.get(TOKEN).isEmpty()) {
            throw values.mistake(TOKEN, "must be given with " + LISTEN.key());
        }
        return new CertificateApiSettings(
                values.get(TOKEN), values.get(LISTEN), values.get(CERTIFICATE), values.get(PLAIN));
    }

    /**
     * What is shown to clients.
     *
     * @param directory where one of the applier's own is kept, so that clients may remember it
     * @throws StartFailure if the file that is named cannot serve
     */
    Certificate shown(Path directory) {
        try {
            return certificate.isPresent()
                    ? Certificate.parse(Files.readString(certificate.get()), Instant.now())
                    : OwnCertificate.kept(directory.resolve("api.pem"), Instant.now());
        } catch (Refused e) {
            throw new StartFailure(
                    "%s must be a certificate that can serve: %s: %s"
                            .formatted(CERTIFICATE.key(), certificate.orElse(directory), e.why()));
        } catch (IOException e) {
            throw new StartFailure(
                    "%s must be a file that can be read: %s".formatted(CERTIFICATE.key(), e), e);
        }
    }
}
