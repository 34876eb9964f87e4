package io.signalbox.process;

import io.signalbox.schemas.Topic;
import java.util.Collections;
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
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** What the catalogue says of a topic under a prefix such as {@code signalbox.}. */
    public static ExpectedTopic of(Topic topic, String prefix) {
        return new ExpectedTopic(
                topic.topicName(prefix), topic.partitions(), topic.checkedConfig());
    }

    /** What the catalogue says of a group's own topic. */
    public static ExpectedTopic ofGroup(String prefix, String group) {
        Topic topic = Topic.PROXY_CONFIGS;
        return new ExpectedTopic(
                topic.topicName(prefix, group), topic.partitions(), topic.checkedConfig());
    }
}
