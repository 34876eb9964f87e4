package io.signalbox.haproxy;

/**
 * Where the certificates of a machine lie, as its configurations and its commands name them.
 *
 * @param directory the directory of all of them
 */
public record CertificateFiles(ConfigPath directory) {

    /** The list of all certificates, beside them. */
    public static final String LIST = "list";

    /** The certificate for names that no other has; the first of the list. */
    public static final String DEFAULT = "default";

    /** The directory of the certificates that are chosen by their names. */
    public static final String NAMED = "named";

    /** The directory of those who sign certificates of clients. */
    public static final String CLIENT_CA = "client-ca";

    /** The list of all certificates. */
    public ConfigPath list() {
        return directory.resolve(LIST);
    }

    /** The certificate for names that no other has. */
    public ConfigPath standard() {
        return directory.resolve(DEFAULT);
    }

    /** One that is chosen by the names in it. */
    public ConfigPath named(CertificateName name) {
        return directory.resolve(NAMED).resolve(name.value());
    }

    /** Those who sign certificates of clients. */
    public ConfigPath clientCa(CertificateName name) {
        return directory.resolve(CLIENT_CA).resolve(name.value());
    }
}
