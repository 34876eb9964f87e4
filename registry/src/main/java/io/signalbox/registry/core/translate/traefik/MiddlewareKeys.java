package io.signalbox.registry.core.translate.traefik;

import static io.signalbox.registry.core.translate.traefik.TraefikKeys.becomes;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.closes;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.needless;
import static io.signalbox.registry.core.translate.traefik.TraefikKeys.refused;

import io.signalbox.registry.core.translate.Row;
import java.util.List;

/** The labels of Traefik's middlewares, and what becomes of each. */
final class MiddlewareKeys {
    private static final String M = "traefik.http.middlewares.<name>.";
    private static final String H = M + "headers.";

    /** All rows in their order. */
    static final List<Row> ALL =
            List.of(
                    becomes(
                            M + "redirectscheme.scheme",
                            "`signalbox.redirect.https` where it is https"),
                    becomes(M + "redirectscheme.permanent", "status 308 instead of 307"),
                    refused(M + "redirectscheme.port", "redirects to https have no port"),
                    becomes(
                            M + "redirectregex.*",
                            "`signalbox.redirect.host` where it sends one host to another with the same path"),
                    becomes(
                            M + "stripprefix.prefixes*",
                            "`signalbox.path.rewrite`; X-Forwarded-Prefix is not set"),
                    needless(M + "stripprefix.forceslash", "a path always begins with a slash"),
                    refused(
                            M + "stripprefixregex.*",
                            "the prefix is taken away by characters only",
                            "signalbox.path.rewrite"),
                    becomes(M + "addprefix.prefix", "`signalbox.path.prefix`"),
                    becomes(M + "replacepath.path", "`signalbox.path.rewrite`"),
                    becomes(
                            M + "replacepathregex.*",
                            "`signalbox.path.rewrite` where it fits from the path's beginning to its end"),
                    becomes(H + "stsseconds", "`signalbox.hsts`"),
                    becomes(H + "stsincludesubdomains", "`signalbox.hsts`"),
                    becomes(H + "stspreload", "`signalbox.hsts`"),
                    refused(H + "forcestsheader", "the header is said through TLS only"),
                    becomes(H + "sslredirect", "`signalbox.redirect.https`"),
                    becomes(H + "ssltemporaryredirect", "status 307 instead of 308"),
                    becomes(
                            H + "framedeny",
                            "`signalbox.headers.response.set.X-Frame-Options=DENY`"),
                    becomes(
                            H + "customframeoptionsvalue",
                            "`signalbox.headers.response.set.X-Frame-Options`"),
                    becomes(
                            H + "contenttypenosniff",
                            "`signalbox.headers.response.set.X-Content-Type-Options=nosniff`"),
                    becomes(
                            H + "browserxssfilter",
                            "`signalbox.headers.response.set.X-XSS-Protection=1; mode=block`"),
                    becomes(
                            H + "custombrowserxssvalue",
                            "`signalbox.headers.response.set.X-XSS-Protection`"),
                    becomes(
                            H + "contentsecuritypolicy",
                            "`signalbox.headers.response.set.Content-Security-Policy`"),
                    becomes(
                            H + "contentsecuritypolicyreportonly",
                            "`signalbox.headers.response.set.Content-Security-Policy-Report-Only`"),
                    becomes(
                            H + "referrerpolicy",
                            "`signalbox.headers.response.set.Referrer-Policy`"),
                    becomes(
                            H + "permissionspolicy",
                            "`signalbox.headers.response.set.Permissions-Policy`"),
                    becomes(H + "featurepolicy", "`signalbox.headers.response.set.Feature-Policy`"),
                    becomes(H + "accesscontrolalloworiginlist*", "`signalbox.cors.origins`"),
                    becomes(H + "accesscontrolallowmethods*", "`signalbox.cors.methods`"),
                    becomes(H + "accesscontrolallowheaders*", "`signalbox.cors.headers`"),
                    becomes(H + "accesscontrolexposeheaders*", "`signalbox.cors.exposed`"),
                    becomes(H + "accesscontrolallowcredentials", "`signalbox.cors.credentials`"),
                    becomes(H + "accesscontrolmaxage", "`signalbox.cors.max-age`"),
                    needless(H + "addvaryheader", "Vary is said where the origin decides"),
                    closes(
                            H + "allowedhosts*",
                            "which hosts come in is said by routes",
                            "signalbox.host"),
                    needless(H + "hostsproxyheaders*", "there is nothing that reads them"),
                    closes(
                            H + "customrequestheaders.*",
                            "it may carry a secret and does not leave its host",
                            "signalbox.headers.request.set.<Name>"),
                    closes(
                            H + "customresponseheaders.*",
                            "it may carry a secret and does not leave its host",
                            "signalbox.headers.response.set.<Name>"),
                    refused(
                            H + "*",
                            "this header is not set",
                            "signalbox.headers.response.set.<Name>"),
                    closes(
                            M + "basicauth.usersfile",
                            "users stand in the label, as hashes",
                            "signalbox.auth.users"),
                    becomes(
                            M + "basicauth.users*",
                            "`signalbox.auth.users`; of bcrypt and apr1, which HAProxy cannot check, nobody comes in"),
                    becomes(M + "basicauth.realm", "`signalbox.auth.realm`"),
                    needless(M + "basicauth.removeheader", "the password never reaches servers"),
                    refused(M + "basicauth.headerfield", "servers are not told the user"),
                    becomes(M + "ipallowlist.sourcerange*", "`signalbox.allow`"),
                    becomes(M + "ipwhitelist.sourcerange*", "`signalbox.allow`"),
                    closes(
                            M + "ipallowlist.ipstrategy*",
                            "whose word on the client's address is taken is said of entry points",
                            "entry-points.*.trusted-proxies"),
                    closes(
                            M + "ipwhitelist.ipstrategy*",
                            "whose word on the client's address is taken is said of entry points",
                            "entry-points.*.trusted-proxies"),
                    refused(M + "ipallowlist.rejectstatuscode", "the status is 403"),
                    becomes(M + "ratelimit.average", "`signalbox.rate`, for each client"),
                    becomes(M + "ratelimit.period", "`signalbox.rate`"),
                    refused(M + "ratelimit.burst", "the rate holds for every span of its time"),
                    refused(
                            M + "ratelimit.*",
                            "the rate is counted for each client's address, by each proxy",
                            "signalbox.rate"),
                    becomes(M + "compress", "`signalbox.compress=true`"),
                    becomes(M + "compress.includedcontenttypes*", "`signalbox.compress`"),
                    refused(
                            M + "compress.*",
                            "compression has a list of media types alone",
                            "signalbox.compress"),
                    becomes(
                            M + "retry.attempts",
                            "`signalbox.retries`, one less, as the first try is counted"),
                    refused(M + "retry.*", "another server is tried at once"),
                    becomes(
                            M + "chain.middlewares*",
                            "what its middlewares become; a circle closes the router"),
                    needless(M + "contenttype*", "the type of a response is never guessed"),
                    refused(
                            M + "errors.*",
                            "pages of errors stand in labels",
                            "signalbox.error.<status>"),
                    refused(
                            M + "inflightreq.*",
                            "requests are bounded for each server",
                            "signalbox.server.maxconn"),
                    refused(M + "buffering.*", "requests and responses are passed on as they come"),
                    refused(
                            M + "circuitbreaker.*",
                            "errors take out single servers",
                            "signalbox.server.error-limit"),
                    refused(M + "grpcweb.*", "gRPC-Web is not turned into gRPC"),
                    closes(
                            M + "forwardauth.*",
                            "no other service is asked",
                            "signalbox.auth.users"),
                    closes(
                            M + "digestauth.*",
                            "it does not leave its host; passwords are asked by basic authentication",
                            "signalbox.auth.users"),
                    closes(
                            M + "passtlsclientcert*",
                            "servers would believe what clients write into its header",
                            "entry-points.*.client-ca"),
                    closes(M + "plugin.*", "it does not leave its host, and there are no plugins"));

    private MiddlewareKeys() {}
}
