package io.signalbox.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.KafkaClients;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.doors.Model;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Codec;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the read model: follows every topic that questions are answered from, and
 * answers them between two polls, so that neither the fold nor the event loop waits for a question.
 */
final class ModelLoop implements Model {
    private static final Logger log = LoggerFactory.getLogger(ModelLoop.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /**
     * So many records of each partition of {@code apply-results} are read back at the start. What
     * is asked for is the newest result of each applier that beats, however old it is, and of each
     * that fell silent within a week; where they stand in a topic of a year, nobody knows. So many
     * are read soon, and most reach behind what busy appliers write meanwhile. An applier whose
     * newest result lies before that is shown from its next one on.
     *
     * <p>{@code liveness} is read back as a whole, and first: it keeps an hour of beats, for which
     * a member's silence is known, and tells which of the results are of appliers that live. The
     * follower reads as much.
     */
    private static final long RESULTS_BACK = 10_000;

    private static final int MOST_QUESTIONS = 64;

    private final KafkaClients kafka;
    private final Topics topics;
    private final Codecs codecs;
    private final BrokerWatch watch;
    private final RegistryMetrics metrics;
    private final Outage outage;
    private final Backoff backoff = Backoff.random();
    private final BlockingQueue<Runnable> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final Consumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> reading = new HashSet<>();
    private final ReadModel model = new ReadModel();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<TopicPartition> results;
    private Map<TopicPartition, Long> firstEnds = new HashMap<>();
    private Instant began = Instant.EPOCH;
    private volatile boolean complete;
    private volatile boolean stopping;
    private volatile boolean stateRecreated;

    ModelLoop(
            ProcessRuntime runtime,
            Topics topics,
            Codecs codecs,
            BrokerWatch watch,
            RegistryMetrics metrics) {
        this.kafka = runtime.kafka();
        this.topics = topics;
        this.results = Topics.partitions(topics.results(), Topic.APPLY_RESULTS);
        this.codecs = codecs;
        this.watch = watch;
        this.metrics = metrics;
        this.outage =
                new Outage(
                        log,
                        runtime.readiness().condition("read-model"),
                        java.time.InstantSource.system());
        this.consumer = kafka.reader("read-model");
    }

    /**
     * Asks the model on its own thread.
     *
     * @return the answer; fails when too many questions wait
     */
    @Override
    public <T> CompletableFuture<T> ask(Function<ReadModel, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean queued =
                questions.offer(
                        () -> {
                            try {
                                answer.complete(question.apply(model));
                            } catch (RuntimeException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        if (queued) {
            consumer.wakeup();
        } else {
            answer.completeExceptionally(
                    new RejectedExecutionException("too many questions at once"));
        }
        return answer;
    }

    /** {@code service-state} was created again: it is read from its beginning. All threads. */
    void stateRecreated() {
        stateRecreated = true;
        consumer.wakeup();
    }

    @Override
    public boolean complete() {
        return complete;
    }

    @Override
    public CompletableFuture<Void> folded(Map<Integer, Long> offsets) {
        CompletableFuture<Void> folded = new CompletableFuture<>();
        var _ =
                ask(read -> {
                            waiting.add(new Waiting(Map.copyOf(offsets), folded));
                            settle();
                            return read;
                        })
                        .exceptionally(
                                failure -> {
                                    folded.completeExceptionally(failure);
                                    return model;
                                });
        return folded;
    }

    /** Answers those whose facts the model shows, and forgets those that wait no more. */
    private void settle() {
        waiting.removeIf(
                one -> {
                    if (one.offsets.entrySet().stream()
                            .allMatch(fact -> model.isFolded(fact.getKey(), fact.getValue()))) {
                        one.folded.complete(null);
                    }
                    return one.folded.isDone();
                });
    }

    void wakeup() {
        stopping = true;
        consumer.wakeup();
    }

    void run(ProcessRuntime.Stop stop) throws InterruptedException {
        watch.awaitTopics();
        try (Admin admin = kafka.admin("read-model")) {
            begin(stop);
            long lookAt = System.nanoTime();
            while (!stop.requested() && !stopping) {
                if (System.nanoTime() - lookAt >= 0) {
                    lookAt = System.nanoTime() + LOOK_EVERY.toNanos();
                    look(admin);
                }
                pass();
            }
        } catch (InterruptException e) {
            log.atDebug().log("interrupted to stop");
        } finally {
            consumer.close(
                    org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private void begin(ProcessRuntime.Stop stop) throws InterruptedException {
        List<TopicPartition> whole = new ArrayList<>(topics.statePartitions());
        whole.addAll(Topics.partitions(topics.groups(), Topic.PROXY_GROUPS));
        whole.addAll(topics.livenessPartitions());
        while (!stop.requested() && !stopping) {
            try {
                read(whole, consumer.beginningOffsets(whole, PATIENCE));
                read(results, tailOf(results));
                consumer.pause(results);
                firstEnds = consumer.endOffsets(reading, PATIENCE);
                began = Instant.now();
                return;
            } catch (WakeupException e) {
                answer();
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                outage.away(String.valueOf(e.getMessage()));
                Thread.sleep(backoff.next());
            }
        }
    }

    private Map<TopicPartition, Long> tailOf(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.endOffsets(partitions, PATIENCE)
                .forEach(
                        (partition, end) ->
                                positions.put(
                                        partition,
                                        Math.max(
                                                begins.getOrDefault(partition, 0L),
                                                end - RESULTS_BACK)));
        return positions;
    }

    private void read(Collection<TopicPartition> partitions, Map<TopicPartition, Long> positions) {
        reading.addAll(partitions);
        consumer.assign(reading);
        positions.forEach(consumer::seek);
    }

    /** Finds the configuration topics of groups. */
    private void look(Admin admin) throws InterruptedException {
        String prefix = Topic.PROXY_CONFIGS.topicName(topics.prefix(), "");
        try {
            Set<String> names =
                    admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (String name : names) {
                TopicPartition partition = new TopicPartition(name, 0);
                if (name.startsWith(prefix) && !reading.contains(partition)) {
                    model.configurationTopic(name.substring(prefix.length()));
                    read(List.of(partition), Map.of(partition, 0L));
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().addKeyValue("error", e.getMessage()).log("topics not listed");
        }
    }

    private void pass() throws InterruptedException {
        answer();
        int index = 0;
        var records = org.apache.kafka.clients.consumer.ConsumerRecords.<byte[], byte[]>empty();
        try {
            if (stateRecreated) {
                stateRecreated = false;
                readAgain(topics.statePartitions());
            }
            records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record);
                index++;
            }
            settle();
            checkComplete();
        } catch (WakeupException e) {
            answer();
        } catch (OffsetOutOfRangeException e) {
            readAgain(e.partitions());
        } catch (SchemaRegistryUnavailable e) {
            Rewind.rewind(consumer, records, index);
            outage.away("schema registry is away: " + e.getMessage());
            Thread.sleep(backoff.next());
        }
    }

    /**
     * What the model knows of {@code service-state} is one thing: all of it is read again. A
     * configuration that is read again may be one of another topic, of lower epochs.
     */
    private void readAgain(Collection<TopicPartition> partitions) {
        Set<TopicPartition> again = new HashSet<>(partitions);
        if (again.stream().anyMatch(partition -> partition.topic().equals(topics.state()))) {
            model.forgetState();
            again.addAll(topics.statePartitions());
        }
        again.stream()
                .flatMap(partition -> topics.groupOf(partition.topic()).stream())
                .forEach(model::forgetConfiguration);
        consumer.seekToBeginning(again);
    }

    private void checkComplete() {
        firstEnds.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (!consumer.paused().isEmpty()
                && topics.livenessPartitions().stream().noneMatch(firstEnds::containsKey)) {
            consumer.resume(results);
        }
        if (firstEnds.isEmpty() && (!complete || outage.isAway())) {
            complete = true;
            backoff.reset();
            outage.back();
        }
    }

    private void answer() {
        for (Runnable question = questions.poll(); question != null; question = questions.poll()) {
            question.run();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        if (topic.equals(topics.state())) {
            decode(
                    record,
                    codecs.state(),
                    (r, value) -> {
                        if (value == null || Keys.of(value).equals(key)) {
                            model.state(r.partition(), key, value);
                        }
                    });
        } else if (topic.equals(topics.groups())) {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            decode(record, codecs.groups(), ifThere(value -> model.group(value, at)));
        } else if (topic.equals(topics.results())) {
            decode(record, codecs.results(), ifThere(value -> result(record, value)));
        } else if (topic.equals(topics.liveness())) {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            decode(record, codecs.liveness(), ifThere(value -> model.liveness(value, at)));
        } else {
            String group = topics.group(topic);
            decode(
                    record,
                    codecs.configs().apply(group),
                    (r, value) -> model.configuration(group, r.offset(), key, value));
        }
    }

    /** A clock that is wrong here hides no applier that beats, by {@link ReadModel}'s rules. */
    private void result(ConsumerRecord<byte[], byte[]> record, ApplyResult value) {
        if (complete) {
            model.result(value);
        } else {
            Instant at = Instant.ofEpochMilli(record.timestamp());
            model.earlierResult(value, Duration.between(at, began));
        }
    }

    private static <T> BiConsumer<ConsumerRecord<byte[], byte[]>, @Nullable T> ifThere(
            java.util.function.Consumer<T> taker) {
        return (_, value) -> {
            if (value != null) {
                taker.accept(value);
            }
        };
    }

    private <T> void decode(
            ConsumerRecord<byte[], byte[]> record,
            Codec<T> codec,
            BiConsumer<ConsumerRecord<byte[], byte[]>, @Nullable T> taker) {
        switch (codec.decode(record.value())) {
            case Decoded.Value<T>(T value) -> taker.accept(record, value);
            case Decoded.Tombstone<T> _ -> taker.accept(record, null);
            case Decoded.Poison<T> _ -> metrics.unreadable.increment();
        }
    }

    /** Somebody who waits until facts are folded. */
    private record Waiting(Map<Integer, Long> offsets, CompletableFuture<Void> folded) {}
}
