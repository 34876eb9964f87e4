package io.signalbox.applier.certificates;

import io.signalbox.applier.certificates.CertificateKeeper.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks HAProxy whether it takes certificates before it is given them. One thread at a time. */
final class Candidates {
    private final DeployedCertificates deployed;
    private final Probe probe;
    private final Set<Certificate> accepted = new HashSet<>();

    Candidates(DeployedCertificates deployed, Probe probe) {
        this.deployed = deployed;
        this.probe = probe;
    }

    /** Asks about one. */
    void ask(Certificate certificate) throws Refused, IOException, InterruptedException {
        if (accepted.remove(certificate)) {
            return;
        }
        Path candidate = deployed.candidate("candidate", certificate.pem());
        try {
            Optional<String> words = words(candidate);
            if (words.isPresent()) {
                throw new Refused("HAProxy does not take it: " + words.get());
            }
        } finally {
            Files.deleteIfExists(candidate);
        }
    }

    private Optional<String> words(Path candidate) throws Refused, InterruptedException {
        try {
            return probe.refusal(candidate);
        } catch (IOException e) {
            throw new Refused("HAProxy cannot be asked about it: " + e.getMessage());
        }
    }

    /**
     * Asks about all of them at one go, because a program is started each time: if all are taken,
     * none is asked about again.
     */
    void askTogether(List<Certificate> certificates) throws InterruptedException {
        accepted.clear();
        try {
            if (certificates.size() > 1 && areTaken(certificates)) {
                accepted.addAll(certificates);
            }
        } catch (IOException e) {
            // Asked about one by one, each that cannot be is named.
        }
    }

    private boolean areTaken(List<Certificate> certificates)
            throws IOException, InterruptedException {
        Set<Path> files = new HashSet<>();
        try {
            for (int i = 0; i < certificates.size(); i++) {
                files.add(deployed.candidate("candidates/" + i, certificates.get(i).pem()));
            }
            Path directory = files.iterator().next().resolveSibling("");
            return probe.refusal(directory).isEmpty();
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
