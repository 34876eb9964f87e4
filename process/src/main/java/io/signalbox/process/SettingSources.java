package io.signalbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where settings come from, strongest first: flags, the environment, a file.
 *
 * @param flags by key, such as {@code SIGNALBOX_TOPIC_PREFIX}
 * @param environment all of it; only keys that begin with {@code SIGNALBOX_} count
 * @param file by key
 * @param mistakes what was wrong with the file, reported together with all other mistakes
 */
public record SettingSources(
        Map<String, String> flags,
        Map<String, String> environment,
        Map<String, String> file,
        List<String> mistakes) {
    /**
     * Names the file of settings: lines {@code SIGNALBOX_KEY=value}, {@code #} begins a comment.
     */
    public static final Setting<Optional<Path>> CONFIG =
            Setting.optional(
                    "config", SettingType.PATH, "File of settings, lines SIGNALBOX_KEY=value.");

    /** Copies all four. */
    public SettingSources {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
        file = Map.copyOf(file);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * The sources of one command: flags by setting name ({@code topic-prefix}), the environment,
     * and the file that one of them names.
     */
    public static SettingSources of(
            Map<String, String> flagsByName, Map<String, String> environment) {
        Map<String, String> flags = new HashMap<>();
        flagsByName.forEach((name, value) -> flags.put(Setting.keyOf(name), value));
        Map<String, String> file = new HashMap<>();
        List<String> mistakes = new ArrayList<>();
        String path = flags.getOrDefault(CONFIG.key(), environment.getOrDefault(CONFIG.key(), ""));
        if (!path.isEmpty()) {
            readFile(path, file, mistakes);
        }
        return new SettingSources(flags, environment, file, mistakes);
    }

    /** The same sources with some flags laid over, by setting name. */
    public SettingSources with(Map<String, String> flagsByName) {
        Map<String, String> all = new HashMap<>(flags);
        flagsByName.forEach((name, value) -> all.put(Setting.keyOf(name), value));
        return new SettingSources(all, environment, file, mistakes);
    }

    /** The same sources with values, by setting name, for what none of them gives. */
    public SettingSources withDefaults(Map<String, String> byName) {
        Map<String, String> all = new HashMap<>(file);
        byName.forEach(
                (name, value) -> {
                    if (given(Setting.keyOf(name)).isEmpty()) {
                        all.put(Setting.keyOf(name), value);
                    }
                });
        return new SettingSources(flags, environment, all, mistakes);
    }

    /** All keys of settings that are given anywhere, sorted. */
    TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>(flags.keySet());
        keys.addAll(file.keySet());
        environment.keySet().stream()
                .filter(key -> key.startsWith(Setting.KEY_PREFIX))
                .forEach(keys::add);
        return keys;
    }

    /** The strongest source that gives a text for the key which is not empty. */
    Optional<Given> given(String key) {
        return text(flags, key, "flag")
                .or(() -> text(environment, key, "environment"))
                .or(() -> text(file, key, "file"));
    }

    private static Optional<Given> text(Map<String, String> source, String key, String name) {
        return Optional.ofNullable(source.get(key))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> new Given(text, name));
    }

    private static void readFile(String path, Map<String, String> file, List<String> mistakes) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(path));
        } catch (NoSuchFileException e) {
            mistakes.add(CONFIG.key() + " must name a file that exists: " + path);
            return;
        } catch (IOException | IllegalArgumentException e) {
            mistakes.add(CONFIG.key() + " must name a readable text file: " + path);
            return;
        }
        for (int index = 0; index < lines.size(); index++) {
            readLine(path + ":" + (index + 1), lines.get(index).strip(), file, mistakes);
        }
    }

    private static void readLine(
            String place, String line, Map<String, String> file, List<String> mistakes) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        if (equals < 1) {
            mistakes.add(place + ": a line must be SIGNALBOX_KEY=value");
            return;
        }
        String key = line.substring(0, equals).strip();
        if (file.putIfAbsent(key, line.substring(equals + 1).strip()) != null) {
            mistakes.add(place + ": " + key + " is given twice");
        }
    }

    /** A text and the name of its source. */
    record Given(String text, String source) {}
}
