package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.process.ProcessDefinition;
import io.signalbox.process.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page about operating lists is all that there is. */
class OperatingPageTest {
    private static final List<String> PROCESSES =
            List.of("watcher", "registry", "renderer", "applier");
    private static final Pattern FACT = Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void shouldListEverySettingOfEveryProcess() throws IOException {
        SortedMap<String, Setting<?>> settings = new TreeMap<>();
        SortedMap<String, SortedSet<String>> readers = new TreeMap<>();
        ServiceLoader.load(ProcessDefinition.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(process -> PROCESSES.contains(process.name()))
                .forEach(
                        process -> {
                            for (Setting<?> setting : process.settings()) {
                                settings.put(setting.name(), setting);
                                readers.computeIfAbsent(setting.name(), _ -> new TreeSet<>())
                                        .add(process.name());
                            }
                        });
        Map<String, List<Setting<?>>> byReaders =
                settings.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        setting ->
                                                readers(
                                                        readers.getOrDefault(
                                                                setting.name(), new TreeSet<>())),
                                        () -> new TreeMap<>(order()),
                                        Collectors.toList()));

        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<Setting<?>>> several : byReaders.entrySet()) {
            text.append("\n### ").append(several.getKey()).append("\n\n");
            text.append("| setting | variable | default | meaning |\n|---|---|---|---|\n");
            for (Setting<?> setting : several.getValue()) {
                text.append(row(setting));
            }
        }
        OperatingPage.assertSays("settings", text.append('\n').toString());
    }

    private static Comparator<String> order() {
        return Comparator.<String, Boolean>comparing(who -> !who.startsWith("every"))
                .thenComparing(who -> who);
    }

    private static String readers(SortedSet<String> names) {
        return names.size() == PROCESSES.size() ? "every process" : String.join(" and ", names);
    }

    private static String row(Setting<?> setting) throws IOException {
        return "| `%s` | `%s` | %s | %s Value: %s. |\n"
                .formatted(
                        setting.flag(),
                        setting.key(),
                        preset(setting),
                        setting.doc(),
                        setting.type().form());
    }

    private static String preset(Setting<?> setting) throws IOException {
        String text = setting.defaultText().orElse("must be given");
        if (text.equals(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())) {
            return "the machine's name";
        }
        return text.isEmpty() ? "none" : "`" + text + "`";
    }

    @Test
    void shouldListEveryAlertWithWhatToDo() throws IOException {
        StringBuilder table = new StringBuilder("| alert | severity | meaning | what to do |\n");
        table.append("|---|---|---|---|\n");
        for (Map<?, ?> rule : OperatingPage.rules()) {
            if (rule.containsKey("alert")) {
                String severity = OperatingPage.says(rule, "labels", "severity");
                String summary = OperatingPage.says(rule, "annotations", "summary");
                String action = OperatingPage.says(rule, "annotations", "action");
                assertThat(List.of(severity, summary, action)).doesNotContain("");
                table.append(
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(rule.get("alert"), severity, plain(summary), action));
            }
        }
        OperatingPage.assertSays("alerts", table.toString());
    }

    /** A summary without what Prometheus fills in: the label's name stands for its value. */
    private static String plain(String summary) {
        return summary.replaceAll("\\{\\{ \\$labels\\.(\\w+) }}", "*$1*")
                .replaceAll("\\{\\{ \\$value[^}]*}}", "*n*");
    }

    @Test
    void shouldListEveryKeyOfTheLog() throws IOException {
        SortedSet<String> said = new TreeSet<>();
        for (String module : List.of("process", "watcher", "registry", "renderer", "applier")) {
            try (Stream<Path> files =
                    Files.walk(OperatingPage.REPOSITORY.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    FACT.matcher(Files.readString(file))
                            .results()
                            .forEach(fact -> said.add(fact.group(1)));
                }
            }
        }
        SortedSet<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(OperatingPage.section("log keys"));
        while (row.find()) {
            listed.add(row.group(1));
        }
        assertThat(said)
                .isNotEmpty()
                .doesNotContain("time", "level", "thread", "logger", "message", "stack");
        assertThat(listed).containsExactlyElementsOf(said);
    }
}
