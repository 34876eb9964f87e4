package io.signalbox.cli.group;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.Check;
import io.signalbox.schemas.GroupDefinition.Defaults;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a group definition from YAML; reports every mistake at once, with line and key. */
public final class GroupYaml {

    private static final Pattern ENTRY_POINT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[23]\\.\\d{1,2}");
    private static final Pattern BALANCE = Pattern.compile("roundrobin|leastconn|random|first");
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final GroupDefinition BUILT_IN =
            GroupDefinition.builtIn(GroupDefinition.DEFAULT, new Listen("", 80));

    private GroupYaml() {}

    /** The text is not a group definition; the message has one line for each mistake. */
    public static final class Invalid extends Exception {
        Invalid(String message) {
            super(message);
        }

        /** One line for each mistake. */
        public List<String> lines() {
            return String.valueOf(getMessage()).lines().toList();
        }
    }

    /**
     * Reads one definition; what it leaves out has the built-in group's value.
     *
     * @param file how mistakes name the source
     * @throws Invalid naming every mistake
     */
    public static GroupDefinition parse(String file, String yaml) throws Invalid {
        YamlMistakes mistakes = new YamlMistakes(file);
        GroupDefinition definition = read(compose(file, yaml, mistakes), mistakes);
        if (!mistakes.isEmpty()) {
            throw mistakes.toException();
        }
        return definition;
    }

    private static @Nullable Node compose(String file, String yaml, YamlMistakes mistakes)
            throws Invalid {
        try {
            LoadSettings settings =
                    LoadSettings.builder()
                            .setLabel(file)
                            .setMaxAliasesForCollections(10)
                            .setCodePointLimit(1 << 20)
                            .build();
            Optional<Node> node = new Compose(settings).composeString(yaml);
            if (node.isEmpty()) {
                mistakes.addWithoutLine("the file is empty");
            }
            return node.orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new Invalid(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new Invalid(file + ": is not YAML: " + e.getMessage());
        }
    }

    private static GroupDefinition read(@Nullable Node root, YamlMistakes mistakes) {
        YamlMap top =
                new YamlMap(
                        root,
                        "",
                        ordered(
                                "name",
                                "select",
                                "entry-points",
                                "oldest-haproxy",
                                "addresses",
                                "network",
                                "defaults",
                                "statistics",
                                "spares",
                                "access-log"),
                        mistakes);
        if (root instanceof MappingNode && top.node("name") == null) {
            mistakes.add(root, "name", "is missing");
        }
        return new GroupDefinition(
                top.scalar(
                                "name",
                                name -> GroupDefinition.isName(name) ? name : null,
                                GroupDefinition.NAME_RULE)
                        .orElse(GroupDefinition.DEFAULT),
                selector(top.map("select", ordered("labels", "networks", "hosts"))),
                entryPoints(top, mistakes),
                top.string("oldest-haproxy", BUILT_IN.oldestHaproxy(), VERSION),
                top.choice("addresses", AddressMode.AUTO, List.of(AddressMode.values())),
                top.string("network").orElse(null),
                defaults(
                        top.map(
                                "defaults",
                                ordered(
                                        "balance",
                                        "timeouts",
                                        "retries",
                                        "retry-methods",
                                        "check",
                                        "hard-stop-after",
                                        "max-connections")),
                        mistakes),
                statistics(top),
                top.integer("spares", BUILT_IN.spares(), 0, 10_000),
                top.bool("access-log", BUILT_IN.accessLog()));
    }

    private static Selector selector(YamlMap map) {
        return new Selector(
                map.stringMap("labels"),
                List.copyOf(new TreeSet<>(map.strings("networks", List.of()))),
                List.copyOf(new TreeSet<>(map.strings("hosts", List.of()))));
    }

    private static List<EntryPoint> entryPoints(YamlMap top, YamlMistakes mistakes) {
        Node node = top.node("entry-points");
        if (node == null) {
            return BUILT_IN.entryPoints();
        }
        List<EntryPoint> result = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> entryPoint(tuple, result, mistakes));
        }
        if (result.isEmpty()) {
            mistakes.add(
                    node,
                    "entry-points",
                    "must be a mapping of at least one name to an address, such as http: \":80\"");
            return BUILT_IN.entryPoints();
        }
        return result;
    }

    private static void entryPoint(
            NodeTuple tuple, List<EntryPoint> result, YamlMistakes mistakes) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)
                || !(tuple.getValueNode() instanceof ScalarNode value)) {
            mistakes.add(tuple.getKeyNode(), "entry-points", "must map names to addresses");
            return;
        }
        Optional<Listen> listen = ListenAddress.parse(value.getValue());
        String at = "entry-points." + key.getValue();
        if (!ENTRY_POINT.matcher(key.getValue()).matches()) {
            mistakes.add(key, at, "the name does not match " + ENTRY_POINT.pattern());
        } else if (listen.isEmpty()) {
            mistakes.add(value, at, ListenAddress.RULE + ", not '" + value.getValue() + "'");
        } else if (result.stream()
                .anyMatch(
                        e -> e.name().equals(key.getValue()) || e.listen().equals(listen.get()))) {
            mistakes.add(key, at, "the name or the address is given twice");
        } else {
            result.add(new EntryPoint(key.getValue(), listen.get()));
        }
    }

    private static Defaults defaults(YamlMap map, YamlMistakes mistakes) {
        Defaults otherwise = BUILT_IN.defaults();
        YamlMap timeouts =
                map.map(
                        "timeouts",
                        ordered(
                                "connect",
                                "client",
                                "server",
                                "queue",
                                "http-request",
                                "keep-alive"));
        YamlMap check = map.map("check", ordered("interval", "fall", "rise"));
        return new Defaults(
                map.string("balance", otherwise.balance(), BALANCE),
                timeouts.duration("connect", otherwise.connectTimeout()),
                timeouts.duration("client", otherwise.clientTimeout()),
                timeouts.duration("server", otherwise.serverTimeout()),
                timeouts.duration("queue", otherwise.queueTimeout()),
                timeouts.duration("http-request", otherwise.httpRequestTimeout()),
                timeouts.duration("keep-alive", otherwise.keepAliveTimeout()),
                map.integer("retries", otherwise.retries(), 0, 100),
                methods(map, mistakes),
                new Check(
                        check.duration("interval", otherwise.check().interval()),
                        check.integer("fall", otherwise.check().fall(), 1, 100),
                        check.integer("rise", otherwise.check().rise(), 1, 100)),
                map.duration("hard-stop-after", otherwise.hardStopAfter()),
                map.integer("max-connections", otherwise.maxConnections(), 0, 10_000_000));
    }

    private static List<String> methods(YamlMap map, YamlMistakes mistakes) {
        List<String> methods = map.strings("retry-methods", BUILT_IN.defaults().retryMethods());
        for (String method : methods) {
            Node node = map.node("retry-methods");
            if (node != null && !METHOD.matcher(method).matches()) {
                mistakes.add(
                        node,
                        map.at("retry-methods"),
                        "must be HTTP methods in capitals, not '" + method + "'");
            }
        }
        return methods;
    }

    private static @Nullable Listen statistics(YamlMap top) {
        if (top.node("statistics") instanceof ScalarNode scalar
                && scalar.getValue().equals("off")) {
            return null;
        }
        return top.scalar(
                        "statistics",
                        text -> ListenAddress.parse(text).orElse(null),
                        ListenAddress.RULE + ", or off")
                .orElse(BUILT_IN.statistics());
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }
}
