package io.signalbox.bench.fuzz;

import java.util.List;
import java.util.Map;

/**
 * What containers say to other proxies: words and values that are good, by what makes a container
 * one of theirs. A variable is written with a dollar sign before its name.
 *
 * @param first what the container must say to be heard
 * @param words what it may say besides
 */
record ForeignWords(Map<String, String> first, List<Map.Entry<String, String>> words) {

    /** All systems whose words are read. */
    static final List<ForeignWords> ALL =
            List.of(dockerFlow(), dockercloud(), nginxProxy(), traefik(), cosmonaut());

    private static ForeignWords dockerFlow() {
        return new ForeignWords(
                Map.of(
                        "com.df.notify", "true",
                        "com.df.serviceDomain", "a.example",
                        "com.df.servicePath", "/demo",
                        "com.df.port", "8080"),
                List.of(
                        Map.entry("com.df.serviceName", "go-demo"),
                        Map.entry("com.df.servicePath.1", "/one"),
                        Map.entry("com.df.port.1", "8081"),
                        Map.entry("com.df.pathType", "path_reg"),
                        Map.entry("com.df.servicePathExclude", "/demo/private"),
                        Map.entry("com.df.serviceDomainAlgo", "hdr_end(host)"),
                        Map.entry("com.df.addReqHeader", "X-Color blue,X-Size big"),
                        Map.entry("com.df.setResHeader", "X-Color blue"),
                        Map.entry("com.df.allowedMethods", "GET,POST"),
                        Map.entry("com.df.httpsOnly", "true"),
                        Map.entry("com.df.httpsRedirectCode", "301"),
                        Map.entry("com.df.redirectFromDomain", "b.example"),
                        Map.entry("com.df.reqPathSearchReplace", "/demo/,/api/"),
                        Map.entry("com.df.timeoutServer", "30"),
                        Map.entry("com.df.users", "ann:secret"),
                        Map.entry("com.df.usersSecret", "monitor"),
                        Map.entry("com.df.backendExtra", "server x 192.0.2.1:80"),
                        Map.entry("com.df.sessionType", "sticky-server")));
    }

    private static ForeignWords dockercloud() {
        return new ForeignWords(
                Map.of("$VIRTUAL_HOST", "http://a.example, https://*.b.example/api/*"),
                List.of(
                        Map.entry("$VIRTUAL_HOST_WEIGHT", "10"),
                        Map.entry("$BALANCE", "leastconn"),
                        Map.entry("$COOKIE", "SRV insert indirect nocache"),
                        Map.entry("$EXCLUDE_PORTS", "9000"),
                        Map.entry("$EXTRA_ROUTE_SETTINGS", "send-proxy"),
                        Map.entry("$FORCE_SSL", "True"),
                        Map.entry("$GZIP_COMPRESSION_TYPE", "text/html text/plain"),
                        Map.entry("$HEALTH_CHECK", "check inter 2000 rise 2 fall 3"),
                        Map.entry("$HTTP_CHECK", "GET /ping HTTP/1.1\\r\\nHost:\\ a.example"),
                        Map.entry("$HSTS_MAX_AGE", "31536000"),
                        Map.entry("$OPTION", "httpclose,redispatch"),
                        Map.entry("$HTTP_BASIC_AUTH", "ann:secret"),
                        Map.entry("$FAILOVER", "yes")));
    }

    private static ForeignWords nginxProxy() {
        return new ForeignWords(
                Map.of("$VIRTUAL_HOST", "a.example,*.b.example,~^c[0-9]\\.example$"),
                List.of(
                        Map.entry("$VIRTUAL_PORT", "8080"),
                        Map.entry("$VIRTUAL_PATH", "/app/"),
                        Map.entry("$VIRTUAL_DEST", "/"),
                        Map.entry("$VIRTUAL_PROTO", "https"),
                        Map.entry("$HTTPS_METHOD", "noredirect"),
                        Map.entry("$NETWORK_ACCESS", "internal"),
                        Map.entry("$HSTS", "max-age=31536000"),
                        Map.entry(
                                "$VIRTUAL_HOST_MULTIPORTS",
                                "m.example:\n  \"/\":\n    port: 8080\n  \"/x\":\n    dest: /")));
    }

    private static ForeignWords traefik() {
        return new ForeignWords(
                Map.of(
                        "traefik.enable", "true",
                        "traefik.http.routers.r.rule",
                                "Host(`a.example`) && (PathPrefix(`/api`) || Method(`GET`))"),
                List.of(
                        Map.entry("traefik.http.routers.r.rule", "HostRegexp(`[a-z]+\\.example`)"),
                        Map.entry("traefik.http.routers.r.priority", "1000"),
                        Map.entry("traefik.http.routers.r.entrypoints", "http,internal"),
                        Map.entry("traefik.http.routers.r.middlewares", "m,n"),
                        Map.entry("traefik.http.routers.r.tls", "true"),
                        Map.entry("traefik.http.services.s.loadbalancer.server.port", "8080"),
                        Map.entry("traefik.http.services.s.loadbalancer.sticky.cookie", "true"),
                        Map.entry("traefik.http.middlewares.m.stripprefix.prefixes", "/api"),
                        Map.entry("traefik.http.middlewares.n.basicauth.users", "ann:secret"),
                        Map.entry("traefik.http.middlewares.m.redirectscheme.scheme", "https"),
                        Map.entry("traefik.http.middlewares.n.headers.stsSeconds", "31536000"),
                        Map.entry("traefik.http.middlewares.m.replacepathregex.regex", "^/(.*)$"),
                        Map.entry(
                                "traefik.http.middlewares.m.replacepathregex.replacement", "/x/$1"),
                        Map.entry(
                                "traefik.http.middlewares.m.ipallowlist.sourcerange", "10.0.0.0/8"),
                        Map.entry("traefik.http.middlewares.n.ratelimit.average", "100")));
    }

    private static ForeignWords cosmonaut() {
        return new ForeignWords(
                Map.of(
                        "$SERVICE_NAME", "app1",
                        "$PORT", "8080",
                        "$PREDICATE", "first.example.com",
                        "$CONFIG_MODE", "host"),
                List.of(
                        Map.entry("$COOKIE", "JSESSIONID"),
                        Map.entry("$CONFIG_MODE", "path"),
                        Map.entry("$PREDICATE", "service")));
    }
}
