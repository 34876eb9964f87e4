package io.signalbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TestBroker broker;
    private KafkaClients kafka;

    @BeforeAll
    void startBroker(@TempDir Path directory) throws Exception {
        broker = TestBroker.start(directory);
        kafka = clients(broker.bootstrapServers());
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldReadToTheEndOfAllPartitionsAndGoOn() throws Exception {
        broker.createTopic("to-end", 3, Map.of());
        write("to-end", 0, "a", "b");
        write("to-end", 2, "c");
        List<String> read = new ArrayList<>();
        try (TopicReader reader =
                TopicReader.fromBeginning(kafka.reader("to-end"), partitions("to-end", 3))) {
            reader.readToEnd(PATIENCE, item -> read.add(text(item)));
            assertThat(read).containsExactlyInAnyOrder("a", "b", "c");

            write("to-end", 1, "d");
            reader.readToEnd(PATIENCE, item -> read.add(text(item)));

            assertThat(read).containsExactlyInAnyOrder("a", "b", "c", "d");
        }
    }

    @Test
    void shouldReadOnlyWhatFollowsAPosition() throws Exception {
        broker.createTopic("from", 1, Map.of());
        write("from", 0, "a", "b", "c");
        List<String> read = new ArrayList<>();
        try (TopicReader reader =
                TopicReader.from(kafka.reader("from"), Map.of(new TopicPartition("from", 0), 2L))) {
            reader.readToEnd(PATIENCE, item -> read.add(text(item)));
        }
        assertThat(read).containsExactly("c");
    }

    @Test
    void shouldNotJumpFromAPositionBeyondTheEnd() throws Exception {
        broker.createTopic("beyond", 1, Map.of());
        write("beyond", 0, "a");
        try (TopicReader reader =
                TopicReader.from(
                        kafka.reader("beyond"), Map.of(new TopicPartition("beyond", 0), 7L))) {
            assertThatThrownBy(() -> pollFor(reader, PATIENCE))
                    .isInstanceOf(OffsetOutOfRangeException.class);
        }
    }

    @Test
    void shouldGiveUpReadingToTheEndWithoutABroker() throws Exception {
        KafkaClients nowhere = clients("127.0.0.1:" + TestBroker.freePort());
        try (TopicReader reader =
                TopicReader.fromBeginning(nowhere.reader("nowhere"), partitions("nowhere", 1))) {
            assertThatThrownBy(() -> reader.readToEnd(Duration.ofMillis(200), item -> {}))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void shouldOwnAllPartitionsAloneInAGroupAndReadWhereSought() throws Exception {
        broker.createTopic("owned", 4, Map.of());
        write("owned", 3, "a", "b");
        Set<TopicPartition> owned = new HashSet<>();
        List<String> read = new ArrayList<>();
        try (Consumer<byte[], byte[]> member = kafka.groupMember("member", "owners")) {
            member.subscribe(List.of("owned"), seekingTo(1, member, owned));
            long deadline = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
            while (read.isEmpty() && System.nanoTime() < deadline) {
                member.poll(Duration.ofMillis(100)).forEach(item -> read.add(text(item)));
            }
        }
        assertThat(owned).hasSize(4);
        assertThat(read).containsExactly("b");
    }

    @Test
    void shouldRestAsAMemberWhileItsBrokerIsAway(@TempDir Path directory) throws Exception {
        TestBroker gone = TestBroker.start(directory);
        gone.createTopic("left", 1, Map.of());
        Set<TopicPartition> owned = new HashSet<>();
        try (Consumer<byte[], byte[]> member =
                clients(gone.bootstrapServers()).groupMember("member", "left")) {
            member.subscribe(List.of("left"), seekingTo(0, member, owned));
            await().atMost(PATIENCE.multipliedBy(3))
                    .until(
                            () -> {
                                member.poll(Duration.ofMillis(100));
                                return !owned.isEmpty();
                            });
            gone.close();
            pollFor(Duration.ofSeconds(8), member);

            Duration used = pollFor(Duration.ofSeconds(4), member);

            assertThat(used).isLessThan(Duration.ofSeconds(1));
        }
    }

    /** How much of the processors this process takes for it, the client's own threads included. */
    private static Duration pollFor(Duration time, Consumer<byte[], byte[]> member) {
        var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = process.getProcessCpuTime();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            member.poll(Duration.ofMillis(40));
        }
        return Duration.ofNanos(process.getProcessCpuTime() - before);
    }

    @Test
    void shouldFailASendWithinItsDeadlineWithoutABroker() throws Exception {
        KafkaClients nowhere = clients("127.0.0.1:" + TestBroker.freePort());
        try (Producer<byte[], byte[]> producer =
                nowhere.producer("impatient", Map.of("max.block.ms", 200))) {
            assertThatThrownBy(
                            () ->
                                    producer.send(new ProducerRecord<>("t", 0, null, bytes("a")))
                                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    @Timeout(15)
    void shouldCloseWithinSecondsWithoutABroker() throws Exception {
        KafkaClients nowhere = clients("127.0.0.1:" + TestBroker.freePort());
        Producer<byte[], byte[]> producer = nowhere.producer("unsent", Map.of("max.block.ms", 200));
        Consumer<byte[], byte[]> member = nowhere.groupMember("member", "nobody");
        Admin admin = nowhere.admin("pending");
        admin.describeCluster();
        member.subscribe(List.of("t"));
        member.poll(Duration.ofMillis(50));
        var _ = producer.send(new ProducerRecord<>("t", 0, null, bytes("a")));
        long started = System.nanoTime();

        admin.close();
        member.close();
        producer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void shouldMakePatientClientsWhileNoBrokersNameIsKnown() {
        KafkaClients patient = KafkaClients.patient("tested", settings("broker.invalid:9092"));

        try (Producer<byte[], byte[]> producer = patient.producer("p");
                Consumer<byte[], byte[]> reader = patient.reader("r");
                Admin admin = patient.admin("a")) {
            reader.wakeup();
            assertThatThrownBy(() -> reader.poll(Duration.ZERO))
                    .isInstanceOf(WakeupException.class);
            assertThat(producer).isNotNull();
            assertThat(admin).isNotNull();
        }
    }

    @Test
    void shouldPassKafkaPropertiesOnlyToClientsThatKnowThem() {
        SettingValues values =
                SettingValues.read(
                        CommonSettings.with(Running.HTTP_LISTEN, List.of()),
                        KnownSettings.of(List.of()),
                        SettingSources.of(Map.of("kafka-max-poll-records", "7"), Map.of()));
        assertThat(values.kafka().forConsumer()).containsEntry("max.poll.records", "7");
        assertThat(values.kafka().forProducer()).isEmpty();
        assertThat(values.kafka().forAdmin()).isEmpty();
    }

    private static ConsumerRebalanceListener seekingTo(
            long position, Consumer<byte[], byte[]> member, Set<TopicPartition> owned) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                owned.addAll(partitions);
                partitions.forEach(
                        partition ->
                                member.seek(partition, partition.partition() == 3 ? position : 0));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
        };
    }

    private static void pollFor(TopicReader reader, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            reader.poll(Duration.ofMillis(100));
        }
    }

    @Test
    void shouldSayHowManyRecordsItsReadersHaveBeforeThem() throws Exception {
        broker.createTopic("lag", 1, Map.of());
        write("lag", 0, "a", "b", "c");
        KafkaClients counted = clients(broker.bootstrapServers());
        Consumer<byte[], byte[]> slow = counted.reader("lag", Map.of("max.poll.records", 1));
        try (TopicReader reader = TopicReader.fromBeginning(slow, partitions("lag", 1))) {
            while (reader.poll(Duration.ofMillis(100)).isEmpty()) {
                assertThat(counted.lag()).isZero();
            }
            assertThat(counted.lag()).isEqualTo(2);

            reader.readToEnd(PATIENCE, _ -> {});

            assertThat(counted.lag()).isZero();
            await().until(() -> counted.pollAge() >= 1);
        }
        assertThat(counted.pollAge()).isZero();
    }

    private void write(String topic, int partition, String... texts) throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer("writer-" + topic)) {
            for (String text : texts) {
                producer.send(new ProducerRecord<>(topic, partition, null, bytes(text))).get();
            }
        }
    }

    private static KafkaClients clients(String servers) {
        return new KafkaClients("tested", settings(servers));
    }

    private static CommonSettings settings(String servers) {
        SettingValues values =
                SettingValues.read(
                        CommonSettings.with(Running.HTTP_LISTEN, List.of()),
                        KnownSettings.of(List.of()),
                        SettingSources.of(Map.of("bootstrap-servers", servers), Map.of()));
        return CommonSettings.from(values, Running.HTTP_LISTEN);
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<byte[], byte[]> item) {
        return new String(item.value(), StandardCharsets.UTF_8);
    }
}
