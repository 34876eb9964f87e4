package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of each label {@code com.df.*}. */
public final class DockerFlowRows {
    /** Of each destination, by an index behind the name; without it for all. */
    public static final List<Row> OF_DESTINATION =
            List.of(
                    Row.route(
                            "servicePath",
                            "signalbox.path",
                            "/demo,/api",
                            "A route each. By whole segments, as is meant: `/demo` does not take"
                                    + " `/demolition`, unless pathType says `path_beg`."),
                    Row.route(
                            "servicePathExclude",
                            "signalbox.path.exclude",
                            "/demo/private",
                            "By whole segments; not beside a pathType."),
                    Row.route(
                            "pathType",
                            "signalbox.path",
                            "path_beg",
                            "path_beg, path, path_end, path_sub, path_dir or path_reg. Letters are"
                                    + " compared as they are, with `-i` too."),
                    Row.route(
                            "serviceDomain",
                            "signalbox.host",
                            "acme.com,*.acme.org",
                            "Hosts, exactly, unless serviceDomainAlgo says otherwise. `*.acme.org`"
                                    + " is all below, of that domain alone, not of all of the list."),
                    Row.route(
                            "serviceHeader",
                            "signalbox.header.<field>",
                            "X-Version:2,X-Beta:yes",
                            "All of them must have these values."),
                    Row.route(
                            "userAgent",
                            "signalbox.header.user-agent",
                            "Firefox,curl",
                            "One of these texts must be in it; letters are compared as they are."),
                    Row.route("port", "signalbox.port", "8080", "The port of the application."),
                    Row.route(
                            "httpsPort",
                            "signalbox.port",
                            "8443",
                            "Requests through TLS go to this port, by a service of its own."),
                    Row.route(
                            "srcPort",
                            "signalbox.scheme",
                            "80",
                            "80 is the plain scheme, 443 TLS; any other is signalbox.entrypoint"
                                    + " `port-<number>`, which the group must have."),
                    Row.route(
                            "srcHttpsPort",
                            "signalbox.scheme",
                            "443",
                            "As srcPort, of requests for httpsPort."),
                    Row.route(
                            "reqMode",
                            "signalbox.tcp.<name>.entrypoint",
                            "tcp",
                            "http, tcp or sni. Connections come at the entry point"
                                    + " `port-<srcPort>`, which the group must have with `mode: tcp`,"
                                    + " and `sni: true` for sni; its names stand in servicePath or"
                                    + " serviceDomain, exact ones and all below a domain."),
                    Row.route(
                            "httpsOnly",
                            "signalbox.redirect.https",
                            "true",
                            "With status httpsRedirectCode, else 302."),
                    Row.policy(
                            "httpsRedirectCode",
                            "signalbox.redirect.https",
                            "301",
                            "The status of that redirect."),
                    Row.route(
                            "denyHttp",
                            "signalbox.scheme",
                            "true",
                            "Requests that do not come through TLS do not come here: 404, not 403."),
                    Row.route(
                            "allowedMethods",
                            "signalbox.method",
                            "GET,POST",
                            "Others do not come here: 404, not 403. GET brings HEAD with it."),
                    Row.route(
                            "deniedMethods",
                            "signalbox.method",
                            "PUT,DELETE",
                            "All usual methods but these."),
                    Row.refusedWhole(
                            "verifyClientSsl",
                            "entry-points.*.client-ca",
                            "true",
                            "client certificates are asked for by an entry point of the group"),
                    Row.route(
                            "ignoreAuthorization",
                            "signalbox.auth.users",
                            "true",
                            "This destination is a service of its own, without passwords."),
                    Row.route(
                            "redirectFromDomain",
                            "signalbox.redirect.host",
                            "www.acme.com",
                            "To the first of serviceDomain, with status 301 and the scheme of the"
                                    + " request."),
                    Row.policy(
                            "reqPathSearchReplace",
                            "signalbox.path.rewrite",
                            "^/demo/,/",
                            "One pair, from the path's beginning."),
                    Row.refusedWhole(
                            "outboundHostname",
                            "",
                            "db.example.com",
                            "it leads to another host, which is no container's to say"),
                    Row.policy(
                            "sslVerifyNone",
                            "signalbox.server.protocol",
                            "true",
                            "Servers speak TLS, of which the certificate is not verified."),
                    Row.policy("timeoutServer", "signalbox.timeout.server", "20", "Seconds."),
                    Row.policy("timeoutTunnel", "signalbox.timeout.tunnel", "3600", "Seconds."),
                    Row.refused(
                            "timeoutClient",
                            "signalbox.timeout.tunnel",
                            "20",
                            "how long a connection may be silent is one time for both sides"),
                    Row.refused(
                            "clitcpka",
                            "signalbox.timeout.tunnel",
                            "true",
                            "TCP's own keep-alive is not used"),
                    Row.policy("checkTcp", "signalbox.check", "true", "Of reqMode tcp and sni."),
                    Row.policy(
                            "serviceGroup",
                            "signalbox.tcp.<name>.service",
                            "databases",
                            "Of reqMode tcp and sni: all of a group are servers of one service."),
                    Row.policy(
                            "balanceGroup",
                            "signalbox.balance",
                            "leastconn",
                            "Of reqMode tcp and sni."),
                    Row.needless("userDef", "x", "only a template read it"));

    /** Of the whole service. */
    public static final List<Row> OF_SERVICE =
            List.of(
                    Row.route("notify", "signalbox.enable", "true", "Without it nothing is read."),
                    Row.route("serviceName", "signalbox.service", "go-demo", "The name."),
                    Row.policy(
                            "shortName",
                            "signalbox.service",
                            "true",
                            "The name of the service without that of its stack."),
                    Row.needless(
                            "aclName",
                            "05-go-demo",
                            "it orders rules; here the more specific route goes first, or the one"
                                    + " with the higher signalbox.priority"),
                    Row.route(
                            "proxyInstanceName",
                            "signalbox.group",
                            "internal",
                            "The group, unless it is `docker-flow`."),
                    Row.refusedWhole(
                            "notifyService",
                            "signalbox.group",
                            "monitor",
                            "which proxies serve it is said by the group"),
                    Row.policy(
                            "isDefaultBackend",
                            "signalbox.default",
                            "true",
                            "Requests that no route takes go to the first destination."),
                    Row.policy("sessionType", "signalbox.sticky", "sticky-server", "By a cookie."),
                    Row.policy(
                            "connectionMode",
                            "",
                            "http-keep-alive",
                            "Connections are kept; other modes are refused."),
                    header("addReqHeader", "request.add"),
                    header("setReqHeader", "request.set"),
                    header("delReqHeader", "request.delete"),
                    header("addResHeader", "response.add"),
                    header("setResHeader", "response.set"),
                    header("delResHeader", "response.delete"),
                    header("addHeader", "request.add"),
                    header("setHeader", "request.set"),
                    Row.policy(
                            "compressionAlgo",
                            "signalbox.compress",
                            "gzip",
                            "gzip, for this service alone."),
                    Row.policy(
                            "compressionType",
                            "signalbox.compress",
                            "text/html text/plain",
                            "Beside compressionAlgo."),
                    Row.route(
                            "serviceDomainAlgo",
                            "signalbox.host",
                            "hdr(host)",
                            "hdr, hdr_beg, hdr_dom, hdr_end, hdr_sub or hdr_reg of host. hdr_beg of"
                                    + " a whole name is that name, since `acme.com` should not take"
                                    + " `acme.com.evil.org`; of `api.` it is `api.*`."),
                    Row.route(
                            "serviceDomainMatchAll",
                            "signalbox.host",
                            "true",
                            "As serviceDomainAlgo=hdr_dom(host)."),
                    Row.route(
                            "redirectWhenHttpProto",
                            "signalbox.redirect.https",
                            "true",
                            "X-Forwarded-Proto counts where the group trusts who says it."),
                    Row.route(
                            "redirectUnlessHttpsProto",
                            "signalbox.redirect.https",
                            "true",
                            "As redirectWhenHttpProto."),
                    Row.policy(
                            "reqPathSearch",
                            "signalbox.path.rewrite",
                            "^/demo/",
                            "With reqPathReplace, as reqPathSearchReplace."),
                    Row.policy(
                            "reqPathReplace", "signalbox.path.rewrite", "/", "With reqPathSearch."),
                    Row.route(
                            "users",
                            "signalbox.auth.users",
                            "ann:$1$aaaaaaaa$aaaaaaaaaaaaaaaaaaaaa1",
                            "Those with a password of their own; if there is none, nobody comes in."),
                    Row.route(
                            "usersSecret",
                            "signalbox.auth.list",
                            "admins",
                            "Without users: those of the file `admins.htpasswd` of each proxy, and"
                                    + " nobody where there is none. Beside users it is refused."),
                    Row.needless("usersPassEncrypted", "true", "a hash is known by how it looks"),
                    Row.policy(
                            "scrapeNetwork",
                            "signalbox.network",
                            "proxy",
                            "The network whose address is used."),
                    Row.refusedWhole(
                            "templateFePath",
                            "signalbox.host",
                            "/tmpl/fe",
                            "templates of containers are not followed: say it in labels"),
                    Row.refusedWhole(
                            "templateBePath",
                            "signalbox.timeout.server",
                            "/tmpl/be",
                            "templates of containers are not followed: say it in labels"),
                    Row.refusedWhole(
                            "backendExtra",
                            "signalbox.headers.response.set.<Name>",
                            "http-request deny",
                            "configuration text of containers is not followed, and it may keep"
                                    + " requests out: say it in labels"),
                    Row.refused(
                            "serviceCert",
                            "",
                            "sha256:00",
                            "private keys in labels can be read by many: put the certificate into"
                                    + " the certificates of each proxy"),
                    Row.needless("distribute", "true", "every proxy of the group follows the log"),
                    Row.needless("replicas", "2", "the servers are the containers that run"),
                    Row.needless("discoveryType", "DNS", "addresses come from the log"),
                    Row.needless("checkResolvers", "true", "addresses come from the log"));

    private static final Set<String> OF_OTHERS =
            Set.of(
                    "scrapePort",
                    "scrapeType",
                    "scrapeInterval",
                    "scrapeTimeout",
                    "metricsPath",
                    "alertName",
                    "alertIf",
                    "alertFor",
                    "alertLabels",
                    "alertAnnotations",
                    "alertPersistent",
                    "scaleMin",
                    "scaleMax",
                    "scaleDownBy",
                    "scaleUpBy");
    private static final Row OTHERS =
            Row.needless("alertName", "memlimit", "it is meant for Docker Flow Monitor or Scaler");

    private DockerFlowRows() {}

    private static Row header(String key, String natively) {
        boolean delete = natively.endsWith("delete");
        return Row.policy(
                key,
                "signalbox.headers." + natively + ".<Name>",
                delete ? "X-Powered-By" : "X-Color blue",
                "Comma-separated. X-Forwarded-For, -Proto, -Host and -Port are set anyway; what has"
                        + " a condition or a format in it is refused.");
    }

    /** What is known of a key behind the prefix, with or without an index. */
    public static Optional<Row> of(String key) {
        String name = Key.of(key).name();
        boolean indexed = !name.equals(key);
        Optional<Row> known =
                OF_DESTINATION.stream().filter(row -> row.key().equals(name)).findFirst();
        if (known.isPresent()) {
            return known;
        }
        String bare = name.equals("serviceCert") ? name : key;
        Optional<Row> ofService =
                OF_SERVICE.stream().filter(row -> row.key().equals(bare)).findFirst();
        if (ofService.isPresent()) {
            return ofService;
        }
        if (OF_OTHERS.contains(name)) {
            return Optional.of(OTHERS);
        }
        return indexed
                ? OF_SERVICE.stream()
                        .filter(row -> row.key().equals(name))
                        .map(DockerFlowRows::noIndex)
                        .findFirst()
                : Optional.empty();
    }

    private static Row noIndex(Row row) {
        String rule = "it holds for the whole service: it has no index";
        return row.treatment() == Row.Treatment.NOT_NEEDED
                ? row
                : new Row(
                        row.key(),
                        Row.Treatment.REFUSED,
                        row.whole(),
                        "com.df." + row.key(),
                        "",
                        rule);
    }
}
