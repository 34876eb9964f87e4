package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All labels of Traefik that are known, and what becomes of each; the manual is made of it. Keys
 * are in small letters, with {@code <name>} for one word of the user's and an asterisk for any
 * characters.
 */
public final class TraefikKeys {
    private static final String R = "traefik.http.routers.<name>.";
    private static final String S = "traefik.http.services.<name>.loadbalancer.";

    private static final List<Row> OF_ROUTERS =
            List.of(
                    becomes(
                            "traefik.enable",
                            "`false`: nothing of it is read; `true`: without a rule of its own it is served at Traefik's default host"),
                    becomes("traefik.docker.network", "`signalbox.network`"),
                    becomes("traefik.swarm.network", "`signalbox.network`"),
                    needless(
                            "traefik.docker.lbswarm",
                            "requests go to containers, not through Swarm's balancer"),
                    needless(
                            "traefik.swarm.lbswarm",
                            "requests go to containers, not through Swarm's balancer"),
                    needless(
                            "traefik.docker.allownonrunning",
                            "a service without running containers stays known anyway"),
                    needless(
                            "traefik.constraint-label*",
                            "which containers a group serves is said in its definition"),
                    becomes(
                            R + "rule",
                            "`signalbox.routes.<name>.host`, `.path`, `.method`, `.header.<field>`, `.query.<field>`, `.source`: one route for each alternative"),
                    needless(R + "rulesyntax", "the matchers of versions 2 and 3 are both read"),
                    becomes(
                            R + "entrypoints",
                            "`signalbox.routes.<name>.entrypoint`, the same names"),
                    becomes(
                            R + "priority",
                            "`signalbox.routes.<name>.priority` where it is above the rule's length"),
                    becomes(R + "service", "`signalbox.service`"),
                    becomes(R + "middlewares", "what its middlewares become"),
                    becomes(R + "tls", "`signalbox.routes.<name>.scheme=https`"),
                    refused(
                            R + "tls.certresolver",
                            "certificates are those in each proxy's folder; none are fetched",
                            "docs/certificates.md"),
                    refused(
                            R + "tls.domains*",
                            "certificates are those in each proxy's folder; none are fetched",
                            "docs/certificates.md"),
                    closes(
                            R + "tls.options",
                            "options of TLS may ask for certificates of clients, and are not known here",
                            "signalbox.client-certificate"),
                    needless(R + "observability.*", "logs and metrics are settings of the group"),
                    becomes(S + "server.port", "`signalbox.port`"),
                    becomes(S + "server.scheme", "`signalbox.server.protocol`"),
                    becomes(S + "server.weight", "`signalbox.server.weight`"),
                    closes(S + "server.url", "a container is served at its own address"),
                    needless(S + "server.preservepath", "a server has no path of its own"),
                    becomes(S + "sticky", "`signalbox.sticky=true`"),
                    becomes(S + "sticky.cookie", "`signalbox.sticky=true`"),
                    becomes(S + "sticky.cookie.name", "`signalbox.sticky.cookie`"),
                    becomes(S + "sticky.cookie.secure", "`signalbox.sticky.secure`"),
                    needless(S + "sticky.cookie.httponly", "the cookie always is HttpOnly"),
                    refused(S + "sticky.cookie.*", "the cookie has no other attributes"),
                    becomes(S + "healthcheck.path", "`signalbox.check.path`"),
                    becomes(S + "healthcheck.hostname", "`signalbox.check.host`"),
                    becomes(S + "healthcheck.status", "`signalbox.check.status`"),
                    becomes(S + "healthcheck.interval", "`signalbox.check.interval`"),
                    becomes(
                            S + "healthcheck.method",
                            "nothing where it is GET; any other is refused"),
                    becomes(
                            S + "healthcheck.mode",
                            "nothing where it is http; with any other there is no check by HTTP"),
                    needless(
                            S + "healthcheck.followredirects",
                            "a redirect counts as a good answer unless the status says otherwise"),
                    refused(
                            S + "healthcheck.*",
                            "a check has a path, a host, a status and an interval",
                            "signalbox.check.path"),
                    refused(
                            S + "passivehealthcheck.*",
                            "errors of servers are counted another way",
                            "signalbox.server.error-limit"),
                    becomes(
                            S + "passhostheader",
                            "nothing where it is true, as servers always see the client's Host; `false` is refused"),
                    needless(S + "responseforwarding.*", "responses are passed on as they come"),
                    refused(
                            S + "serverstransport",
                            "how servers are spoken to is said of each service",
                            "signalbox.server.protocol"),
                    becomes(
                            S + "strategy",
                            "`signalbox.balance`: wrr is roundrobin, p2c is random, hrw is source, leasttime is leastconn"));

    private static final List<Row> OTHERS =
            List.of(
                    refused("traefik.udp.*", "HAProxy has no UDP"),
                    refused(
                            "traefik.tls.*",
                            "certificates are those in each proxy's folder",
                            "docs/certificates.md"),
                    closes("traefik.http.*", "Traefik has no such label"),
                    refused("traefik.tcp.*", "Traefik has no such label"),
                    refused("traefik.*", "labels of Traefik 1 are not read; those of 2 and 3 are"));

    /** All rows; of those that fit a label the first counts. */
    public static final List<Row> ALL =
            Stream.of(OF_ROUTERS, MiddlewareKeys.ALL, ConnectionKeys.ALL, OTHERS)
                    .flatMap(List::stream)
                    .toList();

    private static final List<Known> KNOWN = ALL.stream().map(Known::of).toList();

    private TraefikKeys() {}

    private record Known(Row row, Pattern pattern) {

        static Known of(Row row) {
            StringBuilder regex = new StringBuilder();
            for (String word : row.key().split("(?=<)|(?<=>)|(?=\\*)|(?<=\\*)", -1)) {
                regex.append(
                        switch (word) {
                            case "<name>" -> "[^.]+";
                            case "*" -> ".*";
                            default -> Pattern.quote(word);
                        });
            }
            return new Known(row, Pattern.compile(regex.toString(), Pattern.DOTALL));
        }
    }

    static Row becomes(String key, String doc) {
        return Row.policy(key, "", "", doc);
    }

    static Row needless(String key, String doc) {
        return Row.needless(key, "", doc);
    }

    static Row refused(String key, String doc) {
        return refused(key, doc, "");
    }

    static Row refused(String key, String doc, String alternative) {
        return Row.refused(key, alternative, "", doc);
    }

    /** What it belongs to is not served: it might be open without it. */
    static Row closes(String key, String doc) {
        return closes(key, doc, "");
    }

    static Row closes(String key, String doc, String alternative) {
        return Row.refusedWhole(key, alternative, "", doc);
    }

    /** The row of a label; empty for one of something else. */
    public static Optional<Row> of(String label) {
        String small = label.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(small).matches())
                .map(Known::row)
                .findFirst();
    }
}
