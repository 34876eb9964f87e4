package io.signalbox.applier.core.template;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RoutePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a template is told of a group: its services with the servers that get requests, sorted, as
 * maps, lists, texts, numbers and truth values, and the same as keys and values. Nothing of it is
 * of a clock, of chance, or of the machine.
 *
 * @param group the group's name
 * @param services by name
 * @param generated the lines in whose place those of the template stand; empty for one that
 *     replaces nothing
 */
public record TemplateData(
        String group,
        SortedMap<String, Map<String, Object>> services,
        KeyValues keys,
        Optional<List<String>> generated) {

    private static final Comparator<WantedServer> BY_NAME =
            Comparator.comparing(WantedServer::name);

    public TemplateData {
        services = Collections.unmodifiableSortedMap(services);
    }

    /** Of one that replaces nothing. */
    public TemplateData(
            String group, SortedMap<String, Map<String, Object>> services, KeyValues keys) {
        this(group, services, keys, Optional.empty());
    }

    /** Of these services. */
    public static TemplateData of(String group, Collection<WantedService> services) {
        return of(group, services, Map.of());
    }

    /**
     * Of these services.
     *
     * @param hosts the host of each server by the server's name; servers that are not in it say
     *     nothing of a host
     */
    public static TemplateData of(
            String group, Collection<WantedService> services, Map<String, String> hosts) {
        SortedMap<String, Map<String, Object>> all = new TreeMap<>();
        SortedMap<String, String> keys = new TreeMap<>();
        for (WantedService service : services) {
            all.put(service.name(), service(service, hosts));
            for (WantedServer server : service.servers()) {
                if (!server.stopping()) {
                    keys.put(
                            "/services/" + service.name() + "/" + id(service, server),
                            socket(server));
                }
            }
        }
        return new TemplateData(group, all, KeyValues.of(keys));
    }

    /** The same with other keys. */
    public TemplateData withKeys(KeyValues other) {
        return new TemplateData(group, services, other, generated);
    }

    /** The same for a template whose lines stand in the place of these. */
    public TemplateData withGenerated(List<String> lines) {
        return new TemplateData(group, services, keys, Optional.of(List.copyOf(lines)));
    }

    private static Map<String, Object> service(WantedService service, Map<String, String> hosts) {
        List<Map<String, Object>> servers = new ArrayList<>();
        List<Map<String, Object>> stopping = new ArrayList<>();
        service.servers().stream()
                .sorted(BY_NAME)
                .forEach(
                        server ->
                                (server.stopping() ? stopping : servers)
                                        .add(server(service, server, hosts)));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", service.name());
        facts.put("tcp", service.routes().stream().anyMatch(one -> one.pattern().match().tcp()));
        facts.put("routes", routes(service));
        facts.put("servers", Collections.unmodifiableList(servers));
        facts.put("stopping", Collections.unmodifiableList(stopping));
        return Collections.unmodifiableMap(facts);
    }

    private static Map<String, Object> server(
            WantedService service, WantedServer server, Map<String, String> hosts) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", server.name());
        facts.put("id", id(service, server));
        facts.put("address", server.address());
        facts.put("port", server.port());
        facts.put("socket", socket(server));
        facts.put("weight", server.weight());
        facts.put("backup", server.backup());
        facts.put("cookie", server.cookie());
        String host = hosts.get(server.name());
        if (host != null) {
            facts.put("host", host);
        }
        return Collections.unmodifiableMap(facts);
    }

    /** {@code 10.0.0.5:80} or {@code [2001:db8::5]:80}. */
    private static String socket(WantedServer server) {
        String address = server.address();
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + server.port();
    }

    private static String id(WantedService service, WantedServer server) {
        return server.name().substring(service.name().length() + 1);
    }

    private static List<Map<String, Object>> routes(WantedService service) {
        return service.routes().stream()
                .sorted(Comparator.comparing(Route::pattern))
                .map(TemplateData::route)
                .toList();
    }

    private static Map<String, Object> route(Route route) {
        RoutePattern pattern = route.pattern();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("host", pattern.host());
        facts.put("host_kind", pattern.match().hostKind().name().toLowerCase(Locale.ROOT));
        facts.put("path", pattern.path());
        facts.put("path_kind", pattern.match().pathKind().name().toLowerCase(Locale.ROOT));
        facts.put("methods", pattern.match().methods());
        facts.put("entry_points", pattern.match().entryPoints());
        facts.put("percent", route.share().orElse(100));
        return Collections.unmodifiableMap(facts);
    }
}
