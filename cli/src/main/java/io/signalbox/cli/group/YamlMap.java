package io.signalbox.cli.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One YAML mapping whose keys are known beforehand. Every read gives a usable value, the default
 * where the value is wrong, so that all mistakes are found in one pass; not thread-safe.
 */
final class YamlMap {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String path;
    private final String section;
    private final YamlMistakes mistakes;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * @param node the mapping; null for an absent one, in which everything has its default
     * @param path of keys that leads here, empty at the top
     * @param section the same among the {@link GroupKeys}
     */
    YamlMap(@Nullable Node node, String path, String section, YamlMistakes mistakes) {
        this.path = path;
        this.section = section;
        this.mistakes = mistakes;
        List<String> known = GroupKeys.in(section).stream().map(GroupKey::name).toList();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> take(tuple, known));
        } else if (node != null) {
            mistakes.add(
                    node,
                    path.isEmpty() ? "(top)" : path,
                    "must be a mapping of " + String.join(", ", known));
        }
    }

    private void take(NodeTuple tuple, List<String> known) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (!known.contains(key)) {
            mistakes.add(
                    tuple.getKeyNode(),
                    at(key),
                    "is not a known key; known are " + String.join(", ", known));
        } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
            mistakes.add(tuple.getKeyNode(), at(key), "is given twice");
        }
    }

    private <K extends ValueKind> K kind(String key, Class<K> kind) {
        return kind.cast(GroupKeys.at(section.isEmpty() ? key : section + "." + key).kind());
    }

    YamlMap map(String key) {
        kind(key, ValueKind.Section.class);
        return new YamlMap(
                values.get(key), at(key), section.isEmpty() ? key : section + "." + key, mistakes);
    }

    ValueKind.Lines lines(String key) {
        return kind(key, ValueKind.Lines.class);
    }

    ValueKind.LinesByName linesByName(String key) {
        return kind(key, ValueKind.LinesByName.class);
    }

    void templates(String key) {
        kind(key, ValueKind.Templates.class);
    }

    /** The raw node; null when absent. */
    @Nullable Node node(String key) {
        return values.get(key);
    }

    /** Says what is wrong with the value of a key that is there. */
    void mistake(String key, String message) {
        Node node = values.get(key);
        if (node != null) {
            mistakes.add(node, at(key), message);
        }
    }

    Optional<String> text(String key) {
        return single(key, ValueKind.Single.class);
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    int integer(String key, int otherwise) {
        return single(key, ValueKind.Whole.class).map(Integer::parseInt).orElse(otherwise);
    }

    boolean bool(String key, boolean otherwise) {
        return single(key, ValueKind.Flag.class).map(Boolean::parseBoolean).orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise) {
        return single(key, ValueKind.Time.class).map(YamlMap::duration).orElse(otherwise);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return single(key, ValueKind.Word.class)
                .map(word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    /** A single value of the key's kind; empty where it is absent or a mistake. */
    private Optional<String> single(String key, Class<? extends ValueKind.Single> expected) {
        ValueKind.Single kind = kind(key, expected);
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            mistakes.add(node, at(key), "must be a single value");
            return Optional.empty();
        }
        return checked(scalar, key, kind);
    }

    private Optional<String> checked(ScalarNode scalar, String key, ValueKind.Single kind) {
        String text = scalar.getValue();
        if (kind.fits(text)) {
            return Optional.of(text);
        }
        String problem = kind instanceof ValueKind.Checked our ? our.problem(text) : null;
        mistakes.add(
                scalar, at(key), problem == null ? kind.rule() + ", not '" + text + "'" : problem);
        return Optional.empty();
    }

    List<String> texts(String key, List<String> otherwise) {
        ValueKind.Single element = kind(key, ValueKind.Listing.class).element();
        Node node = values.get(key);
        if (node == null) {
            return otherwise;
        }
        List<String> result = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    checked(scalar, key, element).ifPresent(result::add);
                } else {
                    mistakes.add(item, at(key), "must be a list of single values");
                }
            }
        } else {
            mistakes.add(node, at(key), "must be a list");
        }
        return result;
    }

    /** A mapping with free keys and single values, sorted by key. */
    Map<String, String> pairs(String key) {
        kind(key, ValueKind.Pairs.class);
        Map<String, String> result = new TreeMap<>();
        Node node = values.get(key);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode k
                        && tuple.getValueNode() instanceof ScalarNode v) {
                    result.put(k.getValue(), v.getValue());
                } else {
                    mistakes.add(tuple.getKeyNode(), at(key), "must be a mapping of single values");
                }
            }
        } else if (node != null) {
            mistakes.add(node, at(key), "must be a mapping of single values");
        }
        return result;
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A duration above zero; null if it is none. */
    static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        return duration.isZero() ? null : duration;
    }
}
