package io.signalbox.applier;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.process.Metrics;
import java.util.ArrayList;
import java.util.List;

/** Until when each certificate holds, and how many are refused. One thread. */
final class CertificateMetrics {
    private final CertificateKeeper keeper;
    private final MultiGauge notAfter;
    private List<CertificateKeeper.Standing> shown = List.of();
    private volatile int refused;

    CertificateMetrics(CertificateKeeper keeper, Metrics metrics) {
        this.keeper = keeper;
        this.notAfter =
                MultiGauge.builder("signalbox.applier.certificate.not.after.seconds")
                        .description("Until when a certificate holds, in seconds since 1970.")
                        .register(metrics.registry());
        metrics.gauge(
                "certificates.refused",
                "Certificates in the store that are not used as they are.",
                () -> refused);
        update();
    }

    /** Takes over what the keeper knows now. */
    void update() {
        List<CertificateKeeper.Standing> now = keeper.standing();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        int bad = 0;
        for (CertificateKeeper.Standing standing : now) {
            Certificate certificate = standing.certificate();
            bad += standing.refused().isEmpty() ? 0 : 1;
            if (certificate != null) {
                rows.add(
                        MultiGauge.Row.of(
                                Tags.of("name", standing.name()),
                                certificate.notAfter().getEpochSecond()));
            }
        }
        refused = bad;
        notAfter.register(rows, true);
    }
}
