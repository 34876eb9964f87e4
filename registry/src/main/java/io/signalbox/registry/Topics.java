package io.signalbox.registry;

import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The names of the topics that the registry reads and writes, under its prefix. */
record Topics(String prefix) {

    String events() {
        return Topic.CONTAINER_EVENTS.topicName(prefix);
    }

    String state() {
        return Topic.SERVICE_STATE.topicName(prefix);
    }

    String liveness() {
        return Topic.LIVENESS.topicName(prefix);
    }

    String groups() {
        return Topic.PROXY_GROUPS.topicName(prefix);
    }

    String results() {
        return Topic.APPLY_RESULTS.topicName(prefix);
    }

    /** The group that a configuration topic belongs to. */
    String group(String configurationTopic) {
        return configurationTopic.substring(Topic.PROXY_CONFIGS.topicName(prefix, "").length());
    }

    /** The group that a topic is the configuration of; empty where it is another topic. */
    Optional<String> groupOf(String topic) {
        return topic.startsWith(Topic.PROXY_CONFIGS.topicName(prefix, ""))
                ? Optional.of(group(topic))
                : Optional.empty();
    }

    String control() {
        return Topic.WATCHER_CONTROL.topicName(prefix);
    }

    /** The partition that a subject's facts belong to. */
    int eventsPartition(String subject) {
        return Partitions.of(subject, Topic.CONTAINER_EVENTS.partitions());
    }

    List<TopicPartition> statePartitions() {
        return partitions(state(), Topic.SERVICE_STATE);
    }

    List<TopicPartition> livenessPartitions() {
        return partitions(liveness(), Topic.LIVENESS);
    }

    static List<TopicPartition> partitions(String name, Topic topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            all.add(new TopicPartition(name, partition));
        }
        return all;
    }
}
