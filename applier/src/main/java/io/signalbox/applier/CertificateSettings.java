package io.signalbox.applier;

import io.signalbox.applier.certificates.Certificate;
import io.signalbox.applier.certificates.CertificateKeeper;
import io.signalbox.applier.certificates.Refused;
import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applier's settings about certificates.
 *
 * @param store where the operator puts them; below the applier's directory if empty
 * @param pem one given as text, for names that no certificate of the store has
 * @param api who may change the store by HTTP
 */
record CertificateSettings(Optional<Path> store, Optional<String> pem, CertificateApiSettings api) {
    private static final Logger log = LoggerFactory.getLogger(CertificateSettings.class);

    static final Setting<Optional<Path>> STORE =
            Setting.optional(
                    "certificates",
                    SettingType.PATH,
                    "Where certificates lie, each with chain and key as NAME.pem, or as NAME.crt and"
                            + " NAME.key; certificates below the applier's directory if absent.");
    static final Setting<Optional<String>> PEM =
            Setting.optional(
                            "certificate",
                            SettingType.TEXT,
                            "A certificate with chain and key in PEM, for names that no other has;"
                                    + " \\n stands for a line end.")
                    .asSecret();

    /** Names that other proxies have for the same; none of them is a setting of ours. */
    static final List<String> ALIASES = List.of("SSL_CERT", "DEFAULT_SSL_CERT");

    static CertificateSettings from(SettingValues values) {
        return new CertificateSettings(
                values.get(STORE), values.get(PEM), CertificateApiSettings.from(values));
    }

    /**
     * The keeper of certificates that these settings ask for.
     *
     * @param environment the process'
     * @param check the command that checks a configuration
     * @throws StartFailure if the certificate given as text cannot serve
     */
    CertificateKeeper keeper(Places places, Map<String, String> environment, List<String> check) {
        return CertificateStore.keeper(
                places,
                store.orElseGet(() -> places.root().resolve("certificates")),
                certificate(environment),
                check);
    }

    private Optional<Certificate> certificate(Map<String, String> environment) {
        if (pem.isPresent()) {
            try {
                return Optional.of(parse(pem.get()));
            } catch (Refused e) {
                throw new StartFailure(PEM.key() + " must be a certificate: " + e.why());
            }
        }
        for (String alias : ALIASES) {
            String text = environment.getOrDefault(alias, "");
            if (!text.isBlank()) {
                try {
                    return Optional.of(parse(text));
                } catch (Refused e) {
                    // The variable may be meant for another program.
                    log.atWarn()
                            .addKeyValue("variable", alias)
                            .addKeyValue("error", e.why())
                            .log("a certificate in the environment is not used");
                }
            }
        }
        return Optional.empty();
    }

    private static Certificate parse(String text) throws Refused {
        return Certificate.parse(text.replace("\\n", "\n"), Instant.now());
    }
}
