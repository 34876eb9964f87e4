package io.signalbox.cli.doctor;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.ExpectedTopic;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.TopicCheck;
import io.signalbox.process.TopicCheck.Outcome;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Looks at the topics: whether all are there, as the processes need them, and their copies. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final String MIN_INSYNC = "min.insync.replicas";

    private final KafkaClients kafka;
    private final String prefix;

    Topics(CommonSettings settings) {
        this.kafka = new KafkaClients("doctor", settings);
        this.prefix = settings.topicPrefix();
    }

    List<Finding> look() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = kafka.admin("doctor")) {
            List<ExpectedTopic> expected = expected(await(admin.listTopics().names()));
            int brokers = await(admin.describeCluster().nodes()).size();
            Map<String, Outcome> outcomes = new TopicCheck(admin, PATIENCE).check(expected);
            List<String> there =
                    outcomes.entrySet().stream()
                            .filter(one -> !(one.getValue() instanceof Outcome.Missing))
                            .map(Map.Entry::getKey)
                            .toList();
            Map<String, Copies> copies = copies(admin, there, brokers);
            List<Finding> findings = new ArrayList<>();
            for (ExpectedTopic topic : expected) {
                findings.addAll(judge(topic, outcomes.get(topic.name()), copies.get(topic.name())));
            }
            return findings;
        }
    }

    /** The groups that have a topic for their configuration. */
    Set<String> groups() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = kafka.admin("doctor")) {
            return groups(await(admin.listTopics().names()));
        }
    }

    private Set<String> groups(Collection<String> topics) {
        String configs = prefix + Topic.PROXY_CONFIGS.shortName() + ".";
        return topics.stream()
                .filter(name -> name.startsWith(configs) && name.length() > configs.length())
                .map(name -> name.substring(configs.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<ExpectedTopic> expected(Collection<String> there) {
        List<ExpectedTopic> expected = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.PROXY_CONFIGS) {
                expected.add(ExpectedTopic.of(topic, prefix));
            }
        }
        Set<String> groups = groups(there);
        groups.add(GroupDefinition.DEFAULT);
        groups.forEach(group -> expected.add(ExpectedTopic.ofGroup(prefix, group)));
        return expected;
    }

    private List<Finding> judge(
            ExpectedTopic topic, @Nullable Outcome outcome, @Nullable Copies copies) {
        String subject = "topic " + topic.name();
        List<Finding> findings = new ArrayList<>();
        switch (outcome) {
            case Outcome.Missing _ ->
                    findings.add(Finding.fail(subject, "is missing", "", "signalbox topics"));
            case Outcome.Wrong wrong ->
                    wrong.lines()
                            .forEach(
                                    line ->
                                            findings.add(
                                                    Finding.fail(
                                                            subject,
                                                            line.replace(subject + " ", ""),
                                                            "",
                                                            remedy(topic, line))));
            case Outcome.Right _ -> {}
            case null -> {}
        }
        if (copies != null) {
            findings.addAll(
                    CopiesFindings.of(subject, topic.partitions(), copies, findings.isEmpty()));
        }
        return findings;
    }

    private String remedy(ExpectedTopic topic, String line) {
        return topic.settings().entrySet().stream()
                .filter(setting -> line.contains(" must have " + setting.getKey() + " "))
                .map(
                        setting ->
                                "kafka-configs.sh --bootstrap-server %s --entity-type topics --entity-name %s --alter --add-config %s=%s"
                                        .formatted(
                                                kafka.brokers(),
                                                topic.name(),
                                                setting.getKey(),
                                                setting.getValue()))
                .findFirst()
                .orElse(
                        "its number of partitions cannot be repaired: make the topics anew under"
                                + " another "
                                + CommonSettings.TOPIC_PREFIX.flag());
    }

    /**
     * How a topic is kept.
     *
     * @param brokers how many there are in all
     * @param least the fewest copies of any partition
     * @param inSync the fewest copies that are up to date
     * @param leaderless how many partitions nobody leads
     * @param minInsync how many copies must have a record before it is acknowledged
     */
    record Copies(int brokers, int least, int inSync, long leaderless, int minInsync) {}

    private static Map<String, Copies> copies(Admin admin, List<String> names, int brokers)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> topics = await(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                await(
                        admin.describeConfigs(
                                        names.stream()
                                                .map(
                                                        name ->
                                                                new ConfigResource(
                                                                        ConfigResource.Type.TOPIC,
                                                                        name))
                                                .toList())
                                .all());
        Map<String, Integer> minimums =
                configs.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.getKey().name(),
                                        one -> minimum(one.getValue())));
        return topics.values().stream()
                .collect(
                        Collectors.toMap(
                                TopicDescription::name,
                                topic ->
                                        copies(
                                                topic.partitions(),
                                                brokers,
                                                minimums.getOrDefault(topic.name(), 1))));
    }

    private static int minimum(Config config) {
        ConfigEntry entry = config.get(MIN_INSYNC);
        return entry == null ? 1 : Integer.parseInt(entry.value());
    }

    private static Copies copies(List<TopicPartitionInfo> partitions, int brokers, int minimum) {
        return new Copies(
                brokers,
                partitions.stream().mapToInt(one -> one.replicas().size()).min().orElse(0),
                partitions.stream().mapToInt(one -> one.isr().size()).min().orElse(0),
                partitions.stream()
                        .filter(one -> one.leader() == null || one.leader().isEmpty())
                        .count(),
                minimum);
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
