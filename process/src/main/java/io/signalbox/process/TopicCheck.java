package io.signalbox.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Compares topics as they are with what a process depends on. Changes and creates nothing. Blocks
 * while the broker answers.
 */
public final class TopicCheck {
    private final Admin admin;
    private final Duration patience;

    /**
     * A check through this client.
     *
     * @param patience for each of two requests
     */
    public TopicCheck(Admin admin, Duration patience) {
        this.admin = admin;
        this.patience = patience;
    }

    /**
     * Looks at the topics now; the result has one outcome for each name, in the order given.
     *
     * @throws ExecutionException if the broker refuses, with its reason as the cause
     * @throws TimeoutException if it does not answer in time
     */
    public Map<String, Outcome> check(Collection<ExpectedTopic> expected)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> found = describe(expected);
        Map<String, Config> configs = configs(found.keySet());
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (ExpectedTopic topic : expected) {
            outcomes.put(
                    topic.name(),
                    outcome(topic, found.get(topic.name()), configs.get(topic.name())));
        }
        return outcomes;
    }

    private Map<String, TopicDescription> describe(Collection<ExpectedTopic> expected)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = expected.stream().map(ExpectedTopic::name).toList();
        Map<String, TopicDescription> found = new HashMap<>();
        for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                found.put(answer.getKey(), await(answer.getValue()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private Map<String, Config> configs(Collection<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<String, Config> byName = new HashMap<>();
        if (!resources.isEmpty()) {
            await(admin.describeConfigs(resources).all())
                    .forEach((resource, config) -> byName.put(resource.name(), config));
        }
        return byName;
    }

    private <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Outcome outcome(
            ExpectedTopic topic, @Nullable TopicDescription found, @Nullable Config config) {
        if (found == null || config == null) {
            return new Outcome.Missing(
                    "topic " + topic.name() + " is missing: create it with: signalbox topics");
        }
        List<String> mistakes = new ArrayList<>();
        if (found.partitions().size() != topic.partitions()) {
            mistakes.add(
                    mistake(
                            topic,
                            "partitions",
                            Integer.toString(topic.partitions()),
                            Integer.toString(found.partitions().size())));
        }
        topic.settings()
                .forEach(
                        (setting, value) -> {
                            ConfigEntry entry = config.get(setting);
                            String actual = entry == null ? "none" : entry.value();
                            if (!value.equals(actual)) {
                                mistakes.add(mistake(topic, setting, value, actual));
                            }
                        });
        return mistakes.isEmpty()
                ? new Outcome.Right(found.topicId())
                : new Outcome.Wrong(
                        found.topicId(), mistakes, found.partitions().size() != topic.partitions());
    }

    private static String mistake(
            ExpectedTopic topic, String setting, String expected, String found) {
        return "topic %s must have %s %s, it has %s"
                .formatted(topic.name(), setting, expected, found);
    }

    /** What a look at one topic showed. */
    public sealed interface Outcome {
        /**
         * The topic is as it must be.
         *
         * @param id changes when the topic is deleted and created again
         */
        record Right(Uuid id) implements Outcome {}

        /** There is no such topic; the line says so and names the command. */
        record Missing(String line) implements Outcome {}

        /**
         * The topic must not be used.
         *
         * @param id changes when the topic is deleted and created again
         * @param lines one for each difference
         * @param repartitioned whether the number of partitions differs, which nothing can repair
         */
        record Wrong(Uuid id, List<String> lines, boolean repartitioned) implements Outcome {
            /** Copies the lines. */
            public Wrong {
                lines = List.copyOf(lines);
            }
        }
    }
}
