package io.signalbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One metric of a process, as {@code /metrics} and the page about operating show it.
 *
 * @param name the family's, such as {@code signalbox_applier_reloads_total}
 * @param labels with the values that they may have; none for those whose values nobody can list
 */
record Metric(
        String name, String kind, SortedMap<String, SortedSet<String>> labels, String meaning) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern SHOWN = Pattern.compile("`([a-z_]+)`(?:: ([^;]+))?");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum)$");

    /** Labels that stand for things of an installation's own. */
    private static final List<String> OPEN = List.of("group", "name");

    /** All metrics that a process gives in Prometheus' text form, by name. */
    static SortedMap<String, Metric> scraped(String text) {
        Map<String, String> help = new TreeMap<>();
        SortedMap<String, Metric> metrics = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE ")) {
                String meaning = help.getOrDefault(words[2], "");
                metrics.put(words[2], new Metric(words[2], words[3], new TreeMap<>(), meaning));
            } else {
                sample(line, metrics);
            }
        }
        return metrics;
    }

    private static void sample(String line, Map<String, Metric> metrics) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Metric metric = metrics.get(sample.group(1));
        if (metric == null) {
            metric = metrics.get(PART.matcher(sample.group(1)).replaceFirst(""));
        }
        if (metric == null) {
            throw new IllegalArgumentException("of no family: " + line);
        }
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            if (!label.group(1).equals("le")) {
                metric.saw(label.group(1), label.group(2));
            }
        }
    }

    private void saw(String label, String value) {
        SortedSet<String> values = labels.computeIfAbsent(label, _ -> new TreeSet<>());
        if (!OPEN.contains(label) && !name.contains("_door_")) {
            values.add(value);
        }
    }

    /** The names that expressions may have for it. */
    List<String> names() {
        return kind.equals("histogram")
                ? List.of(name + "_bucket", name + "_count", name + "_sum")
                : List.of(name);
    }

    /** Its row in the page's table. */
    String row() {
        List<String> shown = new ArrayList<>();
        labels.forEach(
                (label, values) ->
                        shown.add(
                                "`"
                                        + label
                                        + "`"
                                        + (values.isEmpty()
                                                ? ""
                                                : ": " + String.join(", ", values))));
        return "| `%s` | %s | %s | %s |\n".formatted(name, kind, String.join("; ", shown), meaning);
    }

    /** What a row of the page's table says. */
    static Metric ofRow(String row) {
        String[] cells = row.split("\\|", -1);
        SortedMap<String, SortedSet<String>> labels = new TreeMap<>();
        Matcher label = SHOWN.matcher(cells[3]);
        while (label.find()) {
            String values = label.group(2);
            labels.put(
                    label.group(1),
                    values == null
                            ? new TreeSet<>()
                            : new TreeSet<>(List.of(values.strip().split(", "))));
        }
        return new Metric(
                cells[1].strip().replace("`", ""), cells[2].strip(), labels, cells[4].strip());
    }
}
