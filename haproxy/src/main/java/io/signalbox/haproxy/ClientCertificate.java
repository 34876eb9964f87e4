package io.signalbox.haproxy;

/**
 * Whether whoever sends a request, or opened a connection, showed a certificate that the entry
 * point believes. Where none is asked for, and without TLS, nobody did.
 */
final class ClientCertificate {

    /** What must hold, all of it. */
    static final String SHOWN = "{ ssl_c_used } { ssl_c_verify 0 }";

    private ClientCertificate() {}

    /** Refuses every request without one. */
    static void write(ConfigWriter text) {
        text.line("http-request deny deny_status 403 unless " + SHOWN);
    }

    /** Refuses those of them that fit a condition. */
    static void writeIf(ConfigWriter text, String condition) {
        text.line("http-request deny deny_status 403")
                .words("if " + condition + " !{ ssl_c_used }")
                .words("or " + condition + " !{ ssl_c_verify 0 }");
    }

    /** Closes every connection without one. */
    static void writeTcp(ConfigWriter text) {
        text.line("tcp-request content reject unless " + SHOWN);
    }
}
