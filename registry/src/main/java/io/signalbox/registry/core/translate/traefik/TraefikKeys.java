package io.signalbox.registry.core.translate.traefik;

import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.BECOMES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.CLOSES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.NOT_NEEDED;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.REFUSED;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All labels of Traefik that are known, and what becomes of each; the manual is made of it. */
public final class TraefikKeys {

    /** What becomes of a label. */
    public enum Verdict {
        /** It becomes native labels. */
        BECOMES("becomes"),
        /** It is refused; what it belongs to is served without it. */
        REFUSED("refused"),
        /** It is refused, and what it belongs to is not served: it might be open without it. */
        CLOSES("refused, not served"),
        /** What it asks for is always so, or does not exist here. */
        NOT_NEEDED("not needed");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** As the manual says it. */
        public String text() {
            return text;
        }
    }

    /**
     * One row.
     *
     * @param key in small letters, {@code <name>} for one word of the user's, an asterisk for any
     *     characters
     * @param meaning the native labels that it becomes, or the reason
     * @param alternative the native label that does something alike; empty for none
     */
    public record Row(String key, Verdict verdict, String meaning, String alternative) {

        private Pattern pattern() {
            StringBuilder regex = new StringBuilder();
            for (String word : key.split("(?=<)|(?<=>)|(?=\\*)|(?<=\\*)", -1)) {
                regex.append(
                        switch (word) {
                            case "<name>" -> "[^.]+";
                            case "*" -> ".*";
                            default -> Pattern.quote(word);
                        });
            }
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        }
    }

    private static final String R = "traefik.http.routers.<name>.";
    private static final String S = "traefik.http.services.<name>.loadbalancer.";

    private static final List<Row> OF_ROUTERS =
            List.of(
                    row(
                            "traefik.enable",
                            BECOMES,
                            "`false`: nothing of it is read; `true`: without a rule of its own it is served at Traefik's default host"),
                    row("traefik.docker.network", BECOMES, "`signalbox.network`"),
                    row("traefik.swarm.network", BECOMES, "`signalbox.network`"),
                    row(
                            "traefik.docker.lbswarm",
                            NOT_NEEDED,
                            "requests go to containers, not through Swarm's balancer"),
                    row(
                            "traefik.swarm.lbswarm",
                            NOT_NEEDED,
                            "requests go to containers, not through Swarm's balancer"),
                    row(
                            "traefik.docker.allownonrunning",
                            NOT_NEEDED,
                            "a service without running containers stays known anyway"),
                    row(
                            "traefik.constraint-label*",
                            NOT_NEEDED,
                            "which containers a group serves is said in its definition"),
                    row(
                            R + "rule",
                            BECOMES,
                            "`signalbox.routes.<name>.host`, `.path`, `.method`, `.header.<field>`, `.query.<field>`, `.source`: one route for each alternative"),
                    row(
                            R + "rulesyntax",
                            NOT_NEEDED,
                            "the matchers of versions 2 and 3 are both read"),
                    row(
                            R + "entrypoints",
                            BECOMES,
                            "`signalbox.routes.<name>.entrypoint`, the same names"),
                    row(
                            R + "priority",
                            BECOMES,
                            "`signalbox.routes.<name>.priority` where it is above the rule's length"),
                    row(R + "service", BECOMES, "`signalbox.service`"),
                    row(R + "middlewares", BECOMES, "what its middlewares become"),
                    row(R + "tls", BECOMES, "`signalbox.routes.<name>.scheme=https`"),
                    row(
                            R + "tls.certresolver",
                            REFUSED,
                            "certificates are those in each proxy's folder; none are fetched",
                            "docs/certificates.md"),
                    row(
                            R + "tls.domains*",
                            REFUSED,
                            "certificates are those in each proxy's folder; none are fetched",
                            "docs/certificates.md"),
                    row(
                            R + "tls.options",
                            CLOSES,
                            "options of TLS may ask for certificates of clients, and are not known here",
                            "signalbox.client-certificate"),
                    row(
                            R + "observability.*",
                            NOT_NEEDED,
                            "logs and metrics are settings of the group"),
                    row(S + "server.port", BECOMES, "`signalbox.port`"),
                    row(S + "server.scheme", BECOMES, "`signalbox.server.protocol`"),
                    row(S + "server.weight", BECOMES, "`signalbox.server.weight`"),
                    row(S + "server.url", CLOSES, "a container is served at its own address"),
                    row(S + "server.preservepath", NOT_NEEDED, "a server has no path of its own"),
                    row(S + "sticky", BECOMES, "`signalbox.sticky=true`"),
                    row(S + "sticky.cookie", BECOMES, "`signalbox.sticky=true`"),
                    row(S + "sticky.cookie.name", BECOMES, "`signalbox.sticky.cookie`"),
                    row(S + "sticky.cookie.secure", BECOMES, "`signalbox.sticky.secure`"),
                    row(S + "sticky.cookie.httponly", NOT_NEEDED, "the cookie always is HttpOnly"),
                    row(S + "sticky.cookie.*", REFUSED, "the cookie has no other attributes"),
                    row(S + "healthcheck.path", BECOMES, "`signalbox.check.path`"),
                    row(S + "healthcheck.hostname", BECOMES, "`signalbox.check.host`"),
                    row(S + "healthcheck.status", BECOMES, "`signalbox.check.status`"),
                    row(S + "healthcheck.interval", BECOMES, "`signalbox.check.interval`"),
                    row(
                            S + "healthcheck.method",
                            BECOMES,
                            "nothing where it is GET; any other is refused"),
                    row(
                            S + "healthcheck.mode",
                            BECOMES,
                            "nothing where it is http; with any other there is no check by HTTP"),
                    row(
                            S + "healthcheck.followredirects",
                            NOT_NEEDED,
                            "a redirect counts as a good answer unless the status says otherwise"),
                    row(
                            S + "healthcheck.*",
                            REFUSED,
                            "a check has a path, a host, a status and an interval",
                            "signalbox.check.path"),
                    row(
                            S + "passivehealthcheck.*",
                            REFUSED,
                            "errors of servers are counted another way",
                            "signalbox.server.error-limit"),
                    row(
                            S + "passhostheader",
                            BECOMES,
                            "nothing where it is true, as servers always see the client's Host; `false` is refused"),
                    row(
                            S + "responseforwarding.*",
                            NOT_NEEDED,
                            "responses are passed on as they come"),
                    row(
                            S + "serverstransport",
                            REFUSED,
                            "how servers are spoken to is said of each service",
                            "signalbox.server.protocol"),
                    row(
                            S + "strategy",
                            BECOMES,
                            "`signalbox.balance`: wrr is roundrobin, p2c is random, hrw is source, leasttime is leastconn"));

    private static final List<Row> OTHERS =
            List.of(
                    row("traefik.tcp.*", REFUSED, "TCP is not read from labels of Traefik"),
                    row("traefik.udp.*", REFUSED, "HAProxy has no UDP"),
                    row(
                            "traefik.tls.*",
                            REFUSED,
                            "certificates are those in each proxy's folder",
                            "docs/certificates.md"),
                    row("traefik.http.*", CLOSES, "Traefik has no such label"),
                    row(
                            "traefik.*",
                            REFUSED,
                            "labels of Traefik 1 are not read; those of 2 and 3 are"));

    /** All rows; of those that fit a label the first counts. */
    public static final List<Row> ALL =
            Stream.of(OF_ROUTERS, MiddlewareKeys.ALL, OTHERS).flatMap(List::stream).toList();

    private static final List<Known> KNOWN =
            ALL.stream().map(row -> new Known(row, row.pattern())).toList();

    private TraefikKeys() {}

    private record Known(Row row, Pattern pattern) {}

    static Row row(String key, Verdict verdict, String meaning) {
        return row(key, verdict, meaning, "");
    }

    static Row row(String key, Verdict verdict, String meaning, String alternative) {
        return new Row(key, verdict, meaning, alternative);
    }

    /** The row of a label; empty for one of something else. */
    static Optional<Row> of(String label) {
        String small = label.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> known.pattern().matcher(small).matches())
                .map(Known::row)
                .findFirst();
    }
}
