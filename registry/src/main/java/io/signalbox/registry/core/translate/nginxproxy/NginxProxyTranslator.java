package io.signalbox.registry.core.translate.nginxproxy;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NamesFrom;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Patterns;
import io.signalbox.registry.core.translate.Said;
import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translator;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * nginx-proxy's variables, of containers with {@code VIRTUAL_HOST} or {@code
 * VIRTUAL_HOST_MULTIPORTS}. As there, all containers with the same host and path are servers of one
 * service, whatever other hosts they have; it is called after them. A {@code VIRTUAL_HOST} with a
 * scheme, port or path in it is dockercloud-haproxy's.
 */
public final class NginxProxyTranslator implements Translator {
    private static final String HOST = "VIRTUAL_HOST";
    private static final String MULTI = "VIRTUAL_HOST_MULTIPORTS";
    private static final Set<String> OWN =
            Set.of(
                    MULTI,
                    "VIRTUAL_PATH",
                    "VIRTUAL_DEST",
                    "VIRTUAL_PROTO",
                    "NETWORK_ACCESS",
                    "HTTPS_METHOD");
    private static final List<String> OF_HOST =
            List.of("VIRTUAL_PORT", "VIRTUAL_PATH", "VIRTUAL_DEST", "VIRTUAL_PROTO");
    private static final int MOST = 100;

    @Override
    public Dialect dialect() {
        return Dialect.NGINX_PROXY;
    }

    /** Whether variables say what dockercloud-haproxy has no word for. */
    public static boolean isOwn(Map<String, String> all) {
        return OWN.stream().anyMatch(all::containsKey) || all.getOrDefault(HOST, "").contains("~");
    }

    private static boolean isOfAnother(String hosts) {
        return hosts.indexOf('/') >= 0
                || hosts.indexOf(':') >= 0
                || Said.split(hosts, ',').stream()
                        .anyMatch(
                                host ->
                                        host.indexOf('*') >= 0
                                                && !host.startsWith("*.")
                                                && !host.endsWith(".*"));
    }

    @Override
    public Optional<Translation> translate(Container container) {
        Map<String, String> all = container.environment();
        String host = all.get(HOST);
        boolean others = host != null && !isOwn(all) && isOfAnother(host);
        boolean withheld = host != null && io.signalbox.schemas.Withheld.parse(host).isPresent();
        if ((host == null && !all.containsKey(MULTI)) || (others && !withheld)) {
            return Optional.empty();
        }
        Map<String, String> said = new TreeMap<>();
        all.forEach(
                (key, value) -> {
                    if (NginxProxyRows.of(key).isPresent()) {
                        said.put(key, value);
                    }
                });
        Foreign foreign = new Foreign(Dialect.NGINX_PROXY, "", said, NginxProxyRows::of);
        new Reading(container, foreign, Policies.of(foreign), new TreeSet<>()).read();
        return Optional.of(foreign.translation());
    }

    /** What is served of one path of a host. */
    private record Place(Said host, Said path, Said port, Said dest, Said proto) {}

    /** One container's. */
    private record Reading(
            Container container, Foreign foreign, List<NativeWord> common, Set<String> sets) {

        void read() {
            Said multi = foreign.said(MULTI);
            if (multi != null) {
                for (String name : OF_HOST) {
                    unread(foreign.said(name));
                }
                unread(foreign.said(HOST));
                multi(multi);
            } else {
                single();
            }
        }

        private void unread(@Nullable Said said) {
            if (said != null) {
                foreign.needless(said, MULTI + " holds in its place");
            }
        }

        private void single() {
            Said hosts = foreign.known(HOST);
            for (String host : foreign.list(hosts)) {
                serve(
                        new Place(
                                new Said(HOST, host),
                                foreign.known("VIRTUAL_PATH"),
                                foreign.known("VIRTUAL_PORT"),
                                foreign.known("VIRTUAL_DEST"),
                                foreign.known("VIRTUAL_PROTO")));
            }
        }

        private void multi(Said multi) {
            Optional<MultiPorts.Node> read = MultiPorts.read(multi.value());
            if (read.isEmpty()) {
                String rule = "it is YAML: hosts, their paths, and of each port, dest and proto";
                foreign.refuseWhole(multi, "bad-yaml", rule, "signalbox.routes.<name>.host");
                return;
            }
            read.get()
                    .names()
                    .forEach(
                            (host, paths) -> {
                                if (paths.names().isEmpty()) {
                                    place(host, "", paths);
                                }
                                paths.names().forEach((path, node) -> place(host, path, node));
                            });
        }

        private void place(String host, String path, MultiPorts.Node node) {
            for (String name : node.names().keySet()) {
                if (!Set.of("port", "dest", "proto").contains(name)) {
                    Said said = new Said(MULTI, host + path + ": " + name);
                    foreign.refuse(said, "unknown-key", "it is port, dest or proto", null);
                }
            }
            serve(
                    new Place(
                            new Said(MULTI, host),
                            new Said(MULTI, path),
                            word(node, "port"),
                            word(node, "dest"),
                            word(node, "proto")));
        }

        private static Said word(MultiPorts.Node node, String name) {
            MultiPorts.Node word = node.names().get(name);
            return new Said(MULTI, word == null ? "" : word.word());
        }

        private void serve(Place place) {
            Optional<String> path = path(place.path().text());
            Optional<String> host = host(place.host().text());
            Optional<String> protocol = protocol(place.proto().lower());
            if (path.isEmpty() || host.isEmpty() || protocol.isEmpty()) {
                Said wrong = protocol.isEmpty() ? place.proto() : place.path();
                foreign.refuse(
                        host.isEmpty() ? place.host() : wrong,
                        protocol.isEmpty() ? "bad-protocol" : "bad-route",
                        protocol.isEmpty()
                                ? "only http, https, grpc and grpcs are spoken to servers"
                                : "its anchors must hold for all of the expression",
                        protocol.isEmpty() ? "signalbox.server.protocol" : "signalbox.host");
                return;
            }
            String set = place.host().lower() + (path.get().equals("/") ? "" : path.get());
            if (!sets.add(set)) {
                return;
            }
            if (sets.size() > MOST) {
                foreign.refuse(place.host(), "too-many", "at most 100 services are read", null);
                return;
            }
            foreign.put(set, common);
            if (!container.labels().containsKey("signalbox.service")) {
                String name = NamesFrom.text(set);
                foreign.put(set, new NativeWord("signalbox.service", name, place.host()));
            }
            foreign.put(set, new NativeWord("signalbox.host", host.get(), place.host()));
            if (!path.get().equals("/")) {
                foreign.put(set, new NativeWord("signalbox.path", path.get(), place.path()));
            }
            port(set, place);
            destination(set, place, path.get());
            if (!place.proto().text().isEmpty()) {
                foreign.put(
                        set,
                        new NativeWord("signalbox.server.protocol", protocol.get(), place.proto()));
            }
        }

        private void port(String set, Place place) {
            String port = place.port().text();
            if (!port.isEmpty()) {
                foreign.put(set, new NativeWord("signalbox.port", port, place.port()));
                return;
            }
            long exposed =
                    container.exposed().stream()
                            .filter(one -> one.protocol() == Protocol.TCP)
                            .count();
            if (exposed != 1) {
                foreign.put(set, new NativeWord("signalbox.port", "80", place.host()));
            }
        }

        private void destination(String set, Place place, String path) {
            Said dest = place.dest();
            if (dest.text().isEmpty()) {
                return;
            }
            if (!path.startsWith("/")) {
                String rule = "only a prefix of the path has something in its place";
                foreign.refuse(dest, "bad-rewrite", rule, "signalbox.path.rewrite");
                return;
            }
            boolean root = dest.text().equals("/");
            if (!path.equals("/")) {
                foreign.put(set, new NativeWord("signalbox.path.strip", "true", dest));
            } else if (root) {
                foreign.needless(dest, "the path stays as it is");
            }
            if (!root) {
                foreign.put(set, new NativeWord("signalbox.path.prefix", dest.text(), dest));
            }
        }

        private static Optional<String> host(String host) {
            return host.startsWith("~")
                    ? Patterns.hostAnywhere(host.substring(1)).map("~"::concat)
                    : Optional.of(host);
        }

        private static Optional<String> path(String path) {
            if (path.startsWith("~")) {
                boolean caseless = path.startsWith("~*");
                return Patterns.anywhere(path.substring(caseless ? 2 : 1).strip()).map("~"::concat);
            }
            if (path.startsWith("=")) {
                return Optional.of("=" + path.substring(1).strip());
            }
            String prefix = path.startsWith("^~") ? path.substring(2).strip() : path;
            return Optional.of(prefix.isEmpty() ? "/" : prefix);
        }

        private static Optional<String> protocol(String word) {
            return Optional.ofNullable(
                    switch (word.toLowerCase(Locale.ROOT)) {
                        case "", "http" -> "http";
                        case "https" -> "https";
                        case "grpc" -> "h2c";
                        case "grpcs" -> "h2";
                        default -> null;
                    });
        }
    }
}
