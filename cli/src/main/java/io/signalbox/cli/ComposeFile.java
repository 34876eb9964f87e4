package io.signalbox.cli;

import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a Compose file says of its services that dialects read. One thread, for one file. */
final class ComposeFile {
    private static final int DEEPEST_MERGE = 20;

    private final Path file;
    private final ComposeVariables variables;

    private ComposeFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.variables = new ComposeVariables(environment);
    }

    /**
     * One service.
     *
     * @param ports that it exposes or publishes, inside the container
     */
    record Service(
            String project,
            String name,
            SortedMap<String, String> labels,
            SortedMap<String, String> environment,
            List<Integer> ports) {}

    /**
     * All services in their order.
     *
     * @param environment of the variables in it
     * @throws StartFailure naming file and line where it is no Compose file
     */
    static List<Service> read(Path file, Map<String, String> environment) {
        return new ComposeFile(file, environment).services();
    }

    private List<Service> services() {
        Map<String, Node> top = entries(root(), "a Compose file is a mapping", 0);
        Node all = top.get("services");
        if (all == null) {
            throw new StartFailure(file + ": has no services");
        }
        String project = project(top.get("name"));
        List<Service> services = new ArrayList<>();
        entries(all, "services are a mapping", 0)
                .forEach((name, node) -> services.add(service(project, name, node)));
        return services;
    }

    private Node root() {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(file.toString())
                            .setMaxAliasesForCollections(50)
                            .setCodePointLimit(1 << 20)
                            .build();
            return new Compose(settings)
                    .composeString(Files.readString(file))
                    .orElseThrow(() -> new StartFailure(file + ": the file is empty"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new StartFailure(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new StartFailure(file + ": is not YAML: " + e.getMessage());
        } catch (IOException e) {
            throw new StartFailure("cannot read " + file + ": " + e.getClass().getSimpleName());
        }
    }

    private String project(@Nullable Node name) {
        if (name instanceof ScalarNode scalar) {
            return variables.in(scalar.getValue());
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path last = folder == null ? null : folder.getFileName();
        return last == null
                ? "project"
                : last.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "");
    }

    private Service service(String project, String name, Node node) {
        Map<String, Node> said = entries(node, "a service is a mapping", 0);
        SortedMap<String, String> labels = new TreeMap<>();
        Node deploy = said.get("deploy");
        if (deploy != null) {
            Map<String, Node> deployed = entries(deploy, "deploy is a mapping", 0);
            labels.putAll(pairs(deployed.get("labels")));
        }
        labels.putAll(pairs(said.get("labels")));
        return new Service(project, name, labels, pairs(said.get("environment")), ports(said));
    }

    /** A list of {@code name=value} or a mapping. */
    private SortedMap<String, String> pairs(@Nullable Node node) {
        SortedMap<String, String> pairs = new TreeMap<>();
        if (node instanceof SequenceNode list) {
            for (Node one : list.getValue()) {
                String[] parts = variables.in(scalar(one)).split("=", 2);
                pairs.put(parts[0], parts.length == 2 ? parts[1] : "");
            }
        } else if (node != null) {
            entries(node, "this is a list or a mapping", 0)
                    .forEach(
                            (key, value) ->
                                    pairs.put(variables.in(key), variables.in(scalar(value))));
        }
        return pairs;
    }

    private List<Integer> ports(Map<String, Node> said) {
        List<Integer> ports = new ArrayList<>();
        for (String word : List.of("expose", "ports")) {
            if (said.get(word) instanceof SequenceNode list) {
                list.getValue().forEach(one -> port(one).ifPresent(ports::add));
            }
        }
        return ports;
    }

    /** The port inside of {@code [[address:]outside:]inside[/tcp]} or of the long form. */
    private Optional<Integer> port(Node node) {
        String text;
        if (node instanceof MappingNode) {
            Node target = entries(node, "a port is a mapping", 0).get("target");
            text = target == null ? "" : variables.in(scalar(target));
        } else {
            text = variables.in(scalar(node));
        }
        String inside = text.substring(text.lastIndexOf(':') + 1).replaceFirst("/tcp$", "");
        return inside.matches("[1-9]\\d{0,4}")
                ? Optional.of(Integer.valueOf(inside))
                : Optional.empty();
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().equals("null") && scalar.isPlain() ? "" : scalar.getValue();
        }
        throw wrong(node, "this is a single value");
    }

    /** The entries of a mapping, with those that {@code <<} brings. */
    private Map<String, Node> entries(Node node, String rule, int depth) {
        if (!(node instanceof MappingNode mapping) || depth > DEEPEST_MERGE) {
            throw wrong(node, rule);
        }
        Map<String, Node> merged = new LinkedHashMap<>();
        Map<String, Node> own = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (!key.equals("<<")) {
                own.put(key, tuple.getValueNode());
                continue;
            }
            List<Node> brought =
                    tuple.getValueNode() instanceof SequenceNode list
                            ? list.getValue()
                            : List.of(tuple.getValueNode());
            for (Node one : brought) {
                entries(one, rule, depth + 1).forEach(merged::putIfAbsent);
            }
        }
        merged.putAll(own);
        return merged;
    }

    private StartFailure wrong(Node node, String rule) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new StartFailure(file + ":" + line + ": " + rule);
    }
}
