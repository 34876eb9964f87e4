package io.signalbox.registry.core.doors;

import io.signalbox.haproxy.ConfigWriter;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.schemas.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The configuration that Lambda-Registry answered with, line for line. It is its clients': what
 * Signalbox's own HAProxy gets is made of the same facts by the renderer, and better (each server
 * has a cookie value of its own there). One thread, one text.
 */
final class LambdaText {
    private static final List<String> DEFAULTS =
            List.of(
                    "log global",
                    "mode http",
                    "option httplog",
                    "option dontlognull",
                    "option forwardfor",
                    "option http-server-close",
                    "timeout connect 5000",
                    "timeout client 50000",
                    "timeout server 50000");

    private final ConfigWriter frontend =
            new ConfigWriter().section("frontend", new Identifier("http")).line("bind :80");
    private final ConfigWriter backends = new ConfigWriter();

    /**
     * Adds a service.
     *
     * @param instances its servers by id
     */
    void service(
            String service, LambdaAttributes attributes, SortedMap<String, Endpoint> instances) {
        Identifier name = new Identifier(service);
        frontend.line("acl")
                .value(name.value())
                .words(attributes.byPath() ? "url_beg" : "hdr(host) -i")
                .value(attributes.predicate());
        frontend.line("use_backend").value(name.value()).words("if").value(name.value());
        backends.section("backend", name)
                .line("mode http")
                .line("balance roundrobin")
                .line("option forwardfor");
        if (!attributes.cookie().isEmpty()) {
            backends.line("cookie").value(attributes.cookie()).words("prefix nocache");
        }
        instances.forEach((id, endpoint) -> server(id, endpoint, attributes.cookie()));
    }

    /** The whole text. */
    String text() {
        ConfigWriter head = new ConfigWriter();
        head.section("global")
                .line("log 127.0.0.1 local0")
                .line("log 127.0.0.1 local1 notice")
                .line("maxconn 4096")
                .line("user haproxy")
                .line("group haproxy")
                .line("daemon");
        head.section("defaults");
        DEFAULTS.forEach(head::line);
        List<String> lines = new ArrayList<>(head.toLines());
        lines.add("# Define frontends");
        lines.addAll(frontend.toLines());
        lines.add("# Define backends");
        lines.addAll(backends.toLines());
        return String.join("\n", lines) + "\n";
    }

    private void server(String id, Endpoint endpoint, String cookie) {
        backends.line("server")
                .value(new Identifier(id).value())
                .value(new ServerAddress(endpoint.address(), endpoint.port()).toString())
                .words("check");
        if (!cookie.isEmpty()) {
            backends.words("cookie").value(cookie);
        }
    }
}
