package io.signalbox.haproxy;

import io.signalbox.haproxy.FrameSettings.EntryPoint;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes what an entry point does with a connection and a request before it is known where they go:
 * whom it believes what, what it tells the servers, and what it sends to TLS.
 */
final class EntryText {

    private static final String TRUSTED = "{ var(txn.trusted) -m found }";

    /** Where certificates are asked for; never sent to TLS. */
    static final String ACME = "/.well-known/acme-challenge/";

    private EntryText() {}

    /** The arguments of {@code bind}. */
    static String bindArguments(EntryPoint entry) {
        var text = new StringBuilder(entry.listen().bindArguments());
        if (entry.acceptProxy() && entry.trustedProxies().isEmpty()) {
            text.append(" accept-proxy");
        }
        entry.tls()
                .ifPresent(tls -> text.append(' ').append(tls.bindArguments(entry.speaksHttp())));
        return text.toString();
    }

    /** Who sends a header of the PROXY protocol where not everybody does. */
    static void connection(ConfigWriter text, EntryPoint entry) {
        if (entry.acceptProxy() && !entry.trustedProxies().isEmpty()) {
            text.line("tcp-request connection expect-proxy layer4 if " + isTrusted(entry));
        }
    }

    private static String isTrusted(EntryPoint entry) {
        return entry.trustedProxies().stream()
                .map(Network::text)
                .collect(Collectors.joining(" ", "{ src ", " }"));
    }

    /**
     * What a server is told of the client: what a trusted proxy says stays and gets longer, what
     * anybody else says goes. Behind a trusted proxy its client is the client from then on.
     *
     * @param clientNames whether the group tells servers the names in certificates of clients
     */
    static void headers(ConfigWriter text, EntryPoint entry, boolean clientNames) {
        var anybody = entry.trustedProxies().isEmpty();
        if (!anybody) {
            text.line("http-request set-var(txn.trusted) bool(true) if " + isTrusted(entry))
                    .line("http-request set-var(txn.client) req.hdr(x-forwarded-for,-1)")
                    .words("if " + TRUSTED);
        }
        text.line("http-request del-header X-Forwarded- -m beg");
        if (!anybody) {
            text.words("unless " + TRUSTED);
        }
        text.line("http-request del-header Forwarded")
                .line("http-request add-header X-Forwarded-For %[src]");
        var tls = entry.tls().isPresent();
        say(text, "Proto", tls ? "https" : "http", !anybody);
        say(text, "Host", "%[req.fhdr(host)]", !anybody);
        text.line("http-request set-var(txn.port) int(" + (tls ? 443 : 80) + ")")
                .line("http-request set-var(txn.port) req.fhdr(host),port_only")
                .words("if { req.fhdr(host),port_only gt 0 }");
        say(text, "Port", "%[var(txn.port)]", !anybody);
        if (!anybody) {
            text.line("http-request set-src var(txn.client) if { var(txn.client) -m found }");
        }
        if (clientNames) {
            clientNames(text, entry);
        }
    }

    private static void say(ConfigWriter text, String what, String value, boolean unlessSaid) {
        text.line("http-request set-header X-Forwarded-" + what + " " + value);
        if (unlessSaid) {
            var header = "x-forwarded-" + what.toLowerCase(Locale.ROOT);
            text.words("unless { req.fhdr(" + header + ") -m found }");
        }
    }

    /** A client that says so itself, at whatever entry point, is not believed. */
    private static void clientNames(ConfigWriter text, EntryPoint entry) {
        text.line("http-request del-header X-SSL-Client- -m beg");
        if (entry.tls().flatMap(TlsSettings::clientCa).isPresent()) {
            text.line("http-request set-header X-SSL-Client-DN %[ssl_c_s_dn(,0,rfc2253)]")
                    .words("if { ssl_c_used }")
                    .line("http-request set-header X-SSL-Client-SHA1 %[ssl_c_sha1,hex]")
                    .words("if { ssl_c_used }");
        }
    }

    /** Everything goes to TLS, but what came by TLS to a trusted proxy, and ACME. */
    static void redirect(ConfigWriter text, EntryPoint entry) {
        entry.redirect()
                .ifPresent(
                        to ->
                                text.line("http-request deny deny_status 400")
                                        .words("unless { req.fhdr(host) -m found }")
                                        .line("http-request redirect location")
                                        .words(to.location() + " code " + to.status())
                                        .words("unless { req.fhdr(x-forwarded-proto) https }")
                                        .words("or { path_beg " + ACME + " }"));
    }
}
