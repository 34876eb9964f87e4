package io.signalbox.haproxy;

/**
 * Whether a request came through TLS: to this HAProxy, or to a proxy before it that the entry point
 * believes. Entry points set {@code X-Forwarded-Proto} themselves and keep only what such a proxy
 * says, so it is no word of the client's.
 */
final class ThroughTls {

    /** The condition that it did. */
    static final String CONDITION = "{ var(txn.https) -m bool }";

    /** {@code https} or {@code http}. */
    static final String SCHEME = "%[var(txn.https),iif(https,http)]";

    private ThroughTls() {}

    /** Finds it out; before anything asks. */
    static void write(ConfigWriter text) {
        text.line("http-request set-var(txn.https) ssl_fc")
                .line("http-request set-var(txn.https) bool(true)")
                .words("if { req.fhdr(x-forwarded-proto) -m str https }");
    }
}
