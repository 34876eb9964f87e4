package io.signalbox.registry.core.translate.nginxproxy;

import io.signalbox.registry.core.translate.Row;
import java.util.List;
import java.util.Optional;

/** What becomes of each of nginx-proxy's variables. */
public final class NginxProxyRows {
    public static final List<Row> ALL =
            List.of(
                    Row.route(
                            "VIRTUAL_HOST",
                            "signalbox.host",
                            "shop.example.com, *.shop.example.org, shop.*, ~^s[0-9]+\\.example\\.net$",
                            "All containers with a host and path are one service, which is called"
                                    + " after them."),
                    Row.route(
                            "VIRTUAL_HOST_MULTIPORTS",
                            "signalbox.routes.<name>.host",
                            "{a.example: {/: {port: 8080}}}",
                            "YAML of hosts, paths, and of each port, dest and proto. It holds in"
                                    + " place of VIRTUAL_HOST, _PORT, _PATH, _DEST and _PROTO."),
                    Row.route(
                            "VIRTUAL_PORT",
                            "signalbox.port",
                            "8080",
                            "Without it the only exposed port, else 80."),
                    Row.route(
                            "VIRTUAL_PATH",
                            "signalbox.path",
                            "/api",
                            "By whole segments, as is meant: `/api` does not take `/apix`. `=/api`"
                                    + " is exact, `~` is before a regular expression."),
                    Row.policy(
                            "VIRTUAL_DEST",
                            "signalbox.path.strip",
                            "/",
                            "Takes the place of VIRTUAL_PATH in the path that the application"
                                    + " sees."),
                    Row.route(
                            "VIRTUAL_PROTO",
                            "signalbox.server.protocol",
                            "https",
                            "http, https, grpc or grpcs; uwsgi and fastcgi are refused."),
                    Row.needless("VIRTUAL_ROOT", "/var/www", "it is about fastcgi"),
                    Row.route(
                            "NETWORK_ACCESS",
                            "signalbox.allow",
                            "internal",
                            "internal is 127.0.0.0/8 and the private networks; external is"
                                    + " everywhere."),
                    Row.route(
                            "HTTPS_METHOD",
                            "signalbox.redirect.https",
                            "redirect",
                            "redirect (308), noredirect, nohttp and nohttps. Without it nothing is"
                                    + " redirected unless the group says so."),
                    Row.policy(
                            "HSTS",
                            "signalbox.hsts",
                            "max-age=31536000; includeSubDomains",
                            "off for none, as without it."),
                    Row.refused(
                            "CERT_NAME",
                            "",
                            "shared",
                            "a certificate is found by the host among the certificates of each"
                                    + " proxy"),
                    Row.refused(
                            "SSL_POLICY",
                            "entry-points.*.tls",
                            "Mozilla-Modern",
                            "how TLS is spoken is said by an entry point of the group"),
                    Row.needless("SERVER_TOKENS", "off", "HAProxy does not name itself"));

    private NginxProxyRows() {}

    /** What is known of a variable. */
    public static Optional<Row> of(String key) {
        return ALL.stream().filter(row -> row.key().equals(key)).findFirst();
    }
}
