package io.signalbox.registry.core.translate.dockercloud;

import io.signalbox.registry.core.dialect.TcpKeys;
import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NamesFrom;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translator;
import io.signalbox.registry.core.translate.nginxproxy.NginxProxyTranslator;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables of dockercloud-haproxy (once tutum/haproxy). A container speaks them that has {@code
 * VIRTUAL_HOST}, {@code SERVICE_PORTS} or {@code TCP_PORTS}; one that says nothing, as where the
 * proxy was linked to it, is a service by native labels only. Containers with the same {@code
 * VIRTUAL_HOST} are servers of one service, as the proxy merged them, so the service is called
 * after it. Variables that nginx-proxy alone has make a container that one's.
 */
public final class DockercloudTranslator implements Translator {
    private static final String HOST = "VIRTUAL_HOST";
    private static final String PORTS = "SERVICE_PORTS";
    private static final String TCP = "TCP_PORTS";
    private static final String POOL = "default_service";
    private static final String SET = "service";
    private static final int MOST = 100;
    private static final Pattern TCP_PORT = Pattern.compile("([0-9]{1,5})(?:/ssl)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");

    @Override
    public Dialect dialect() {
        return Dialect.DOCKERCLOUD;
    }

    @Override
    public Optional<Translation> translate(Container container) {
        Map<String, String> all = container.environment();
        boolean spoken = all.containsKey(HOST) || all.containsKey(PORTS) || all.containsKey(TCP);
        if (!spoken || NginxProxyTranslator.isOwn(all)) {
            return Optional.empty();
        }
        Map<String, String> said = new TreeMap<>();
        all.forEach(
                (key, value) -> {
                    if (DockercloudRows.of(key).isPresent()) {
                        said.put(key, value);
                    }
                });
        Foreign foreign = new Foreign(Dialect.DOCKERCLOUD, "", said, DockercloudRows::of);
        new DockercloudTranslator.Reading(container, foreign).read();
        return Optional.of(foreign.translation());
    }

    /** One container's. */
    private record Reading(Container container, Foreign foreign) {

        void read() {
            List<NativeWord> policies = Policies.of(foreign);
            Said tcp = foreign.said(TCP);
            foreign.list(tcp).forEach(entry -> connections(new Said(TCP, entry), policies));
            foreign.put(SET, policies);
            boolean served = port() && (foreign.said(HOST) == null ? pool() : hosts());
            if (!served) {
                foreign.drop(SET);
            }
        }

        /**
         * Connections at a port go to all containers that have it, whatever their services, as the
         * proxy listened for all of them once.
         */
        private void connections(Said entry, List<NativeWord> policies) {
            Matcher matcher = TCP_PORT.matcher(entry.lower());
            int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            if (port < 1 || port > 65_535) {
                String rule = "it is a port, or a port and /ssl";
                foreign.refuse(entry, "bad-port", rule, "signalbox.tcp.<name>.port");
                return;
            }
            String set = "port_" + port;
            String prefix = "signalbox.tcp.port-" + port + ".";
            policies.stream()
                    .filter(word -> !TcpKeys.isOfRequests(word.key()))
                    .forEach(word -> foreign.put(set, word));
            foreign.put(set, new NativeWord(prefix + "entrypoint", "port-" + port, entry));
            foreign.put(set, new NativeWord(prefix + "port", Integer.toString(port), entry));
            foreign.put(set, new NativeWord(prefix + "service", set, entry));
        }

        /** What nothing else takes goes to one pool of all that have no host. */
        private boolean pool() {
            Said ports = foreign.said(PORTS);
            if (ports == null) {
                return false;
            }
            service(ports, POOL);
            foreign.put(SET, new NativeWord("signalbox.default", "true", ports));
            return true;
        }

        private boolean hosts() {
            Said said = foreign.known(HOST);
            int number = 0;
            for (String entry : foreign.list(said)) {
                Optional<List<NativeWord>> route = VirtualHost.of(said, entry);
                if (route.isEmpty()) {
                    foreign.refuse(
                            new Said(HOST, entry),
                            "bad-host",
                            "it is [scheme://]domain[:port][/path], of http, https, ws or wss; a"
                                    + " regular expression is nginx-proxy's, which a group follows"
                                    + " by select.dialects",
                            "signalbox.host");
                } else if (++number > MOST) {
                    foreign.refuse(said, "too-many", "a service has at most 100 routes", null);
                    break;
                } else {
                    for (NativeWord word : route.get()) {
                        String key = "signalbox.routes.r" + number + "." + word.key();
                        foreign.put(SET, new NativeWord(key, word.value(), said));
                    }
                }
            }
            if (number > 0) {
                service(said, NamesFrom.text(said.text()));
                weight();
            }
            return number > 0;
        }

        private void service(Said from, String name) {
            if (!container.labels().containsKey("signalbox.service")) {
                foreign.put(SET, new NativeWord("signalbox.service", name, from));
            }
        }

        private void weight() {
            Said weight = foreign.said("VIRTUAL_HOST_WEIGHT");
            if (weight == null) {
                return;
            }
            boolean number = NUMBER.matcher(weight.text()).matches();
            int priority = number ? Integer.parseInt(weight.text()) : -1;
            if (priority == 0) {
                foreign.needless(weight, "it is the usual weight");
            } else if (priority < 0 || priority > 1_000_000) {
                String rule = "it is from 1 to 1000000";
                foreign.refuse(weight, "bad-priority", rule, "signalbox.priority");
            } else {
                foreign.put(
                        SET,
                        new NativeWord("signalbox.priority", Integer.toString(priority), weight));
            }
        }

        /** Whether there is a port, or the usual one is to be found. */
        private boolean port() {
            Said ports = foreign.said(PORTS);
            Said virtual = foreign.said("VIRTUAL_PORT");
            Said excluded = foreign.said("EXCLUDE_PORTS");
            List<String> named = foreign.list(ports);
            TreeSet<String> out = new TreeSet<>(foreign.list(excluded));
            foreign.list(foreign.said(TCP))
                    .forEach(port -> out.add(port.split("/", -1)[0].strip()));
            List<String> left = named.stream().filter(port -> !out.contains(port)).toList();
            if (virtual != null && ports == null) {
                return say(virtual, virtual.text());
            }
            if (ports != null) {
                if (left.size() > 1) {
                    String rule =
                            "a container is a server of a service once, here on port "
                                    + left.getFirst();
                    foreign.refuse(ports, "one-port", rule, "signalbox.routes.<name>.port");
                }
                return left.isEmpty() ? none(ports) : say(ports, left.getFirst());
            }
            Said from = excluded == null ? foreign.said(TCP) : excluded;
            return from == null || lowest(from, out);
        }

        private boolean lowest(Said from, Set<String> out) {
            TreeSet<Integer> left = new TreeSet<>();
            container.exposed().stream()
                    .filter(port -> port.protocol() == Protocol.TCP)
                    .filter(port -> !out.contains(Integer.toString(port.port())))
                    .forEach(port -> left.add(port.port()));
            return left.isEmpty() ? none(from) : say(from, Integer.toString(left.first()));
        }

        private boolean say(Said from, String port) {
            foreign.put(SET, new NativeWord("signalbox.port", port, from));
            return true;
        }

        private boolean none(@Nullable Said from) {
            if (from != null && !from.key().equals(TCP)) {
                foreign.refuse(from, "no-port", "no port is left for HTTP", "signalbox.port");
            }
            return false;
        }
    }
}
