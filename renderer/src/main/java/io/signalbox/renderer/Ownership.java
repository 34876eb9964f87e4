package io.signalbox.renderer;

import io.signalbox.process.BrokerWatch;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions of {@code proxy-groups}, and so which groups, are this renderer's, by a consumer
 * group (KIP-848) that reads nothing. Runs on a thread of its own, so that a slow broker does not
 * hold up the loop; a claim of the next owner fences whatever is written meanwhile.
 */
final class Ownership implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(Ownership.class);

    /**
     * Between two looks at the membership. The consumer's own waiting is not used: it goes in
     * circles without rest while records of a paused partition lie in its buffer.
     */
    private static final Duration REST = Duration.ofMillis(50);

    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration CALM = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> member;
    private final String topic;
    private final Set<Integer> mine = new TreeSet<>();
    private final Outage outage;
    private volatile Set<Integer> owned = Set.of();

    Ownership(ProcessRuntime runtime, RendererSettings settings) {
        this.member = runtime.kafka().groupMember("ownership", settings.groupId());
        this.outage =
                new Outage(log, runtime.readiness().condition("ownership"), InstantSource.system());
        this.topic = Topic.PROXY_GROUPS.topicName(settings.common().topicPrefix());
    }

    /** The partitions that are ours now. Safe for all threads. */
    Set<Integer> owned() {
        return owned;
    }

    /** Makes the next poll the last one. Safe for all threads. */
    void wakeup() {
        member.wakeup();
    }

    void run(ProcessRuntime.Stop stop, BrokerWatch watch) throws InterruptedException {
        try {
            watch.awaitTopics();
            member.subscribe(Set.of(topic), this);
            while (!stop.requested()) {
                poll();
            }
        } catch (WakeupException | InterruptException e) {
            log.atDebug().log("woken to stop");
        } finally {
            owned = Set.of();
            member.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void poll() throws InterruptedException {
        try {
            member.poll(Duration.ZERO);
            if (member.groupMetadata().generationId() > 0) {
                outage.back();
            }
            Thread.sleep(REST);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            outage.away(String.valueOf(e.getMessage()));
            Thread.sleep(CALM);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            member.seek(partition, 0);
            mine.add(partition.partition());
        }
        member.pause(partitions);
        owned = Set.copyOf(mine);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> mine.remove(partition.partition()));
        owned = Set.copyOf(mine);
    }
}
