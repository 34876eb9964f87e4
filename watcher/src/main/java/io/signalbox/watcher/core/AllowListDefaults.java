package io.signalbox.watcher.core;

import io.signalbox.watcher.core.AllowList.Rule;
import io.signalbox.watcher.core.AllowList.Treatment;
import java.util.ArrayList;
import java.util.List;

/** The rules that hold on every host: what Signalbox and its predecessors are declared with. */
final class AllowListDefaults {
    private AllowListDefaults() {}

    static final List<Rule> LABELS =
            rules(
                    List.of(
                            "signalbox.*",
                            "com.docker.compose.project",
                            "com.docker.compose.service",
                            "com.docker.compose.oneoff",
                            "com.docker.compose.container-number",
                            "com.docker.stack.namespace",
                            "com.docker.swarm.service.id",
                            "com.docker.swarm.service.name",
                            "com.docker.swarm.task",
                            "com.docker.swarm.task.id",
                            "com.docker.swarm.task.name",
                            "com.docker.swarm.node.id",
                            "com.docker.dockercloud.haproxy.deactivate",
                            "com.df.*",
                            "traefik.*"),
                    List.of(
                            // Also where the key is not quite right, and nobody reads the value.
                            new Rule("signalbox.*auth.user*", Treatment.PASSWORD),
                            new Rule("signalbox.*password*", Treatment.KEY),
                            new Rule("signalbox.headers.request.set.*authorization", Treatment.KEY),
                            new Rule("signalbox.headers.request.add.*authorization", Treatment.KEY),
                            new Rule("signalbox.headers.request.set.cookie", Treatment.KEY),
                            new Rule("signalbox.headers.request.add.cookie", Treatment.KEY),
                            new Rule("com.df.users", Treatment.PASSWORD),
                            new Rule("com.df.users.*", Treatment.PASSWORD),
                            new Rule("com.df.serviceCert*", Treatment.KEY),
                            new Rule("traefik.*basicauth.users", Treatment.PASSWORD),
                            new Rule("traefik.*auth.basic", Treatment.PASSWORD),
                            new Rule("traefik.*auth.basic.users", Treatment.PASSWORD),
                            // Not wherever the word stands: a router of that name must be seen.
                            new Rule("traefik.*middlewares.*.digestauth*", Treatment.NEVER),
                            new Rule("traefik.*auth.digest*", Treatment.NEVER),
                            new Rule("traefik.*customrequestheaders*", Treatment.NEVER),
                            new Rule("traefik.*customresponseheaders*", Treatment.NEVER),
                            new Rule("traefik.*middlewares.*.plugin.*", Treatment.NEVER)));

    static final List<Rule> ENVIRONMENT =
            rules(
                    List.of(
                            "SERVICE_NAME",
                            "SERVICE_PORT",
                            "SERVICE_PORTS",
                            "SERVICE_PREDICATE",
                            "SERVICE_CONFIG_MODE",
                            "SERVICE_COOKIE",
                            "PORT",
                            "PREDICATE",
                            "CONFIG_MODE",
                            "COOKIE",
                            "VIRTUAL_HOST*",
                            "VIRTUAL_PORT",
                            "VIRTUAL_PATH",
                            "VIRTUAL_DEST",
                            "VIRTUAL_PROTO",
                            "VIRTUAL_ROOT",
                            "NETWORK_ACCESS",
                            "HTTPS_METHOD",
                            "CERT_NAME",
                            "SSL_POLICY",
                            "HSTS",
                            "SERVER_TOKENS",
                            "APPSESSION",
                            "EXTRA_ROUTE_SETTINGS",
                            "TCP_PORTS",
                            "EXCLUDE_PORTS",
                            "EXCLUDE_BASIC_AUTH",
                            "BALANCE",
                            "FORCE_SSL",
                            "FAILOVER",
                            "GZIP_COMPRESSION_TYPE",
                            "HEALTH_CHECK",
                            "HSTS_MAX_AGE",
                            "HTTP_CHECK",
                            "OPTION"),
                    List.of(
                            new Rule("SSL_CERT", Treatment.KEY),
                            new Rule("DEFAULT_SSL_CERT", Treatment.KEY),
                            // Text of any kind, and other software has a variable of that name.
                            new Rule("EXTRA_SETTINGS", Treatment.KEY),
                            new Rule("HTTP_BASIC_AUTH*", Treatment.PASSWORD),
                            new Rule("HTTP_BASIC_AUTH_SECURE*", Treatment.PASSWORD_HASH)));

    private static List<Rule> rules(List<String> plain, List<Rule> guarded) {
        List<Rule> all = new ArrayList<>();
        plain.forEach(pattern -> all.add(new Rule(pattern, Treatment.PLAIN)));
        all.addAll(guarded);
        return List.copyOf(all);
    }
}
