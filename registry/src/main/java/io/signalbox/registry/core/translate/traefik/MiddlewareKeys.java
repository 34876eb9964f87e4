package io.signalbox.registry.core.translate.traefik;

import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.BECOMES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.CLOSES;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.NOT_NEEDED;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.Verdict.REFUSED;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.row;

import io.signalbox.registry.core.translate.traefik.TraefikKeys.Row;
import java.util.List;

/** The labels of Traefik's middlewares, and what becomes of each. */
final class MiddlewareKeys {
    private static final String M = "traefik.http.middlewares.<name>.";
    private static final String H = M + "headers.";

    /** All rows in their order. */
    static final List<Row> ALL =
            List.of(
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
                            "it does not leave its host, and there are no plugins"));

    private MiddlewareKeys() {}
}
