package io.signalbox.cli.group;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
    private final YamlMistakes mistakes;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * @param node the mapping; null for an absent one, in which everything has its default
     * @param path of keys that leads here, empty at the top
     */
    YamlMap(@Nullable Node node, String path, Set<String> known, YamlMistakes mistakes) {
        this.path = path;
        this.mistakes = mistakes;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> take(tuple, known));
        } else if (node != null) {
            mistakes.add(
                    node,
                    path.isEmpty() ? "(top)" : path,
                    "must be a mapping of " + String.join(", ", known));
        }
    }

    private void take(NodeTuple tuple, Set<String> known) {
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

    YamlMap map(String key, Set<String> known) {
        return new YamlMap(values.get(key), at(key), known, mistakes);
    }

    /** The raw node; null when absent. */
    @Nullable Node node(String key) {
        return values.get(key);
    }

    Optional<String> string(String key) {
        return scalar(key, Function.identity(), "must be a single value");
    }

    String string(String key, String otherwise, Pattern rule) {
        return scalar(
                        key,
                        text -> rule.matcher(text).matches() ? text : null,
                        "does not match " + rule.pattern())
                .orElse(otherwise);
    }

    int integer(String key, int otherwise, int least, int most) {
        return scalar(
                        key,
                        text -> parseInt(text, least, most),
                        "must be a whole number from " + least + " to " + most)
                .orElse(otherwise);
    }

    boolean bool(String key, boolean otherwise) {
        return scalar(key, text -> parseBoolean(text), "must be true or false").orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise) {
        return scalar(
                        key,
                        YamlMap::parseDuration,
                        "must be a duration above zero such as 500ms, 5s, 15m or 1h")
                .orElse(otherwise);
    }

    <E extends Enum<E>> E choice(String key, E otherwise, List<E> choices) {
        String names = String.join(", ", choices.stream().map(YamlMap::lower).toList());
        return scalar(
                        key,
                        text ->
                                choices.stream()
                                        .filter(c -> lower(c).equals(text))
                                        .findFirst()
                                        .orElse(null),
                        "must be one of " + names)
                .orElse(otherwise);
    }

    /**
     * A value read by a rule of its own; the rule answers null for a value that it does not accept.
     */
    <T> Optional<T> scalar(String key, Function<String, @Nullable T> parse, String rule) {
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            mistakes.add(node, at(key), "must be a single value");
            return Optional.empty();
        }
        T value = parse.apply(scalar.getValue());
        if (value == null) {
            mistakes.add(node, at(key), rule + ", not '" + scalar.getValue() + "'");
        }
        return Optional.ofNullable(value);
    }

    List<String> strings(String key, List<String> otherwise) {
        Node node = values.get(key);
        if (node == null) {
            return otherwise;
        }
        List<String> result = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    result.add(scalar.getValue());
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
    Map<String, String> stringMap(String key) {
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

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Integer parseInt(String text, int least, int most) {
        if (!text.matches("-?\\d{1,10}")) {
            return null;
        }
        BigInteger value = new BigInteger(text);
        boolean inside =
                value.compareTo(BigInteger.valueOf(least)) >= 0
                        && value.compareTo(BigInteger.valueOf(most)) <= 0;
        return inside ? value.intValue() : null;
    }

    private static @Nullable Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Duration parseDuration(String text) {
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
