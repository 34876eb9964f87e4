package io.signalbox.watcher.lists;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.ListedService;
import io.signalbox.watcher.core.lists.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads what a static file lists; every mistake is found at once. A file whose whole text is {@code
 * name:port} is a DNS name that gets every request, by a cookie SRVID, as HAProxy images for Swarm
 * have it.
 */
final class ListedFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final String SERVICES = "services";

    private final AllowList labels;
    private final String file;
    private final Mistakes mistakes;

    private ListedFile(String file, AllowList labels) {
        this.file = file;
        this.labels = labels;
        this.mistakes = new Mistakes(file);
    }

    /** The text cannot be used; one line for each mistake. */
    static final class Invalid extends Exception {
        private final transient List<String> lines;

        Invalid(List<String> lines) {
            super(String.join("; ", lines));
            this.lines = List.copyOf(lines);
        }

        List<String> lines() {
            return lines;
        }
    }

    /**
     * Reads a file's text.
     *
     * @param file how mistakes name it
     * @throws Invalid naming every mistake
     */
    static List<ListedService> parse(String file, String text, AllowList labels) throws Invalid {
        ListedFile reader = new ListedFile(file, labels);
        List<ListedService> services = reader.services(reader.compose(text));
        if (!reader.mistakes.isEmpty()) {
            throw new Invalid(reader.mistakes.lines());
        }
        return services;
    }

    /**
     * The service of a name that gets every request.
     *
     * @param target {@code name:port}
     * @return empty where it is none
     */
    static Optional<ListedService> alone(String target, Origin origin) {
        int colon = target.lastIndexOf(':');
        String name = colon < 0 ? target : target.substring(0, colon);
        int port = colon < 0 ? 0 : ServiceReader.port(target.substring(colon + 1));
        if (port == 0 || !DnsMessage.isName(name)) {
            return Optional.empty();
        }
        String service = name.replaceFirst("^tasks\\.", "");
        Map<String, String> said =
                Map.of(
                        "signalbox.enable", "true",
                        "signalbox.service", service,
                        "signalbox.path", "/",
                        "signalbox.port", Integer.toString(port),
                        "signalbox.sticky", "true",
                        "signalbox.sticky.cookie", "SRVID");
        ListedService.Name looked =
                new ListedService.Name(new ListedService.Lookup(name, ""), port, origin);
        return Optional.of(
                new ListedService(service, port, new TreeMap<>(said), List.of(), List.of(looked)));
    }

    private @Nullable Node compose(String text) throws Invalid {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(file)
                            .setMaxAliasesForCollections(10)
                            .setCodePointLimit(MOST_BYTES)
                            .build();
            return new Compose(settings).composeString(text).orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new Invalid(List.of(file + ":" + line + ": is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Invalid(List.of(file + ": is not YAML: " + e.getMessage()));
        }
    }

    private List<ListedService> services(@Nullable Node root) {
        if (root instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            Optional<ListedService> alone =
                    alone(scalar.getValue().strip(), new Origin(file, Mistakes.line(root)));
            if (alone.isEmpty()) {
                mistakes.add(root, "(top)", "must be a mapping with services, or one name:port");
            }
            return alone.stream().toList();
        }
        if (!(root instanceof MappingNode top)) {
            mistakes.add("says nothing; a file without services has the text  services: {}");
            return List.of();
        }
        Node services = null;
        for (NodeTuple tuple : top.getValue()) {
            String key = ServiceReader.key(tuple);
            if (key.equals(SERVICES) && services == null) {
                services = tuple.getValueNode();
            } else {
                mistakes.add(
                        tuple.getKeyNode(),
                        key,
                        key.equals(SERVICES)
                                ? "is given twice"
                                : "is not a known key; known is services");
            }
        }
        return services instanceof MappingNode map ? each(map) : none(top, services);
    }

    private List<ListedService> none(Node top, @Nullable Node services) {
        mistakes.add(
                services == null ? top : services,
                SERVICES,
                services == null ? "is missing" : "must be a mapping of services by name");
        return List.of();
    }

    private List<ListedService> each(MappingNode map) {
        Map<String, ListedService> services = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            String name = ServiceReader.key(tuple);
            ListedService service = new ServiceReader(file, name, labels, mistakes).read(tuple);
            if (service != null && services.putIfAbsent(name, service) != null) {
                mistakes.add(tuple.getKeyNode(), SERVICES + "." + name, "is given twice");
            }
        }
        return new ArrayList<>(services.values());
    }
}
