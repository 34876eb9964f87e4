package io.signalbox.cli;

import io.signalbox.process.CommonSettings;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.SchemaRegistration;
import io.signalbox.schemas.SchemaRegistrySettings;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics and registers the schemas: the only place that does either. Repeating it changes
 * nothing.
 */
final class TopicSetup {

    private static final long TIMEOUT_SECONDS = 30;

    private TopicSetup() {}

    /**
     * Creates every topic that is missing, that of the built-in group included; existing ones are
     * left as they are.
     *
     * @param progress takes one line for each topic
     */
    static void createTopics(OperatorSettings settings, Consumer<String> progress) {
        CommonSettings common = settings.common();
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (topic != Topic.PROXY_CONFIGS) {
                topics.add(describe(topic, topic.topicName(common.topicPrefix()), common));
            }
        }
        topics.add(groupTopic(GroupDefinition.DEFAULT, common));
        create(settings, topics, progress);
    }

    /** Creates the topic of one group if it is missing. */
    static void createGroupTopic(
            OperatorSettings settings, String group, Consumer<String> progress) {
        create(settings, List.of(groupTopic(group, settings.common())), progress);
    }

    /**
     * Registers every schema that is missing; a registry that has just started is slow to answer.
     */
    static void registerSchemas(OperatorSettings settings, Consumer<String> progress) {
        SchemaRegistrySettings registry = settings.schemaRegistry();
        SchemaRegistrySettings patient =
                new SchemaRegistrySettings(
                        registry.url(),
                        registry.cacheFile(),
                        Duration.ofSeconds(TIMEOUT_SECONDS),
                        registry.clientProperties());
        new SchemaRegistration(patient, settings.common().topicPrefix()).register(progress);
    }

    /** Fails by name where one of these topics is not there. */
    static void requireTopics(OperatorSettings settings, Collection<String> topics) {
        try (Admin admin = settings.kafka().admin("topics")) {
            Set<String> existing = await(admin.listTopics().names(), settings);
            for (String topic : topics) {
                if (!existing.contains(topic)) {
                    throw new OperationFailed(
                            "topic " + topic + " does not exist; run: signalbox topics");
                }
            }
        }
    }

    /** Waits for an answer of the broker. */
    static <T> T await(KafkaFuture<T> future, OperatorSettings settings) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw unreachable(settings);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(settings);
            }
            throw new OperationFailed("the broker refused: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }

    private static OperationFailed unreachable(OperatorSettings settings) {
        return new OperationFailed(
                "no broker answers at "
                        + settings.kafka().brokers()
                        + " ("
                        + CommonSettings.BOOTSTRAP_SERVERS.flag()
                        + ")");
    }

    private static OperationFailed tooFewBrokers(NewTopic topic, CommonSettings common) {
        return new OperationFailed(
                "%s cannot have %d copies: there are fewer brokers (%s, %s)"
                        .formatted(
                                topic.name(),
                                common.replicationFactor(),
                                CommonSettings.REPLICATION_FACTOR.flag(),
                                CommonSettings.MIN_INSYNC_REPLICAS.flag()));
    }

    private static NewTopic groupTopic(String group, CommonSettings common) {
        return describe(
                Topic.PROXY_CONFIGS,
                Topic.PROXY_CONFIGS.topicName(common.topicPrefix(), group),
                common);
    }

    private static NewTopic describe(Topic topic, String name, CommonSettings common) {
        return new NewTopic(
                        name,
                        Optional.of(topic.partitions()),
                        Optional.of((short) common.replicationFactor()))
                .configs(topic.creationConfig(common.minInsyncReplicas()));
    }

    private static void create(
            OperatorSettings settings, List<NewTopic> topics, Consumer<String> progress) {
        try (Admin admin = settings.kafka().admin("topics")) {
            Set<String> existing = await(admin.listTopics().names(), settings);
            for (NewTopic topic : topics) {
                boolean made = !existing.contains(topic.name()) && create(admin, topic, settings);
                progress.accept((made ? "created " : "exists  ") + topic.name());
            }
        }
    }

    private static boolean create(Admin admin, NewTopic topic, OperatorSettings settings) {
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(settings);
            }
            if (e.getCause() instanceof InvalidReplicationFactorException) {
                throw tooFewBrokers(topic, settings.common());
            }
            throw new OperationFailed(
                    "the broker refused to create " + topic.name() + ": " + e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted");
        }
    }
}
