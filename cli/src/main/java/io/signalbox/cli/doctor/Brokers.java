package io.signalbox.cli.doctor;

import io.signalbox.process.CommonSettings;
import io.signalbox.process.HostPort;
import io.signalbox.process.KafkaClients;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.server.common.MetadataVersion;

/** Looks at the brokers: whether they are reached, what they can do, and who works with them. */
final class Brokers {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int CONNECT_MS = 1_500;

    /** The feature of the groups of KIP-848, from Kafka 4.0 on. */
    private static final String GROUPS = "group.version";

    private final CommonSettings settings;

    Brokers(CommonSettings settings) {
        this.settings = settings;
    }

    /** Each server to start from, and each broker that they name. */
    List<Finding> reached() throws InterruptedException {
        List<Finding> findings =
                SideBySide.look(
                        settings.bootstrapServers(),
                        server -> bootstrap("bootstrap server " + server, server));
        boolean any = findings.stream().anyMatch(one -> one.state() == Finding.State.OK);
        return any ? findings.stream().map(Brokers::lessGrave).distinct().toList() : findings;
    }

    /** What is wrong with one of several servers harms only those that start from it. */
    private static Finding lessGrave(Finding finding) {
        return finding.state() == Finding.State.FAIL && finding.subject().startsWith("bootstrap")
                ? Finding.warn(finding.subject(), finding.value(), finding.rule(), finding.remedy())
                : finding;
    }

    private List<Finding> bootstrap(String subject, HostPort server) {
        try {
            Optional<String> objection =
                    encrypted()
                            ? Optional.empty()
                            : KafkaProbe.objection(server.host(), server.port());
            return objection.isPresent()
                    ? List.of(unreachable(subject, objection.get()))
                    : cluster(subject, server);
        } catch (TimeoutException e) {
            return List.of(unreachable(subject, "no answer in time"));
        } catch (IOException | ExecutionException | KafkaException e) {
            return List.of(unreachable(subject, Reasons.of(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.skipped(subject, "the look was interrupted"));
        }
    }

    private List<Finding> cluster(String subject, HostPort server)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = clients(List.of(server)).admin("doctor")) {
            DescribeClusterResult cluster = admin.describeCluster();
            Collection<Node> nodes = await(cluster.nodes());
            List<Finding> findings = new ArrayList<>();
            findings.add(
                    Finding.ok(
                            subject,
                            "a cluster of %d: %s"
                                    .formatted(nodes.size(), await(cluster.clusterId()))));
            findings.addAll(SideBySide.look(nodes, Brokers::advertised));
            return findings;
        }
    }

    private static List<Finding> advertised(Node node) {
        try {
            connect(node.host(), node.port());
            return List.of();
        } catch (IOException e) {
            return List.of(
                    Finding.fail(
                            "broker " + node.id(),
                            "says it is at %s:%d, and there %s"
                                    .formatted(node.host(), node.port(), Reasons.of(e)),
                            "every client must reach that address",
                            "start it, or set its advertised.listeners"));
        }
    }

    private boolean encrypted() {
        return settings.kafka().byName().getOrDefault("security.protocol", "").contains("SSL");
    }

    private static Finding unreachable(String subject, String why) {
        return Finding.fail(
                subject,
                why,
                "must be a listener for clients, with the security that the settings say",
                "start the broker, or correct "
                        + CommonSettings.BOOTSTRAP_SERVERS.flag()
                        + " (SIGNALBOX_KAFKA_SECURITY_PROTOCOL for TLS)");
    }

    private static void connect(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
        }
    }

    /** What the cluster can do that registries and renderers need. */
    List<Finding> features() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = clients(settings.bootstrapServers()).admin("doctor")) {
            Map<String, FinalizedVersionRange> features =
                    await(admin.describeFeatures().featureMetadata()).finalizedFeatures();
            FinalizedVersionRange groups = features.get(GROUPS);
            FinalizedVersionRange metadata = features.get(MetadataVersion.FEATURE_NAME);
            String release = metadata == null ? "unknown" : release(metadata.maxVersionLevel());
            int level = groups == null ? 0 : groups.maxVersionLevel();
            String value = "metadata version %s, %s %d".formatted(release, GROUPS, level);
            return List.of(
                    level > 0
                            ? Finding.ok("features", value)
                            : Finding.fail(
                                    "features",
                                    value,
                                    GROUPS
                                            + " must be at least 1: registries and renderers share"
                                            + " their work by the protocol of KIP-848",
                                    "run Kafka 4.0 or newer and: kafka-features.sh"
                                            + " --bootstrap-server "
                                            + clients(settings.bootstrapServers()).brokers()
                                            + " upgrade --feature group.version=1"));
        }
    }

    private static String release(short level) {
        try {
            return MetadataVersion.fromFeatureLevel(level).version();
        } catch (IllegalArgumentException e) {
            return Short.toString(level);
        }
    }

    /** Whether somebody folds facts and renders configurations, as far as there are any. */
    List<Finding> members() throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = clients(settings.bootstrapServers()).admin("doctor")) {
            return List.of(
                    members(admin, "registry", Topic.CONTAINER_EVENTS, "facts are not folded"),
                    members(
                            admin,
                            "renderer",
                            Topic.SERVICE_STATE,
                            "configurations are not rendered"));
        }
    }

    private Finding members(Admin admin, String process, Topic input, String without)
            throws ExecutionException, InterruptedException, TimeoutException {
        String group = settings.topicPrefix() + process;
        String subject = "consumer group " + group;
        int members = members(admin, group);
        if (members > 0) {
            return Finding.ok(subject, "members: " + members);
        }
        if (!written(admin, input)) {
            return Finding.skipped(subject, "topic " + input.shortName() + " is empty");
        }
        return Finding.fail(
                subject, "no member", without, "start a signalbox " + process + ", or see its log");
    }

    private static int members(Admin admin, String group)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                    .mapToInt(described -> described.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    private boolean written(Admin admin, Topic topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        String name = topic.topicName(settings.topicPrefix());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
        try {
            return await(admin.listOffsets(ends).all()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .anyMatch(offset -> offset > 0);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private KafkaClients clients(List<HostPort> servers) {
        return new KafkaClients(
                "doctor",
                new CommonSettings(
                        servers,
                        settings.schemaRegistryUrl(),
                        settings.schemaCache(),
                        settings.topicPrefix(),
                        settings.replicationFactor(),
                        settings.minInsyncReplicas(),
                        settings.httpListen(),
                        settings.kafka(),
                        settings.logFormat(),
                        settings.logLevel()));
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
