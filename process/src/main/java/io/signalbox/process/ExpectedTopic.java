package io.signalbox.process;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a process depends on in a topic.
 *
 * @param name the whole name
 * @param partitions how many it must have
 * @param settings values that it must have, such as {@code cleanup.policy}: {@code compact}
 */
public record ExpectedTopic(String name, int partitions, Map<String, String> settings) {
    /** Copies the settings, sorted by name. */
    public ExpectedTopic {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
