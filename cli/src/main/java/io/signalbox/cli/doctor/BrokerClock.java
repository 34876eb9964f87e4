package io.signalbox.cli.doctor;

import io.signalbox.process.KafkaClients;
import io.signalbox.process.TopicReader;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Compares the brokers' clock with this machine's, by the time that beats are appended. */
final class BrokerClock {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Beats come once a second in each partition. */
    private static final Duration LISTENING = Duration.ofMillis(2_500);

    private final KafkaClients kafka;
    private final String topic;

    BrokerClock(KafkaClients kafka, String prefix) {
        this.kafka = kafka;
        this.topic = Topic.LIVENESS.topicName(prefix);
    }

    List<Finding> look() throws ExecutionException, InterruptedException, TimeoutException {
        String subject = "the broker's clock";
        try (Admin admin = kafka.admin("doctor")) {
            Set<String> names =
                    admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!names.contains(topic)) {
                return List.of(Finding.skipped(subject, "there is no topic " + topic));
            }
        }
        List<Duration> ahead = listen();
        return List.of(
                ahead.isEmpty()
                        ? Finding.skipped(subject, "nobody writes beats into " + topic)
                        : Clocks.judge(subject, least(ahead)));
    }

    private List<Duration> listen() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < Topic.LIVENESS.partitions(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        List<Duration> ahead = new ArrayList<>();
        long until = System.nanoTime() + LISTENING.toNanos();
        try (TopicReader reader = TopicReader.fromEnd(kafka.reader("doctor"), partitions)) {
            while (System.nanoTime() < until) {
                long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofMillis(left))) {
                    ahead.add(Duration.ofMillis(record.timestamp() - System.currentTimeMillis()));
                }
            }
        }
        return ahead;
    }

    /** A record's way here takes time, and what took the shortest tells most. */
    private static Duration least(List<Duration> ahead) {
        return ahead.stream().max(Duration::compareTo).orElseThrow();
    }
}
