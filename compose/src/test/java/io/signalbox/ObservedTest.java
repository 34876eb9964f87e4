package io.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules and dashboard ask for nothing that no process measures. */
class ObservedTest {
    private static final Pattern NAME = Pattern.compile("signalbox[_:][a-z0-9_:]+");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern FILLED_IN =
            Pattern.compile("\\$labels\\.([a-z_]+)|\\{\\{([a-z_]+)}}");

    /** What Prometheus adds to every sample, or makes itself. */
    private static final Set<String> OF_PROMETHEUS =
            Set.of("job", "instance", "le", "alertname", "alertstate");

    private final Map<String, Metric> known = new TreeMap<>();
    private final List<String> expressions = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    ObservedTest() throws IOException {
        for (Metric metric : OperatingPage.metrics().values()) {
            metric.names().forEach(name -> known.put(name, metric));
        }
        for (Map<?, ?> rule : OperatingPage.rules()) {
            String expression = String.valueOf(rule.get("expr"));
            expressions.add(expression);
            if (rule.get("record") instanceof String record) {
                // It has the labels by which it sums, which are those of what it is made of.
                known.put(record, metric(only(expression)));
            } else {
                texts.add(String.valueOf(rule.get("annotations")));
            }
        }
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(
                                OperatingPage.OBSERVED
                                        .resolve("grafana/dashboards/signalbox.json")
                                        .toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asText());
                texts.add(target.path("legendFormat").asText());
            }
        }
    }

    private Metric metric(String name) {
        Metric metric = known.get(name);
        if (metric == null) {
            throw new AssertionError("no process has " + name);
        }
        return metric;
    }

    private static String only(String expression) {
        Matcher name = NAME.matcher(expression);
        assertThat(name.find()).isTrue();
        return name.group();
    }

    @Test
    void shouldNameMetricsThatProcessesHave() {
        SortedSet<String> named = new TreeSet<>();
        for (String expression : expressions) {
            NAME.matcher(expression.replaceAll("\"[^\"]*\"", "\"\""))
                    .results()
                    .forEach(name -> named.add(name.group()));
        }
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(known.keySet()).containsAll(named);
    }

    @Test
    void shouldSelectByLabelsAndValuesThatTheMetricHas() {
        for (String expression : expressions) {
            Matcher selector = SELECTOR.matcher(expression);
            while (selector.find()) {
                Matcher matcher = MATCHER.matcher(selector.group(2));
                while (matcher.find()) {
                    String label = matcher.group(1);
                    if (!OF_PROMETHEUS.contains(label)) {
                        SortedSet<String> there = metric(selector.group(1)).labels().get(label);
                        assertThat(there).as("%s of %s", label, expression).isNotNull();
                        assertThat(listed(matcher.group(3), there)).as(expression).isTrue();
                    }
                }
            }
        }
    }

    /** Whether what is asked for is among the values that there are, if these are listed. */
    private static boolean listed(String asked, @Nullable SortedSet<String> there) {
        return there == null || there.isEmpty() || there.containsAll(List.of(asked.split("\\|")));
    }

    @Test
    void shouldSumAndNameByLabelsThatThereAre() {
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        known.values().forEach(metric -> labels.addAll(metric.labels().keySet()));
        for (String expression : expressions) {
            Matcher by = BY.matcher(expression);
            while (by.find()) {
                assertThat(labels).as(expression).contains(by.group(1).split(", "));
            }
        }
        for (String text : texts) {
            Matcher filledIn = FILLED_IN.matcher(text);
            while (filledIn.find()) {
                String label = filledIn.group(1) == null ? filledIn.group(2) : filledIn.group(1);
                assertThat(labels).as(text).contains(label);
            }
        }
    }

    @Test
    void shouldAskEveryFleetAndProcessOfTheStack() throws IOException {
        String prometheus = Files.readString(OperatingPage.OBSERVED.resolve("prometheus.yaml"));
        Set<String> fleets =
                Pattern.compile("SIGNALBOX_GROUP: (\\w+)")
                        .matcher(
                                Files.readString(
                                        OperatingPage.REPOSITORY.resolve("compose/compose.yaml")))
                        .results()
                        .map(fleet -> fleet.group(1))
                        .collect(Collectors.toSet());
        assertThat(fleets).as("fleets of the stack").hasSizeGreaterThan(1);
        assertThat(fleets)
                .allSatisfy(fleet -> assertThat(prometheus).containsPattern("\\b" + fleet + "\\b"));
        assertThat(prometheus)
                .contains("names: [watcher]", "names: [registry]", "names: [renderer]");
    }
}
