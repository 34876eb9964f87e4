package io.signalbox.cli.export;

import io.signalbox.cli.export.core.FileMode;
import io.signalbox.process.Spelling;
import io.signalbox.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
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

/**
 * Reads a directory of template resources as confd lays them out: {@code conf.d/*.yaml}, each a
 * mapping of confd's keys, and the templates below {@code templates}. All mistakes are found at
 * once, each with its file and line.
 */
public final class ResourceFiles {
    private static final List<String> KEYS =
            List.of(
                    "src",
                    "dest",
                    "keys",
                    "prefix",
                    "mode",
                    "uid",
                    "gid",
                    "check_cmd",
                    "reload_cmd");

    private final Path directory;
    private final List<String> mistakes = new ArrayList<>();
    private final List<TemplateResource> resources = new ArrayList<>();
    private final Set<Path> destinations = new HashSet<>();

    private ResourceFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * The resources, sorted by their files' names.
     *
     * @throws StartFailure with every mistake, if there is any
     */
    public static List<TemplateResource> read(Path directory) {
        ResourceFiles files = new ResourceFiles(directory);
        files.readAll();
        if (!files.mistakes.isEmpty()) {
            throw new StartFailure(files.mistakes);
        }
        return files.resources;
    }

    private void readAll() {
        Path folder = directory.resolve("conf.d");
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(ResourceFiles::isYaml).sorted().toList();
            if (files.isEmpty()) {
                mistakes.add(folder + " has no file *.yaml");
            }
            files.forEach(this::readSafely);
        } catch (IOException e) {
            mistakes.add("cannot read " + folder + ": " + e.getClass().getSimpleName());
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private void readOne(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file.toString())
                        .setMaxAliasesForCollections(50)
                        .setCodePointLimit(1 << 20)
                        .build();
        Node root = new Compose(settings).composeString(Files.readString(file)).orElse(null);
        if (!(root instanceof MappingNode mapping)) {
            mistakes.add(file + ": must be a mapping of " + String.join(", ", KEYS));
            return;
        }
        new Resource(file, mapping).read();
    }

    private void readSafely(Path file) {
        try {
            readOne(file);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            mistakes.add(file + ":" + line + ": is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            mistakes.add(file + ": is not YAML: " + e.getMessage());
        } catch (IOException e) {
            mistakes.add("cannot read " + file + ": " + e.getClass().getSimpleName());
        }
    }

    /** One file. */
    private final class Resource {
        private final Path file;
        private final Map<String, Node> values = new LinkedHashMap<>();
        private final Map<String, String> texts = new HashMap<>();

        Resource(Path file, MappingNode mapping) {
            this.file = file;
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode one ? one.getValue() : "?";
                if (!KEYS.contains(key)) {
                    mistake(tuple.getKeyNode(), key, "is not a known key" + likely(key));
                } else if (values.put(key, tuple.getValueNode()) != null) {
                    mistake(tuple.getKeyNode(), key, "is given twice");
                }
            }
        }

        void read() {
            int before = mistakes.size();
            values.forEach(
                    (key, node) -> {
                        if (node instanceof ScalarNode scalar && !key.equals("keys")) {
                            texts.put(key, scalar.getValue());
                        } else if (!key.equals("keys")) {
                            mistake(node, key, "must be a single value");
                        }
                    });
            String src = needed("src");
            String dest = needed("dest");
            List<String> keys = keys();
            OptionalInt mode = mode();
            if (mistakes.size() > before) {
                return;
            }
            Path destination = Path.of(dest).toAbsolutePath().normalize();
            if (!destinations.add(destination)) {
                mistakes.add(file + ": dest is that of another resource, too: " + destination);
                return;
            }
            resources.add(
                    new TemplateResource(
                            directory.resolve("templates").resolve(src),
                            destination,
                            mode,
                            texts.get("uid"),
                            texts.get("gid"),
                            texts.get("check_cmd"),
                            texts.get("reload_cmd"),
                            texts.getOrDefault("prefix", "/"),
                            keys));
        }

        private String needed(String key) {
            String text = texts.get(key);
            if (text == null || text.isEmpty()) {
                mistakes.add(file + ": " + key + " must be given");
                return "";
            }
            return text;
        }

        private OptionalInt mode() {
            String text = texts.get("mode");
            OptionalInt mode = text == null ? OptionalInt.empty() : FileMode.parse(text);
            if (text != null && mode.isEmpty()) {
                mistake(values.get("mode"), "mode", FileMode.RULE + ": " + text);
            }
            return mode;
        }

        private List<String> keys() {
            Node node = values.get("keys");
            if (node == null) {
                return List.of("/");
            }
            List<String> keys = new ArrayList<>();
            if (node instanceof SequenceNode list) {
                for (Node one : list.getValue()) {
                    if (one instanceof ScalarNode scalar) {
                        keys.add(scalar.getValue());
                    } else {
                        mistake(one, "keys", "must be a list of keys");
                    }
                }
            } else {
                mistake(node, "keys", "must be a list of keys");
            }
            return keys;
        }

        private void mistake(@Nullable Node node, String key, String words) {
            int line =
                    node == null
                            ? 0
                            : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            mistakes.add(file + ":" + line + ": " + key + " " + words);
        }
    }

    private static String likely(String key) {
        return Spelling.nearest(key, KEYS).map(near -> "; " + near + " is meant?").orElse("")
                + "; known are "
                + String.join(", ", KEYS);
    }
}
