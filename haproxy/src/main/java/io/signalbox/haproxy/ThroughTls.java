package io.signalbox.haproxy;

/**
 * Whether a request came through TLS: to this HAProxy, or to a proxy before it that the entry point
 * believes. Entry points set {@code X-Forwarded-Proto} themselves and keep only what such a proxy
 * says, so it is no word of the client's.
 */
final class ThroughTls {

    /** The test of that. */
    static final String TEST = "var(txn.https) -m bool";

    /** The condition that it did. */
    static final String CONDITION = "{ " + ThroughTls.TEST + " }";

    /** The condition that an entry point says so to servers. */
    static final String SAID = "{ req.fhdr(x-forwarded-proto) -m str https }";

    /** {@code https} or {@code http}. */
    static final String SCHEME = "%[var(txn.https),iif(https,http)]";

    private ThroughTls() {}

    /** Finds it out; before anything asks. */
    static void write(ConfigWriter text) {
        text.line("http-request set-var(txn.https) ssl_fc")
                .line("http-request set-var(txn.https) bool(true)")
                .words("if " + SAID);
    }
}
