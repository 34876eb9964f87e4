package io.signalbox.applier;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.signalbox.process.BrokerWatch.Recreated;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KafkaConfigLogTest {
    private static final String TOPIC = "signalbox.proxy-configs.default";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final Brokers brokers = new Brokers();
    private final List<Input> inputs = new ArrayList<>();
    private final KafkaConfigLog log =
            new KafkaConfigLog(
                    TOPIC, brokers, inputs::add, new SimpleMeterRegistry().counter("unreadable"));
    private boolean stop;

    @Test
    void shouldWaitTheShortestTimeAgainOnceReadingHasWorked() throws InterruptedException {
        for (int outage = 1; outage <= 5; outage++) {
            brokers.next(KafkaConfigLogTest::fails);
        }
        brokers.next(
                reader -> {
                    works(reader);
                    reader.schedulePollTask(() -> {});
                    fails(reader);
                });
        brokers.next(_ -> stop = true);

        log.run(() -> stop);

        assertThat(brokers.waits).hasSize(6);
        assertThat(brokers.waits.get(4)).isGreaterThan(Duration.ofSeconds(10));
        assertThat(brokers.waits.get(5)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldWaitLongerAndLongerWhereTheEndIsNeverReached() throws InterruptedException {
        for (int outage = 1; outage <= 4; outage++) {
            brokers.next(
                    reader -> {
                        reader.updateEndOffsets(Map.of(PARTITION, 2L));
                        works(reader);
                        fails(reader);
                    });
        }
        brokers.next(_ -> stop = true);

        log.run(() -> stop);

        assertThat(brokers.waits).isSorted().hasSize(4);
    }

    @Test
    void shouldReadATopicThatIsCreatedAgainUnderItAsTheOneThatItIs() throws InterruptedException {
        Uuid first = brokers.id;
        Uuid second = Uuid.randomUuid();
        Recreated change = new Recreated(TOPIC, first, second);
        brokers.next(
                reader -> {
                    works(reader);
                    reader.schedulePollTask(() -> log.topicRecreated(change));
                    reader.schedulePollTask(() -> stop = true);
                });
        brokers.next(_ -> stop = true);

        log.run(() -> stop);

        assertThat(begun()).containsExactly(first.toString(), second.toString());
        assertThat(brokers.accepted).containsExactly(change);
    }

    @Test
    void shouldAcceptATopicThatIsCreatedAgainOnlyOnceItIsRead() throws InterruptedException {
        Recreated change = new Recreated(TOPIC, brokers.id, Uuid.randomUuid());
        log.topicRecreated(change);
        brokers.next(
                _ -> {
                    throw new KafkaException("no broker's name can be looked up");
                });
        brokers.next(
                _ -> {
                    assertThat(brokers.accepted).isEmpty();
                    stop = true;
                });

        log.run(() -> stop);

        assertThat(begun()).containsExactly(change.now().toString());
        assertThat(brokers.accepted).containsExactly(change);
    }

    @Test
    void shouldAskWhichTopicItIsWhereRecordsAreGone() throws InterruptedException {
        Uuid first = brokers.id;
        Uuid second = Uuid.randomUuid();
        brokers.next(
                reader -> {
                    works(reader);
                    reader.schedulePollTask(
                            () -> {
                                brokers.id = second;
                                reader.setPollException(
                                        new OffsetOutOfRangeException(Map.of(PARTITION, 1L)));
                            });
                });
        brokers.next(_ -> stop = true);

        log.run(() -> stop);

        assertThat(begun()).containsExactly(first.toString(), second.toString());
    }

    @Test
    void shouldGoOnWhereAnotherTopicIsCreatedAgain() throws InterruptedException {
        Recreated other = new Recreated("signalbox.liveness", brokers.id, Uuid.randomUuid());
        brokers.next(
                reader -> {
                    works(reader);
                    reader.schedulePollTask(() -> log.topicRecreated(other));
                    reader.schedulePollTask(() -> stop = true);
                });

        log.run(() -> stop);

        assertThat(begun()).hasSize(1);
        assertThat(brokers.accepted).isEmpty();
    }

    private List<String> begun() {
        return inputs.stream()
                .filter(Input.Begun.class::isInstance)
                .map(input -> ((Input.Begun) input).topicId())
                .toList();
    }

    private static void works(MockConsumer<byte[], byte[]> reader) {
        reader.schedulePollTask(
                () -> reader.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, null, new byte[0])));
    }

    private static void fails(MockConsumer<byte[], byte[]> reader) {
        reader.schedulePollTask(() -> reader.setPollException(new KafkaException("cut off")));
    }

    /** Brokers that have one record, and do with each new reader what the test says. */
    private static final class Brokers implements ConfigSource {
        private Uuid id = Uuid.randomUuid();
        private final List<Consumer<MockConsumer<byte[], byte[]>>> scripts = new ArrayList<>();
        private final List<Recreated> accepted = new ArrayList<>();
        private final List<Duration> waits = new ArrayList<>();

        private void next(Consumer<MockConsumer<byte[], byte[]>> script) {
            scripts.add(script);
        }

        @Override
        public Uuid awaitId() {
            return id;
        }

        @Override
        public void accept(Recreated change) {
            accepted.add(change);
        }

        @Override
        public MockConsumer<byte[], byte[]> reader() {
            MockConsumer<byte[], byte[]> reader = new MockConsumer<>("none");
            reader.updateBeginningOffsets(Map.of(PARTITION, 0L));
            reader.updateEndOffsets(Map.of(PARTITION, 1L));
            scripts.removeFirst().accept(reader);
            return reader;
        }

        @Override
        public Decoded<ConfigRecord> decode(byte @Nullable [] value) {
            return new Decoded.Tombstone<>();
        }

        @Override
        public void pause(Duration wait) {
            waits.add(wait);
        }
    }
}
