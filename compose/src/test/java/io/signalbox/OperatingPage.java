package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The page about operating, of which some sections are written from what is so. {@code
 * -Dsignalbox.golden=write} writes them anew.
 */
final class OperatingPage {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = REPOSITORY.resolve("docs/operating.md");
    static final Path OBSERVED = REPOSITORY.resolve("compose/observed");

    private OperatingPage() {}

    /** The text between {@code <!-- name -->} and {@code <!-- end of name -->}. */
    static String section(String name) throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(begin(page, name), end(page, name));
    }

    /** Claims that a section says exactly this. */
    static void assertSays(String name, String text) throws IOException {
        if ("write".equals(System.getProperty("signalbox.golden"))) {
            String page = Files.readString(PAGE);
            String before = page.substring(0, begin(page, name));
            Files.writeString(PAGE, before + text + page.substring(end(page, name)));
        }
        assertThat(section(name)).as("written anew by -Dsignalbox.golden=write").isEqualTo(text);
    }

    private static int begin(String page, String name) {
        String mark = "<!-- " + name + " -->\n";
        assertThat(page).contains(mark);
        return page.indexOf(mark) + mark.length();
    }

    private static int end(String page, String name) {
        String mark = "<!-- end of " + name + " -->\n";
        assertThat(page).contains(mark);
        return page.indexOf(mark);
    }

    /** The metrics of all processes, by name, as the page has them. */
    static SortedMap<String, Metric> metrics() throws IOException {
        SortedMap<String, Metric> metrics = new TreeMap<>();
        for (String line : section("metrics").lines().toList()) {
            if (line.startsWith("| `")) {
                Metric metric = Metric.ofRow(line);
                metrics.put(metric.name(), metric);
            }
        }
        return metrics;
    }

    /** The rules for Prometheus, alerts and records. */
    static List<Map<?, ?>> rules() throws IOException {
        Object text =
                new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(OBSERVED.resolve("rules.yaml")));
        return list(((Map<?, ?>) text).get("groups")).stream()
                .flatMap(group -> list(group.get("rules")).stream())
                .toList();
    }

    private static List<Map<?, ?>> list(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> several) {
            several.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }

    /** What a map below a rule says, such as the summary of its annotations; empty for nothing. */
    static String says(Map<?, ?> rule, String below, String key) {
        return rule.get(below) instanceof Map<?, ?> map && map.get(key) instanceof String text
                ? text
                : "";
    }
}
