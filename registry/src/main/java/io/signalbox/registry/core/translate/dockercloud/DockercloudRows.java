package io.signalbox.registry.core.translate.dockercloud;

import io.signalbox.registry.core.translate.Row;
import java.util.List;
import java.util.Optional;

/** What becomes of each variable of the {@code VIRTUAL_HOST} family of dockercloud-haproxy. */
public final class DockercloudRows {
    private static final String PASSWORDS = "HTTP_BASIC_AUTH";

    public static final List<Row> ALL =
            List.of(
                    Row.route(
                            "VIRTUAL_HOST",
                            "signalbox.host",
                            "https://www.example.com/api/*, example.org",
                            "A route for each entry. A path is exact unless it has `*`, and is"
                                    + " compared as it is. Without scheme and port an entry holds at"
                                    + " all entry points; a port that is neither 80 nor 443 is the"
                                    + " entry point `port-<number>`, which the group must have."
                                    + " Containers with the same VIRTUAL_HOST are one service."),
                    Row.policy(
                            "VIRTUAL_HOST_WEIGHT",
                            "signalbox.priority",
                            "10",
                            "1 to 1000000; 0 is no priority."),
                    Row.policy(
                            "VIRTUAL_PORT",
                            "signalbox.port",
                            "8080",
                            "nginx-proxy's word; it says the port here too."),
                    Row.route(
                            "SERVICE_PORTS",
                            "signalbox.port",
                            "8080",
                            "The first counts: a container is a server of a service once. Without"
                                    + " VIRTUAL_HOST the container is of the service"
                                    + " `default_service`, which has what no route takes."),
                    Row.policy(
                            "EXCLUDE_PORTS",
                            "signalbox.port",
                            "9000",
                            "The lowest exposed port that is not among them counts."),
                    Row.policy(
                            "TCP_PORTS",
                            "signalbox.tcp.<name>.entrypoint",
                            "9000",
                            "Connections at the entry point `port-<number>`, which the group must"
                                    + " have with `mode: tcp`, and with `tls` too for `9000/ssl`. All"
                                    + " containers with the port are one service, `port_<number>`;"
                                    + " HTTP does not take these ports."),
                    Row.policy(
                            "BALANCE",
                            "signalbox.balance",
                            "leastconn",
                            "roundrobin, static-rr, leastconn, first, random or source."),
                    Row.policy(
                            "COOKIE",
                            "signalbox.sticky",
                            "SRV insert indirect nocache",
                            "A name and insert, rewrite or prefix. Each server has a value of its"
                                    + " own."),
                    Row.refused(
                            "APPSESSION",
                            "signalbox.sticky",
                            "JSESSIONID len 52 timeout 3h",
                            "HAProxy has it no more: use a cookie"),
                    certificate("DEFAULT_SSL_CERT"),
                    certificate("SSL_CERT"),
                    Row.policy(
                            "EXCLUDE_BASIC_AUTH",
                            "signalbox.auth.users",
                            "yes",
                            "Not needed, as only services that say so ask for passwords; beside"
                                    + " HTTP_BASIC_AUTH it is refused."),
                    Row.route(
                            PASSWORDS,
                            "signalbox.auth.users",
                            "ann:$1$aaaaaaaa$aaaaaaaaaaaaaaaaaaaaa1",
                            "Also with a suffix, as HTTP_BASIC_AUTH_1; for this service alone."),
                    Row.route(
                            "HTTP_BASIC_AUTH_SECURE",
                            "signalbox.auth.users",
                            "ann:$1$aaaaaaaa$aaaaaaaaaaaaaaaaaaaaa1",
                            "The same; these are hashes and never passwords."),
                    Row.policy(
                            "EXTRA_ROUTE_SETTINGS",
                            "signalbox.server.proxy-protocol",
                            "send-proxy",
                            "send-proxy, send-proxy-v2, maxconn, weight, backup, slowstart, ssl with"
                                    + " verify none, and what HEALTH_CHECK may say."),
                    Row.refusedWhole(
                            "EXTRA_SETTINGS",
                            "signalbox.headers.response.set.<Name>",
                            "sha256:00",
                            "configuration text of containers is not followed, and it may keep"
                                    + " requests out: say it in labels"),
                    Row.policy(
                            "FAILOVER",
                            "signalbox.server.backup",
                            "yes",
                            "Anything but `false`, `no`, `off` and `0`. Of this container alone."),
                    Row.policy(
                            "FORCE_SSL",
                            "signalbox.redirect.https",
                            "True",
                            "With status 301; anything but `False`, `no`, `off` and `0`."),
                    Row.policy(
                            "GZIP_COMPRESSION_TYPE",
                            "signalbox.compress",
                            "text/html text/plain",
                            "Media types."),
                    Row.policy(
                            "HEALTH_CHECK",
                            "signalbox.check",
                            "check inter 2000 rise 2 fall 3",
                            "check, inter, rise and fall."),
                    Row.policy(
                            "HTTP_CHECK",
                            "signalbox.check.path",
                            "GET /ping HTTP/1.1\\r\\nHost:\\ www.example.com",
                            "GET or HEAD of a path, which is asked for with GET; another method is"
                                    + " refused."),
                    Row.policy(
                            "HSTS_MAX_AGE",
                            "signalbox.hsts",
                            "31536000",
                            "With includeSubDomains, said only through TLS."),
                    Row.policy(
                            "OPTION",
                            "",
                            "redispatch, forwardfor",
                            "redispatch, forwardfor, httplog, dontlognull and http-keep-alive are"
                                    + " always so; others are refused."));

    private DockercloudRows() {}

    private static Row certificate(String key) {
        return Row.refused(
                key,
                "",
                "sha256:00",
                "private keys in variables do not leave the host: put the certificate into the"
                        + " certificates of each proxy");
    }

    /** What is known of a variable. */
    public static Optional<Row> of(String key) {
        String name = key;
        if (key.startsWith("HTTP_BASIC_AUTH_SECURE_")) {
            name = "HTTP_BASIC_AUTH_SECURE";
        } else if (key.startsWith(PASSWORDS + "_") && !key.equals("HTTP_BASIC_AUTH_SECURE")) {
            name = PASSWORDS;
        }
        String known = name;
        return ALL.stream().filter(row -> row.key().equals(known)).findFirst();
    }
}
