package io.signalbox.haproxy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a worker says of itself in the answer to {@code show info}. */
public record ProcessInfo(HaproxyVersion version, long pid, Map<String, String> values) {

    public ProcessInfo {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * Reads the answer.
     *
     * @throws IllegalValue if version or pid are missing
     */
    public static ProcessInfo parse(String answer) {
        var values = new TreeMap<String, String>();
        for (var line : answer.lines().toList()) {
            var colon = line.indexOf(": ");
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        }
        var version =
                HaproxyVersion.find(values.getOrDefault("Version", ""))
                        .orElseThrow(() -> missing("Version", answer));
        try {
            return new ProcessInfo(version, Long.parseLong(values.getOrDefault("Pid", "")), values);
        } catch (NumberFormatException e) {
            throw missing("Pid", answer);
        }
    }

    private static IllegalValue missing(String key, String answer) {
        return new IllegalValue("answer to show info", "must have " + key, answer);
    }
}
