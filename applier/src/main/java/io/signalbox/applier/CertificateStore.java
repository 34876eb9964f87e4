package io.signalbox.applier;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.haproxy.CertificateFiles;
import io.signalbox.haproxy.ConfigPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the keeper of an applier's certificates, which asks HAProxy's binary about each. */
final class CertificateStore {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private CertificateStore() {}

    /**
     * A keeper that has looked at nothing yet.
     *
     * @param check the command that checks a configuration; empty if none can
     */
    static CertificateKeeper keeper(
            Places places, Path store, Optional<Certificate> fromEnvironment, List<String> check) {
        CertificateFiles files =
                new CertificateFiles(new ConfigPath(places.certificates().toString()));
        return new CertificateKeeper(
                store,
                fromEnvironment,
                files,
                pem -> check.isEmpty() ? Optional.empty() : refusal(check, pem));
    }

    /** A configuration that has nothing but that certificate in it; nothing listens. */
    private static Optional<String> refusal(List<String> check, Path pem)
            throws IOException, InterruptedException {
        Path config = Files.createTempFile("signalbox", ".cfg");
        try {
            Files.writeString(
                    config,
                    """
                    defaults
                        mode http
                        timeout connect 1s
                        timeout client 1s
                        timeout server 1s
                    frontend check
                        bind 127.0.0.1:1 ssl crt %s
                        http-request deny
                    """
                            .formatted(new ConfigPath(pem.toString())));
            List<String> command = new ArrayList<>(check);
            command.add(config.toString());
            Command.Ended ended = Command.run(command, PATIENCE);
            return ended.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of(HaproxyProcess.words(ended.output()));
        } finally {
            Files.deleteIfExists(config);
        }
    }
}
