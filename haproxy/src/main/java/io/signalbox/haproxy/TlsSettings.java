package io.signalbox.haproxy;

import java.util.Optional;

/**
 * How an entry point speaks TLS; the certificates are the machine's.
 *
 * @param clientCa who signs certificates of clients; empty if clients need none
 * @param clientOptional whether a client without certificate comes in too
 */
public record TlsSettings(
        Profile profile, Optional<CertificateName> clientCa, boolean clientOptional) {

    /** Both protocols of HTTP, the newer one preferred. */
    private static final String ALPN = "h2,http/1.1";

    private static final String CIPHER_SUITES =
            "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
    private static final String CIPHERS =
            "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
                    + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384"
                    + ":ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    /** Versions and ciphers, as today's recommendations have them. */
    public enum Profile {
        /** TLS 1.2 and 1.3 with forward secrecy, for all clients of the last ten years. */
        INTERMEDIATE("TLSv1.2"),
        /** TLS 1.3 alone. */
        MODERN("TLSv1.3");

        private final String oldest;

        Profile(String oldest) {
            this.oldest = oldest;
        }
    }

    /**
     * From what a definition says.
     *
     * @param profile a profile's name
     * @param clientCa empty if clients need no certificate
     */
    public static TlsSettings of(String profile, String clientCa, boolean clientOptional) {
        return new TlsSettings(
                Profile.valueOf(profile),
                clientCa.isEmpty() ? Optional.empty() : Optional.of(new CertificateName(clientCa)),
                clientOptional);
    }

    /**
     * The arguments of {@code bind} behind the address, separated by a space.
     *
     * @param http whether HTTP is spoken, so that its versions are agreed on
     */
    String bindArguments(boolean http) {
        var text =
                new StringBuilder("ssl crt-list " + Placeholder.CERTIFICATES.token() + "/")
                        .append(CertificateFiles.LIST)
                        .append(http ? " alpn " + ALPN : "")
                        .append(" ssl-min-ver ")
                        .append(profile.oldest);
        if (profile == Profile.INTERMEDIATE) {
            text.append(" ciphers " + CIPHERS);
        }
        text.append(" ciphersuites " + CIPHER_SUITES)
                .append(" curves X25519:prime256v1:secp384r1 no-tls-tickets");
        clientCa.ifPresent(
                name ->
                        text.append(" ca-file " + Placeholder.CERTIFICATES.token() + "/")
                                .append(CertificateFiles.CLIENT_CA + "/")
                                .append(name)
                                .append(" verify ")
                                .append(clientOptional ? "optional" : "required"));
        return text.toString();
    }
}
