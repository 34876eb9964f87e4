package io.signalbox.registry.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why something is served, or not.
 *
 * @param kind {@code container}, {@code service}, {@code group}, {@code request} or {@code
 *     connection}
 * @param subject what was asked about
 * @param served whether requests reach it now
 * @param summary one sentence
 * @param reasons each with its rule and value
 * @param details of what it consists of
 */
public record Answer(
        String kind,
        String subject,
        boolean served,
        String summary,
        List<Reason> reasons,
        List<Answer> details) {

    public Answer {
        reasons = List.copyOf(reasons);
        details = List.copyOf(details);
    }

    /**
     * One reason.
     *
     * @param code stable name of the rule
     */
    public record Reason(String code, String message) {}

    /** The answer as nested maps, in a stable order. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind);
        tree.put("subject", subject);
        tree.put("served", served);
        tree.put("summary", summary);
        List<Object> why = new ArrayList<>();
        for (Reason reason : reasons) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("code", reason.code());
            one.put("message", reason.message());
            why.add(one);
        }
        tree.put("reasons", why);
        if (!details.isEmpty()) {
            tree.put("details", new ArrayList<>(details.stream().map(Answer::tree).toList()));
        }
        return tree;
    }

    /** The answer as indented lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(kind + " " + subject + ": " + summary);
        reasons.forEach(reason -> lines.add("  - " + reason.message()));
        details.forEach(detail -> detail.lines().forEach(line -> lines.add("  " + line)));
        return lines;
    }
}
