package io.signalbox.haproxy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How many requests one client may send in a time. A client is an IPv4 address or an IPv6 network
 * of 64 bits, which is what one line at a provider has. Each HAProxy counts for itself, and from
 * the beginning after a reload.
 *
 * @param requests 1 to 1,000,000
 * @param per whole seconds, 1 s to 24 h
 */
public record RateLimit(int requests, Duration per) {

    /** So many clients are remembered; of more, those that were away longest are forgotten. */
    static final String CLIENTS = "100k";

    private static final String LIMITED = "{ var(txn.limited) -m bool }";

    public RateLimit {
        FrameSettings.checkRange("requests", requests, 1, 1_000_000);
        if (per.compareTo(Duration.ofSeconds(1)) < 0
                || per.compareTo(Duration.ofDays(1)) > 0
                || !per.equals(per.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalValue(
                    "time of a rate", "must be whole seconds, 1 s to 24 h", per.toString());
        }
    }

    /** The same of connections. */
    void writeTcp(ConfigWriter text) {
        var time = per.toSeconds() + "s";
        text.line("stick-table type ipv6 size " + CLIENTS + " expire " + time)
                .words("store conn_rate(" + time + ")")
                .line("tcp-request content track-sc0 src,ipmask(32,64)")
                .line("tcp-request content reject if { sc_conn_rate(0) gt " + requests + " }");
    }

    void write(ConfigWriter text) {
        var time = per.toSeconds() + "s";
        text.line("stick-table type ipv6 size " + CLIENTS + " expire " + time)
                .words("store http_req_rate(" + time + ")")
                .line("http-request track-sc0 src,ipmask(32,64)")
                .line("http-request set-var(txn.limited) bool(true)")
                .words("if { sc_http_req_rate(0) gt " + requests + " }")
                .line("http-request deny deny_status 429 if " + LIMITED)
                .line("http-after-response set-header Retry-After " + per.toSeconds())
                .words("if " + LIMITED);
    }
}
