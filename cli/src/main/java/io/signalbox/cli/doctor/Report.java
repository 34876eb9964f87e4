package io.signalbox.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.cli.doctor.Finding.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What all checks found.
 *
 * @param found the findings of each check, in the order of the checks
 */
public record Report(Map<Check, List<Finding>> found) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the findings. */
    public Report {
        Map<Check, List<Finding>> copy = new LinkedHashMap<>();
        found.forEach((check, findings) -> copy.put(check, List.copyOf(findings)));
        found = Collections.unmodifiableMap(copy);
    }

    /**
     * 0 if all is well, 1 if something is wrong.
     *
     * @param strict whether a warning is wrong too
     */
    public int exitCode(boolean strict) {
        return count(State.FAIL) > 0 || (strict && count(State.WARN) > 0) ? 1 : 0;
    }

    /** One line for each finding below its section's heading, and the sum. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        String section = "";
        for (Map.Entry<Check, List<Finding>> entry : found.entrySet()) {
            if (!entry.getKey().section().equals(section)) {
                section = entry.getKey().section();
                lines.add(section);
            }
            for (Finding finding : entry.getValue()) {
                lines.add("  %-8s %s".formatted(word(finding.state()), finding.line()));
            }
        }
        lines.add(sum());
        return lines;
    }

    /** The same for scripts: counts, and every finding with its check. */
    public String json(boolean strict) {
        ObjectNode root = JSON.createObjectNode();
        root.put("ok", exitCode(strict) == 0);
        ObjectNode counts = root.putObject("counts");
        for (State state : State.values()) {
            counts.put(word(state), count(state));
        }
        ArrayNode findings = root.putArray("findings");
        found.forEach(
                (check, all) ->
                        all.forEach(
                                finding ->
                                        findings.addObject()
                                                .put("check", check.name())
                                                .put("section", check.section())
                                                .put("state", word(finding.state()))
                                                .put("subject", finding.subject())
                                                .put("value", finding.value())
                                                .put("rule", finding.rule())
                                                .put("remedy", finding.remedy())));
        return root.toPrettyString();
    }

    private String sum() {
        return "%d ok, %d to look at, %d wrong, %d skipped"
                .formatted(
                        count(State.OK),
                        count(State.WARN),
                        count(State.FAIL),
                        count(State.SKIPPED));
    }

    private long count(State state) {
        return found.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.state() == state)
                .count();
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
