package io.signalbox.registry.core.translate.traefik;

import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.BECOMES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.CLOSES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.NOT_NEEDED;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.REFUSED;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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
    private static final String M = "traefik.http.middlewares.<name>.";
    private static final String H = M + "headers.";

    /** All rows; of those that fit a label the first counts. */
    public static final List<Row> ALL =
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
                            "options of TLS may ask for certificates of clients; they belong to the group's entry points",
                            "entry-points.*.client-ca"),
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
                            "`signalbox.balance`: wrr is roundrobin, p2c is random, hrw is source, leasttime is leastconn"),
                    row(
                            M + "redirectscheme.scheme",
                            BECOMES,
                            "`signalbox.redirect.https` where it is https"),
                    row(M + "redirectscheme.permanent", BECOMES, "status 308 instead of 307"),
                    row(M + "redirectscheme.port", REFUSED, "redirects to https have no port"),
                    row(
                            M + "redirectregex.*",
                            BECOMES,
                            "`signalbox.redirect.host` where it sends one host to another with the same path"),
                    row(
                            M + "stripprefix.prefixes*",
                            BECOMES,
                            "`signalbox.path.rewrite`; X-Forwarded-Prefix is not set"),
                    row(
                            M + "stripprefix.forceslash",
                            NOT_NEEDED,
                            "a path always begins with a slash"),
                    row(
                            M + "stripprefixregex.*",
                            REFUSED,
                            "the prefix is taken away by characters only",
                            "signalbox.path.rewrite"),
                    row(M + "addprefix.prefix", BECOMES, "`signalbox.path.prefix`"),
                    row(M + "replacepath.path", BECOMES, "`signalbox.path.rewrite`"),
                    row(
                            M + "replacepathregex.*",
                            BECOMES,
                            "`signalbox.path.rewrite` where it fits from the path's beginning to its end"),
                    row(H + "stsseconds", BECOMES, "`signalbox.hsts`"),
                    row(H + "stsincludesubdomains", BECOMES, "`signalbox.hsts`"),
                    row(H + "stspreload", BECOMES, "`signalbox.hsts`"),
                    row(H + "forcestsheader", REFUSED, "the header is said through TLS only"),
                    row(H + "sslredirect", BECOMES, "`signalbox.redirect.https`"),
                    row(H + "ssltemporaryredirect", BECOMES, "status 307 instead of 308"),
                    row(
                            H + "framedeny",
                            BECOMES,
                            "`signalbox.headers.response.set.X-Frame-Options=DENY`"),
                    row(
                            H + "customframeoptionsvalue",
                            BECOMES,
                            "`signalbox.headers.response.set.X-Frame-Options`"),
                    row(
                            H + "contenttypenosniff",
                            BECOMES,
                            "`signalbox.headers.response.set.X-Content-Type-Options=nosniff`"),
                    row(
                            H + "browserxssfilter",
                            BECOMES,
                            "`signalbox.headers.response.set.X-XSS-Protection=1; mode=block`"),
                    row(
                            H + "custombrowserxssvalue",
                            BECOMES,
                            "`signalbox.headers.response.set.X-XSS-Protection`"),
                    row(
                            H + "contentsecuritypolicy",
                            BECOMES,
                            "`signalbox.headers.response.set.Content-Security-Policy`"),
                    row(
                            H + "contentsecuritypolicyreportonly",
                            BECOMES,
                            "`signalbox.headers.response.set.Content-Security-Policy-Report-Only`"),
                    row(
                            H + "referrerpolicy",
                            BECOMES,
                            "`signalbox.headers.response.set.Referrer-Policy`"),
                    row(
                            H + "permissionspolicy",
                            BECOMES,
                            "`signalbox.headers.response.set.Permissions-Policy`"),
                    row(
                            H + "featurepolicy",
                            BECOMES,
                            "`signalbox.headers.response.set.Feature-Policy`"),
                    row(H + "accesscontrolalloworiginlist*", BECOMES, "`signalbox.cors.origins`"),
                    row(H + "accesscontrolallowmethods*", BECOMES, "`signalbox.cors.methods`"),
                    row(H + "accesscontrolallowheaders*", BECOMES, "`signalbox.cors.headers`"),
                    row(H + "accesscontrolexposeheaders*", BECOMES, "`signalbox.cors.exposed`"),
                    row(
                            H + "accesscontrolallowcredentials",
                            BECOMES,
                            "`signalbox.cors.credentials`"),
                    row(H + "accesscontrolmaxage", BECOMES, "`signalbox.cors.max-age`"),
                    row(H + "addvaryheader", NOT_NEEDED, "Vary is said where the origin decides"),
                    row(
                            H + "allowedhosts*",
                            CLOSES,
                            "which hosts come in is said by routes",
                            "signalbox.host"),
                    row(H + "hostsproxyheaders*", NOT_NEEDED, "there is nothing that reads them"),
                    row(
                            H + "customrequestheaders.*",
                            CLOSES,
                            "it may carry a secret and does not leave its host",
                            "signalbox.headers.request.set.<Name>"),
                    row(
                            H + "customresponseheaders.*",
                            CLOSES,
                            "it may carry a secret and does not leave its host",
                            "signalbox.headers.response.set.<Name>"),
                    row(
                            H + "*",
                            REFUSED,
                            "this header is not set",
                            "signalbox.headers.response.set.<Name>"),
                    row(
                            M + "basicauth.users*",
                            BECOMES,
                            "`signalbox.auth.users`; of bcrypt and apr1, which HAProxy cannot check, nobody comes in"),
                    row(M + "basicauth.realm", BECOMES, "`signalbox.auth.realm`"),
                    row(
                            M + "basicauth.removeheader",
                            NOT_NEEDED,
                            "the password never reaches servers"),
                    row(M + "basicauth.headerfield", REFUSED, "servers are not told the user"),
                    row(
                            M + "basicauth.usersfile",
                            CLOSES,
                            "users stand in the label, as hashes",
                            "signalbox.auth.users"),
                    row(M + "ipallowlist.sourcerange*", BECOMES, "`signalbox.allow`"),
                    row(M + "ipwhitelist.sourcerange*", BECOMES, "`signalbox.allow`"),
                    row(
                            M + "ipallowlist.ipstrategy*",
                            CLOSES,
                            "whose word on the client's address is taken is said of entry points",
                            "entry-points.*.trusted-proxies"),
                    row(
                            M + "ipwhitelist.ipstrategy*",
                            CLOSES,
                            "whose word on the client's address is taken is said of entry points",
                            "entry-points.*.trusted-proxies"),
                    row(M + "ipallowlist.rejectstatuscode", REFUSED, "the status is 403"),
                    row(M + "ratelimit.average", BECOMES, "`signalbox.rate`, for each client"),
                    row(M + "ratelimit.period", BECOMES, "`signalbox.rate`"),
                    row(
                            M + "ratelimit.burst",
                            REFUSED,
                            "the rate holds for every span of its time"),
                    row(
                            M + "ratelimit.*",
                            REFUSED,
                            "the rate is counted for each client's address, by each proxy",
                            "signalbox.rate"),
                    row(M + "compress", BECOMES, "`signalbox.compress=true`"),
                    row(M + "compress.includedcontenttypes*", BECOMES, "`signalbox.compress`"),
                    row(
                            M + "compress.*",
                            REFUSED,
                            "compression has a list of media types alone",
                            "signalbox.compress"),
                    row(
                            M + "retry.attempts",
                            BECOMES,
                            "`signalbox.retries`, one less, as the first try is counted"),
                    row(M + "retry.*", REFUSED, "another server is tried at once"),
                    row(
                            M + "chain.middlewares*",
                            BECOMES,
                            "what its middlewares become; a circle closes the router"),
                    row(M + "contenttype*", NOT_NEEDED, "the type of a response is never guessed"),
                    row(
                            M + "errors.*",
                            REFUSED,
                            "pages of errors stand in labels",
                            "signalbox.error.<status>"),
                    row(
                            M + "inflightreq.*",
                            REFUSED,
                            "requests are bounded for each server",
                            "signalbox.server.maxconn"),
                    row(
                            M + "buffering.*",
                            REFUSED,
                            "requests and responses are passed on as they come"),
                    row(
                            M + "circuitbreaker.*",
                            REFUSED,
                            "errors take out single servers",
                            "signalbox.server.error-limit"),
                    row(M + "grpcweb.*", REFUSED, "gRPC-Web is not turned into gRPC"),
                    row(
                            M + "forwardauth.*",
                            CLOSES,
                            "no other service is asked",
                            "signalbox.auth.users"),
                    row(
                            M + "digestauth.*",
                            CLOSES,
                            "it does not leave its host; passwords are asked by basic authentication",
                            "signalbox.auth.users"),
                    row(
                            M + "passtlsclientcert*",
                            CLOSES,
                            "servers would believe what clients write into its header",
                            "entry-points.*.client-ca"),
                    row(
                            M + "plugin.*",
                            CLOSES,
                            "it does not leave its host, and there are no plugins"),
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

    private static final List<Known> KNOWN =
            ALL.stream().map(row -> new Known(row, row.pattern())).toList();

    private TraefikKeys() {}

    private record Known(Row row, Pattern pattern) {}

    private static Row row(String key, Verdict verdict, String meaning) {
        return row(key, verdict, meaning, "");
    }

    private static Row row(String key, Verdict verdict, String meaning, String alternative) {
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
