package io.signalbox.watcher.lists;

import io.signalbox.watcher.core.AllowList;
import io.signalbox.watcher.core.lists.DnsMessage;
import io.signalbox.watcher.core.lists.ListedService;
import io.signalbox.watcher.core.lists.ListedService.Lookup;
import io.signalbox.watcher.core.lists.ListedService.Name;
import io.signalbox.watcher.core.lists.ListedService.Server;
import io.signalbox.watcher.core.lists.Origin;
import io.signalbox.watcher.core.lists.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one service of a static file. Not safe for threads. */
final class ServiceReader {
    /** The keys of a service, in the order in which they are explained. */
    static final List<String> KEYS =
            List.of("host", "path", "port", "servers", "dns", "nameserver", "labels");

    private static final List<String> SHORT_FORMS = List.of("host", "path", "port");
    private static final List<String> SERVER_KEYS = List.of("address", "labels");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");
    private static final String PREFIX = "signalbox.";
    private static final int DNS_PORT = 53;
    private static final int HIGHEST_PORT = 65_535;

    private final String file;
    private final String name;
    private final String path;
    private final AllowList allowed;
    private final Mistakes mistakes;

    ServiceReader(String file, String name, AllowList allowed, Mistakes mistakes) {
        this.file = file;
        this.name = name;
        this.path = "services." + name;
        this.allowed = allowed;
        this.mistakes = mistakes;
    }

    /** The service; null where it is no mapping. Mistakes are told besides. */
    @Nullable ListedService read(NodeTuple tuple) {
        if (!NAME.matcher(name).matches()) {
            mistakes.add(
                    tuple.getKeyNode(),
                    path,
                    "the name of a service has 1 to 100 letters, digits, '_', '.' or '-'");
        }
        if (!(tuple.getValueNode() instanceof MappingNode map)) {
            mistakes.add(tuple.getValueNode(), path, "must be a mapping of " + known(KEYS));
            return null;
        }
        Map<String, Node> values = values(map, path, KEYS);
        Map<String, String> labels = labels(values);
        int port = port(labels.getOrDefault(PREFIX + "port", ""));
        List<Unplaced> servers = servers(values.get("servers"), port);
        List<Name> names = names(values, port);
        if (!values.containsKey("servers") && !values.containsKey("dns")) {
            mistakes.add(tuple.getKeyNode(), path, "needs servers or dns");
        }
        int declared = port > 0 ? port : first(servers, names);
        if (declared > 0) {
            labels.putIfAbsent(PREFIX + "port", Integer.toString(declared));
        }
        return new ListedService(
                name,
                declared,
                allowed.apply(labels),
                servers.stream().map(server -> server.with(labels, allowed)).toList(),
                names);
    }

    private static int first(List<Unplaced> servers, List<Name> names) {
        return servers.isEmpty()
                ? names.stream().findFirst().map(Name::port).orElse(0)
                : servers.getFirst().place().port();
    }

    // ---------------------------------------------------------------- labels

    private Map<String, String> labels(Map<String, Node> values) {
        Map<String, String> labels = new TreeMap<>(pairs(values.get("labels"), path + ".labels"));
        for (String key : SHORT_FORMS) {
            Node node = values.get(key);
            if (node != null) {
                String text =
                        key.equals("host") ? String.join(",", texts(node, key)) : text(node, key);
                if (labels.putIfAbsent(PREFIX + key, text) != null) {
                    mistakes.add(
                            node, path + "." + key, "is given by label signalbox." + key + " too");
                }
            }
        }
        Node port = values.get("port");
        if (port != null && port(labels.get(PREFIX + "port")) == 0) {
            mistakes.add(port, path + ".port", "must be a number from 1 to 65535");
        }
        labels.putIfAbsent(PREFIX + "enable", "true");
        labels.putIfAbsent(PREFIX + "service", name);
        return labels;
    }

    private Map<String, String> pairs(@Nullable Node node, String at) {
        Map<String, String> pairs = new HashMap<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                if (!(tuple.getValueNode() instanceof ScalarNode scalar)) {
                    mistakes.add(
                            tuple.getValueNode(), at + "." + key(tuple), "must be a single value");
                } else if (pairs.putIfAbsent(key(tuple), scalar.getValue()) != null) {
                    mistakes.add(tuple.getKeyNode(), at + "." + key(tuple), "is given twice");
                }
            }
        } else if (node != null) {
            mistakes.add(node, at, "must be a mapping of labels");
        }
        return pairs;
    }

    // ---------------------------------------------------------------- servers

    private List<Unplaced> servers(@Nullable Node node, int standard) {
        List<Unplaced> servers = new ArrayList<>();
        Set<Place> places = new HashSet<>();
        for (Node each : elements(node, "servers")) {
            Unplaced server = server(each, standard);
            if (server != null && places.add(server.place())) {
                servers.add(server);
            } else if (server != null) {
                mistakes.add(each, path + ".servers", server.place() + " is given twice");
            }
        }
        return servers;
    }

    private @Nullable Unplaced server(Node node, int standard) {
        Map<String, String> own = Map.of();
        Node address = node;
        if (node instanceof MappingNode map) {
            Map<String, Node> values = values(map, path + ".servers", SERVER_KEYS);
            own = pairs(values.get("labels"), path + ".servers.labels");
            address = values.get("address");
        }
        if (!(address instanceof ScalarNode scalar)) {
            mistakes.add(node, path + ".servers", "must be an address, or have one");
            return null;
        }
        String text = scalar.getValue();
        Optional<Place> place = Place.parse(text, standard);
        if (place.isEmpty()) {
            boolean noPort = standard == 0 && Place.parse(text, 1).isPresent();
            mistakes.add(
                    address,
                    path + ".servers",
                    noPort
                            ? text + " has no port, and the service has none"
                            : Place.RULE + ", not '" + text + "'; names stand under dns");
            return null;
        }
        return new Unplaced(place.get(), own, new Origin(file, Mistakes.line(node)));
    }

    /** A server whose service's labels are not known yet. */
    private record Unplaced(Place place, Map<String, String> own, Origin origin) {
        Server with(Map<String, String> labels, AllowList allowed) {
            Map<String, String> all = new HashMap<>(labels);
            all.putAll(own);
            return new Server(place, allowed.apply(all), origin);
        }
    }

    // ---------------------------------------------------------------- names

    private List<Name> names(Map<String, Node> values, int standard) {
        String nameserver = nameserver(values.get("nameserver"));
        Node node = values.get("dns");
        return node == null
                ? List.of()
                : texts(node, "dns").stream()
                        .map(text -> name(node, text, nameserver, standard))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private Optional<Name> name(Node node, String text, String nameserver, int standard) {
        int colon = text.indexOf(':');
        String looked = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? standard : port(text.substring(colon + 1));
        if (!DnsMessage.isName(looked) || (colon >= 0 && port == 0)) {
            mistakes.add(node, path + ".dns", "must be a name, or name:port, not '" + text + "'");
            return Optional.empty();
        }
        if (port == 0) {
            mistakes.add(node, path + ".dns", text + " has no port, and the service has none");
            return Optional.empty();
        }
        Origin origin = new Origin(file, Mistakes.line(node));
        return Optional.of(new Name(new Lookup(looked, nameserver), port, origin));
    }

    private String nameserver(@Nullable Node node) {
        if (node == null) {
            return "";
        }
        Optional<Place> place = Place.parse(text(node, "nameserver"), DNS_PORT);
        if (place.isEmpty()) {
            mistakes.add(node, path + ".nameserver", Place.RULE);
        }
        return place.map(Place::toString).orElse("");
    }

    // ---------------------------------------------------------------- nodes

    private Map<String, Node> values(MappingNode map, String at, List<String> known) {
        Map<String, Node> values = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            String key = key(tuple);
            if (!known.contains(key)) {
                mistakes.add(
                        tuple.getKeyNode(),
                        at + "." + key,
                        "is not a known key; known are " + known(known));
            } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
                mistakes.add(tuple.getKeyNode(), at + "." + key, "is given twice");
            }
        }
        return values;
    }

    private static String known(List<String> keys) {
        return String.join(", ", keys);
    }

    static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private String text(Node node, String key) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistakes.add(node, path + "." + key, "must be a single value");
        return "";
    }

    /** One value, or a list of them. */
    private List<String> texts(Node node, String key) {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(each -> text(each, key)).toList()
                : List.of(text(node, key));
    }

    private List<Node> elements(@Nullable Node node, String key) {
        if (node == null || node instanceof SequenceNode) {
            return node == null ? List.of() : ((SequenceNode) node).getValue();
        }
        mistakes.add(node, path + "." + key, "must be a list");
        return List.of();
    }

    /** A port; 0 where the text is none. */
    static int port(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,5}")) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port <= HIGHEST_PORT ? port : 0;
    }
}
