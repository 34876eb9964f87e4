package io.signalbox.cli.group;

import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.AddressMode;
import io.signalbox.schemas.GroupDefinition.Check;
import io.signalbox.schemas.GroupDefinition.Defaults;
import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Selector;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a group definition from YAML; reports every mistake at once, with line and key. */
public final class GroupYaml {

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
        YamlMap top = new YamlMap(root, "", "", mistakes);
        if (root instanceof MappingNode && top.node("name") == null) {
            mistakes.add(root, "name", "is missing");
        }
        List<EntryPoint> entryPoints =
                EntryPointsYaml.read(top.node("entry-points"), BUILT_IN.entryPoints(), mistakes);
        return new GroupDefinition(
                top.text("name", GroupDefinition.DEFAULT),
                selector(top.map("select")),
                entryPoints,
                top.text("oldest-haproxy", BUILT_IN.oldestHaproxy()),
                top.choice("addresses", AddressMode.class, AddressMode.AUTO),
                top.text("network").orElse(null),
                defaults(top.map("defaults")),
                statistics(top),
                top.integer("spares", BUILT_IN.spares()),
                top.bool("access-log", BUILT_IN.accessLog()),
                SnippetsYaml.read(top.map("snippets"), entryPoints, mistakes));
    }

    private static Selector selector(YamlMap map) {
        return new Selector(
                map.pairs("labels"),
                List.copyOf(new TreeSet<>(map.texts("networks", List.of()))),
                List.copyOf(new TreeSet<>(map.texts("hosts", List.of()))),
                dialects(map.texts("dialects", List.of())));
    }

    private static List<String> dialects(List<String> named) {
        List<String> once = named.stream().distinct().toList();
        return once.equals(Selector.EVERYTHING.followed()) ? List.of() : once;
    }

    private static Defaults defaults(YamlMap map) {
        Defaults otherwise = BUILT_IN.defaults();
        YamlMap timeouts = map.map("timeouts");
        YamlMap check = map.map("check");
        return new Defaults(
                map.text("balance", otherwise.balance()),
                timeouts.duration("connect", otherwise.connectTimeout()),
                timeouts.duration("client", otherwise.clientTimeout()),
                timeouts.duration("server", otherwise.serverTimeout()),
                timeouts.duration("queue", otherwise.queueTimeout()),
                timeouts.duration("http-request", otherwise.httpRequestTimeout()),
                timeouts.duration("keep-alive", otherwise.keepAliveTimeout()),
                map.integer("retries", otherwise.retries()),
                map.texts("retry-methods", otherwise.retryMethods()),
                new Check(
                        check.duration("interval", otherwise.check().interval()),
                        check.integer("fall", otherwise.check().fall()),
                        check.integer("rise", otherwise.check().rise())),
                map.duration("hard-stop-after", otherwise.hardStopAfter()),
                map.integer("max-connections", otherwise.maxConnections()));
    }

    private static @Nullable Listen statistics(YamlMap top) {
        Optional<String> text = top.text("statistics");
        if (text.equals(Optional.of("off"))) {
            return null;
        }
        return text.flatMap(ListenAddress::parse).orElse(BUILT_IN.statistics());
    }
}
