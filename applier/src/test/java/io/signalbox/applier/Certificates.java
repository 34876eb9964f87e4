package io.signalbox.applier;

import io.signalbox.applier.certificates.CertificateKeeper;
import java.util.List;
import java.util.Optional;

/** Keepers of certificates for tests. */
final class Certificates {
    private Certificates() {}

    /** One whose store is below the applier's directory, and empty at first. */
    static CertificateKeeper none(Places places) {
        return CertificateStore.keeper(
                places, places.root().resolve("store"), Optional.empty(), List.of());
    }
}
