package io.signalbox.registry.core.translate.traefik;

import static io.signalbox.registry.core.translate.traefik.TraefikKeys.becomes;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.closes;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.needless;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.refused;

import io.signalbox.registry.core.translate.Row;
import java.util.List;

/** The labels of Traefik's routers of TCP, and what becomes of each. */
final class ConnectionKeys {
    private static final String R = "traefik.tcp.routers.<name>.";
    private static final String S = "traefik.tcp.services.<name>.loadbalancer.";
    private static final String M = "traefik.tcp.middlewares.<name>.";

    /** All rows in their order. */
    static final List<Row> ALL =
            List.of(
                    becomes(
                            R + "rule",
                            "`signalbox.tcp.<name>.sni`: HostSNI alone or with `||`, exact or `*`;"
                                    + " a rule with anything else is not followed"),
                    needless(R + "rulesyntax", "the matchers of versions 2 and 3 are both read"),
                    becomes(
                            R + "entrypoints",
                            "`signalbox.tcp.<name>.entrypoint`, the same names; the group says"
                                    + " `mode: tcp` of them. Without it the router is not followed"),
                    becomes(R + "service", "`signalbox.tcp.<name>.service`"),
                    becomes(R + "tls", "nothing: TLS ends here where the entry point says `tls`"),
                    becomes(
                            R + "tls.passthrough",
                            "nothing: TLS is passed on where the entry point says `sni: true`"),
                    closes(
                            R + "tls.options",
                            "options of TLS may ask for certificates of clients; they belong to"
                                    + " the group's entry points",
                            "entry-points.*.client-ca"),
                    refused(
                            R + "tls.*",
                            "certificates are those in each proxy's folder; none are fetched",
                            "docs/certificates.md"),
                    refused(
                            R + "priority",
                            "an exact name goes first, then the longer domain, then the rest"),
                    becomes(R + "middlewares", "what its middlewares become"),
                    becomes(S + "server.port", "`signalbox.tcp.<name>.port`"),
                    becomes(
                            S + "proxyprotocol",
                            "`signalbox.server.proxy-protocol`, of version 2 unless it says 1"),
                    becomes(S + "proxyprotocol.version", "`signalbox.server.proxy-protocol`"),
                    needless(
                            S + "terminationdelay",
                            "a side that has ended may be answered as long as both are not silent"),
                    refused(
                            S + "*",
                            "of servers of connections a port and the PROXY protocol are said"),
                    becomes(M + "ipallowlist.sourcerange*", "`signalbox.allow`"),
                    becomes(M + "ipwhitelist.sourcerange*", "`signalbox.allow`"),
                    refused(
                            M + "inflightconn.amount",
                            "connections are bounded for each server",
                            "signalbox.server.maxconn"));

    private ConnectionKeys() {}
}
