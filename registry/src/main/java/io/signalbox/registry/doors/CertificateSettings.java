package io.signalbox.registry.doors;

import io.signalbox.process.Setting;
import io.signalbox.process.SettingType;
import io.signalbox.process.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the certificates go that come in by Docker Flow Proxy's door.
 *
 * @param appliers all of the group's; none where the door takes no certificates
 * @param tokenFile given where there are appliers: what they want as {@code certificates-token}
 * @param plain whether other machines may send them, though keys then cross the network as they are
 */
record CertificateSettings(List<ApplierAddress> appliers, Optional<Path> tokenFile, boolean plain) {
    private static final String NAME = "door-docker-flow-certificates";

    static final Setting<List<ApplierAddress>> APPLIERS =
            Setting.of(
                    NAME,
                    SettingType.list(SettingType.of(ApplierAddress.form(), ApplierAddress::parse)),
                    "none",
                    "Where appliers take certificates (their certificates-listen): those that come"
                            + " in by that door go to all of these.");
    static final Setting<Optional<Path>> TOKEN_FILE =
            Setting.optional(
                    NAME + "-token-file",
                    SettingType.PATH,
                    "File with the token that those appliers want (their certificates-token).");
    static final Setting<Boolean> PLAIN =
            Setting.of(
                    NAME + "-plain",
                    SettingType.FLAG,
                    "false",
                    "Whether that door takes certificates, with their keys, from other machines"
                            + " too: it speaks no TLS.");

    /** All of them. */
    static final List<Setting<?>> ALL = List.of(APPLIERS, TOKEN_FILE, PLAIN);

    CertificateSettings {
        appliers = List.copyOf(appliers);
    }

    /**
     * What the values say.
     *
     * @throws io.signalbox.process.StartFailure where appliers are named and no token
     */
    static CertificateSettings from(SettingValues values) {
        CertificateSettings settings =
                new CertificateSettings(
                        values.get(APPLIERS), values.get(TOKEN_FILE), values.get(PLAIN));
        if (!settings.appliers.isEmpty() && settings.tokenFile.isEmpty()) {
            throw values.mistake(APPLIERS, "needs " + TOKEN_FILE.key());
        }
        return settings;
    }
}
