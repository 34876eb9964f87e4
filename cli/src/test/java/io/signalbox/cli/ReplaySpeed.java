package io.signalbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.signalbox.cli.replay.KafkaReplayLog;
import io.signalbox.cli.replay.MemorySchemas;
import io.signalbox.cli.replay.Replay;
import io.signalbox.process.CommonSettings;
import io.signalbox.process.KnownSettings;
import io.signalbox.process.SettingSources;
import io.signalbox.process.SettingValues;
import io.signalbox.process.StartFailure;
import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.Signal;
import io.signalbox.registry.core.StateView;
import io.signalbox.renderer.core.GroupOwner;
import io.signalbox.renderer.core.ServiceView;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How many records a second a replay reads, folds, renders and compares: a program to run by hand,
 * since a figure that depends on the machine's load is no test. It fills a real broker with facts
 * of 2,400 containers of 240 services on 12 hosts and with what the cores make of them.
 *
 * <pre>ReplaySpeed FACTS [ROUNDS [FACTS_FOR_EACH_MANIFEST]]</pre>
 */
final class ReplaySpeed implements PartitionOwner.Sink {
    private static final int HOSTS = Topic.CONTAINER_EVENTS.partitions();
    private static final int CONTAINERS = 200;
    private static final int SERVICES = 240;
    private static final Instant RUN = Instant.parse("2026-11-01T10:00:00.123456789Z");
    private static final String VERSION = "speed";

    private final Producer<byte[], byte[]> producer;
    private final LogCodecs codecs;
    private final String prefix;
    private final ServiceView view = new ServiceView(HOSTS);
    private final GroupOwner renderer = new GroupOwner(GroupDefinition.DEFAULT, "r", VERSION);
    private final List<PartitionOwner> owners = new ArrayList<>();
    private final long[] sessions = new long[HOSTS];
    private final long[] numbers = new long[HOSTS];
    private Instant now = Instant.EPOCH;
    private long manifests;

    private ReplaySpeed(OperatorSettings settings, LogCodecs codecs, String topicId) {
        this.producer =
                settings.kafka().producer("speed", Map.of(ProducerConfig.LINGER_MS_CONFIG, 5));
        this.codecs = codecs;
        this.prefix = settings.common().topicPrefix();
        for (int host = 0; host < HOSTS; host++) {
            owners.add(PartitionOwner.takeOver(host, topicId, new StateView(), this));
        }
        renderer.takeOver();
        renderer.claimed(0);
    }

    /** Fills a log and replays it. */
    public static void main(String[] arguments) throws Exception {
        int facts = Integer.parseInt(arguments[0]);
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Path directory = Files.createTempDirectory("replay-speed");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, freePort(), freePort());
                MemorySchemas schemas = new MemorySchemas();
                LogCodecs codecs = schemas.codecs()) {
            OperatorSettings settings = settings(kafka.bootstrapServers());
            TopicSetup.createTopics(settings, _ -> {});
            String prefix = settings.common().topicPrefix();
            KafkaReplayLog empty =
                    await("new topics are known")
                            .ignoreException(StartFailure.class)
                            .until(
                                    () -> new KafkaReplayLog(settings.kafka(), codecs, prefix),
                                    log -> log.groups().isEmpty());
            ReplaySpeed speed = new ReplaySpeed(settings, codecs, empty.eventsTopicId());
            speed.fill(facts, batch);
            for (int round = 0; round < rounds; round++) {
                replay(new KafkaReplayLog(settings.kafka(), codecs, prefix));
            }
        }
    }

    private static void replay(KafkaReplayLog log) {
        Replay.Rules rules = new Replay.Rules(VERSION, Duration.ofDays(21), Instant.now());
        long began = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Replay.Outcome outcome = new Replay(log, rules, _ -> {}).run();
        double busy = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
        double seconds = (System.nanoTime() - began) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%s: %s; %,d records in %.1f s (%.1f s of a core), %,.0f records/s, %d MiB used%n",
                outcome.difference() == null ? "no difference" : outcome.difference().line(),
                outcome.tally().summary(),
                outcome.tally().records(),
                seconds,
                busy,
                outcome.tally().records() / seconds,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private void fill(int facts, int each) throws Exception {
        for (int host = 0; host < HOSTS; host++) {
            open(host);
        }
        write(renderer.begin(definition(), inputs(), later()));
        int made = 0;
        while (made < facts) {
            for (int host = 0; host < HOSTS; host++) {
                List<Fact> batch = new ArrayList<>();
                for (int count = 0; count < each; count++) {
                    batch.add(new Fact.ContainerObserved(container(host, made++)));
                }
                append(host, batch);
                write(renderer.step(inputs(), later()));
            }
        }
        producer.close(Duration.ofSeconds(30));
        System.out.printf("filled: %,d facts, %,d manifests%n", made, manifests);
    }

    private void open(int host) throws Exception {
        sessions[host] = Event.NO_SESSION;
        append(host, List.of(new Fact.SessionOpened(identity(host))));
        sessions[host] = 0;
        append(
                host,
                List.of(
                        new Fact.SnapshotBegan("docker", identity(host)),
                        new Fact.SnapshotEnded("docker", 0)));
    }

    private void append(int host, List<Fact> facts) throws Exception {
        Codec<Event> codec = codecs.events();
        List<Event> events = new ArrayList<>();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Fact fact : facts) {
            long number = sessions[host] == Event.NO_SESSION ? 0 : ++numbers[host];
            Event event =
                    new Event("host" + host, sessions[host], number, RUN, RUN, "docker", fact);
            events.add(event);
            sent.add(send(Topic.CONTAINER_EVENTS, host, event.subject(), codec.encode(event)));
        }
        for (int at = 0; at < events.size(); at++) {
            RecordMetadata stored = sent.get(at).get();
            owners.get(host)
                    .fold(
                            stored.offset(),
                            Instant.ofEpochMilli(stored.timestamp()),
                            events.get(at));
        }
        owners.get(host).endBatch();
    }

    private Future<RecordMetadata> send(
            Topic topic, int partition, String key, byte @Nullable [] value) {
        return producer.send(
                new ProducerRecord<>(
                        topic.topicName(prefix), partition, key.getBytes(UTF_8), value));
    }

    @Override
    public void write(int partition, ServiceState value, @Nullable Instant changedBy) {
        String key = Keys.of(value);
        var _ = send(Topic.SERVICE_STATE, partition, key, codecs.serviceState().encode(value));
        view.read(partition, key, value, Instant.EPOCH).forEach(renderer::apply);
    }

    @Override
    public void delete(int partition, String key) {
        throw new IllegalStateException("nothing is gone for so long: " + key);
    }

    @Override
    public void tell(WatcherControl control) {}

    @Override
    public void notice(Signal signal) {}

    private void write(List<GroupOwner.Write> writes) {
        int partition = Partitions.of(GroupDefinition.DEFAULT, Topic.CONFIG_HISTORY.partitions());
        for (GroupOwner.Write write : writes) {
            if (write instanceof GroupOwner.Write.Put(ConfigRecord record)) {
                byte[] value = codecs.history().encode(record);
                var _ = send(Topic.CONFIG_HISTORY, partition, GroupDefinition.DEFAULT, value);
                manifests += record instanceof ConfigRecord.Manifest ? 1 : 0;
            }
        }
    }

    private GroupOwner.Inputs inputs() {
        return new GroupOwner.Inputs(view, 0);
    }

    private Instant later() {
        now = now.plusSeconds(1);
        return now;
    }

    private static GroupDefinition definition() {
        return GroupDefinition.builtIn(GroupDefinition.DEFAULT, new GroupDefinition.Listen("", 80));
    }

    private static HostIdentity identity(int host) {
        return new HostIdentity("engine-" + host, "boot", "192.0.2." + host, "20.10.24");
    }

    /** A container of a host; each time it is seen another address. */
    private static Container container(int host, int made) {
        int number = made % CONTAINERS;
        String id = "%012x%052x".formatted(host * 1_000L + number, 7);
        String service = "service-" + (host * CONTAINERS + number) % SERVICES;
        return new Container(
                id,
                "name-" + number,
                "registry.example.com/team/application:1.2.3",
                Container.State.RUNNING,
                Container.Health.HEALTHY,
                RUN,
                null,
                0,
                false,
                new Container.NetworkMode(Container.NetworkMode.Kind.NETWORKS, ""),
                List.of(
                        new Container.NetworkAttachment(
                                "%064x".formatted(7),
                                "front",
                                "172.20.%d.%d".formatted(made / CONTAINERS % 250, number),
                                null,
                                false)),
                List.of(),
                List.of(new Container.ExposedPort(8080, Container.Protocol.TCP)),
                Map.of(
                        "signalbox.service",
                        service,
                        "signalbox.host",
                        service + ".example.com",
                        "com.docker.compose.project",
                        "shop"),
                Map.of(),
                10);
    }

    private static OperatorSettings settings(String brokers) {
        SettingSources sources =
                SettingSources.of(
                        Map.of(
                                CommonSettings.BOOTSTRAP_SERVERS.name(),
                                brokers,
                                CommonSettings.REPLICATION_FACTOR.name(),
                                "1",
                                CommonSettings.MIN_INSYNC_REPLICAS.name(),
                                "1"),
                        Map.of());
        return OperatorSettings.from(
                SettingValues.read(
                        OperatorSettings.ALL, KnownSettings.load(OperatorSettings.ALL), sources));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
