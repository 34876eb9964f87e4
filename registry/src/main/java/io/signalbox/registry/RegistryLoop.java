package io.signalbox.registry;

import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.process.Readiness;
import io.signalbox.registry.OwnedPartition.Folding;
import io.signalbox.registry.OwnedPartition.Pending;
import io.signalbox.registry.OwnedPartition.Refused;
import io.signalbox.registry.core.LivenessJudge.MassLoss;
import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import io.signalbox.schemas.ServiceState.Checkpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's one thread: it owns the fold state of the partitions that the consumer group gave
 * it, and all clients. A pass polls the facts, folds them and sends what follows at once; then it
 * takes over what is pending, follows {@code service-state} and {@code liveness}, and ticks.
 *
 * <p>The group shares out {@code container-events} and {@code liveness}; of the latter only the
 * ownership matters (who ticks), so those partitions stay paused and are read by the {@link
 * Follower} like by every registry. Anything that fails in passing ends in all partitions being
 * rebuilt from the log.
 */
final class RegistryLoop implements ConsumerRebalanceListener, Follower.Listener {
    private static final Logger log = LoggerFactory.getLogger(RegistryLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STATUS_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

    private final ProcessRuntime runtime;
    private final RegistrySettings settings;
    private final Topics topics;
    private final Codecs codecs;
    private final BrokerWatch watch;
    private final RegistryMetrics metrics;
    private final InstantSource clock;
    private final Readiness.Condition partitionsCondition;
    private final Outage outage;
    private final Backoff backoff = Backoff.random();
    private final TreeMap<Integer, OwnedPartition> owned = new TreeMap<>();
    private final TreeSet<Integer> ticking = new TreeSet<>();

    private final Consumer<byte[], byte[]> group;
    private final Follower follower;
    private final Decisions decisions;
    private Outputs outputs;
    private @Nullable PartitionFold folder;
    private long retryAtNanos;
    private long statusAtNanos;
    private long forgetAtNanos;
    private List<String> warnings = List.of();
    private Optional<MassLoss> saidMassLoss = Optional.empty();
    private volatile Optional<String> recreated = Optional.empty();
    private volatile RegistryStatus status = RegistryStatus.STARTING;

    RegistryLoop(
            ProcessRuntime runtime,
            RegistrySettings settings,
            Codecs codecs,
            BrokerWatch watch,
            RegistryMetrics metrics) {
        this.runtime = runtime;
        this.settings = settings;
        this.topics = new Topics(settings.common().topicPrefix());
        this.codecs = codecs;
        this.watch = watch;
        this.metrics = metrics;
        this.clock = InstantSource.system();
        this.partitionsCondition = runtime.readiness().condition("partitions");
        this.outage = new Outage(log, runtime.readiness().condition("log"), clock);
        this.group = runtime.kafka().groupMember("facts", settings.groupId());
        this.follower =
                new Follower(runtime.kafka(), topics, codecs, settings.liveness(), metrics, this);
        this.decisions =
                new Decisions(
                        runtime.kafka(),
                        topics,
                        codecs.events(),
                        codecs.liveness(),
                        settings.common().httpListen().toString());
        this.outputs = newOutputs();
    }

    /** Makes a waiting poll return. Safe for all threads. */
    void wakeup() {
        group.wakeup();
    }

    /** How the loop is doing. Safe for all threads. */
    RegistryStatus status() {
        return status;
    }

    /** The topic of the facts was created again: nothing is folded any more. All threads. */
    void topicRecreated(BrokerWatch.Recreated change) {
        if (change.topic().equals(topics.events())) {
            recreated = Optional.of(adoption(change.first().toString(), change.now().toString()));
        }
    }

    /** Runs until it is told to stop. */
    void run(ProcessRuntime.Stop stop, Registry.Warmth warmth) throws InterruptedException {
        try {
            warmth.await();
            String topicId =
                    Objects.requireNonNull(watch.awaitTopics().get(topics.events())).toString();
            warnings = GroupTimeouts.ask(runtime.kafka(), settings.groupId());
            warnings.forEach(
                    warning -> log.atWarn().addKeyValue("error", warning).log("slow take-over"));
            folder = new PartitionFold(codecs.events(), metrics, topicId);
            group.subscribe(List.of(topics.events(), topics.liveness()), this);
            while (!stop.requested()) {
                pass(folder, topicId);
            }
        } catch (WakeupException | InterruptException e) {
            log.atDebug().log("woken to stop");
        } finally {
            close();
        }
    }

    private void pass(PartitionFold fold, String topicId) {
        try {
            fold(fold, group.poll(POLL));
            checkOutputs();
            checkTopic();
            takeOverPending(fold, topicId);
            follower.poll(Duration.ZERO);
            decisions.tick(ticking, System.nanoTime());
            forgetGone(fold);
        } catch (SchemaRegistryUnavailable e) {
            beginAnew("schema registry is away: " + e.getMessage());
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            beginAnew(String.valueOf(e.getMessage()));
        }
        report();
    }

    private void fold(PartitionFold fold, ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            OwnedPartition mine = owned.get(partition.partition());
            if (mine != null && mine.phase instanceof Folding folding) {
                fold.fold(mine.number, folding, records.records(partition), outputs);
            }
        }
    }

    private void checkOutputs() {
        Exception failure = outputs.failure();
        if (failure != null) {
            beginAnew("a record could not be written: " + failure.getMessage());
        }
    }

    private void checkTopic() {
        Optional<String> reason = recreated;
        if (reason.isEmpty()) {
            return;
        }
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding) {
                pend(partition);
                partition.phase = new Refused(reason.get());
            }
        }
    }

    /** Rebuilds all partitions from the log, a little later. */
    private void beginAnew(String why) {
        outage.away(why);
        outputs.abandon();
        outputs = newOutputs();
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding) {
                pend(partition);
            }
        }
        retryAtNanos = System.nanoTime() + backoff.next().toNanos();
    }

    private void pend(OwnedPartition partition) {
        partition.phase = new Pending();
        follower.judge().release(partition.number);
        group.pause(List.of(events(partition.number)));
    }

    private void takeOverPending(PartitionFold fold, String topicId) {
        List<OwnedPartition> pending =
                owned.values().stream().filter(p -> p.phase instanceof Pending).toList();
        if ((pending.isEmpty() && !outage.isAway()) || System.nanoTime() - retryAtNanos < 0) {
            return;
        }
        follower.readToEnd(PATIENCE);
        List<TopicPartition> partitions =
                pending.stream().map(partition -> events(partition.number)).toList();
        Map<TopicPartition, Long> ends = group.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> begins = group.beginningOffsets(partitions, PATIENCE);
        List<Long> livenessEnds = follower.livenessEnds(PATIENCE);
        for (OwnedPartition partition : pending) {
            TopicPartition source = events(partition.number);
            takeOver(
                    fold,
                    partition,
                    objection(
                            partition,
                            topicId,
                            begins.getOrDefault(source, 0L),
                            ends.getOrDefault(source, 0L)),
                    livenessEnds);
        }
        backoff.reset();
        outage.back();
    }

    private void takeOver(
            PartitionFold fold,
            OwnedPartition partition,
            Optional<String> objection,
            List<Long> livenessEnds) {
        if (objection.isPresent()) {
            partition.phase = new Refused(objection.get());
            log.atError()
                    .addKeyValue("topic", topics.events())
                    .addKeyValue("partition", partition.number)
                    .addKeyValue("error", objection.get())
                    .log("partition is not folded");
            return;
        }
        Folding folding = fold.begin(partition.number, follower.view(partition.number), outputs);
        partition.phase = folding;
        follower.judge().take(partition.number, livenessEnds);
        group.seek(events(partition.number), folding.nextOffset);
        group.resume(List.of(events(partition.number)));
        metrics.rebuilt.increment();
        log.atInfo()
                .addKeyValue("partition", partition.number)
                .addKeyValue("offset", folding.nextOffset)
                .log("partition taken over");
    }

    /** Why the partition's facts must not be folded on top of its state; empty if they may. */
    private Optional<String> objection(
            OwnedPartition partition, String topicId, long begin, long end) {
        if (recreated.isPresent()) {
            return recreated;
        }
        Checkpoint checkpoint = follower.view(partition.number).checkpoint();
        long next = checkpoint == null ? 0 : checkpoint.nextOffset();
        if (checkpoint != null && !checkpoint.topicId().equals(topicId)) {
            return Optional.of(adoption(checkpoint.topicId(), topicId));
        }
        if (next > end) {
            return Optional.of(
                    "data loss: %d facts were folded, but partition %d of %s ends at %d"
                            .formatted(next, partition.number, topics.events(), end));
        }
        return next < begin
                ? Optional.of(
                        "data loss: facts %d to %d of partition %d of %s were deleted before they were folded"
                                .formatted(next, begin - 1, partition.number, topics.events()))
                : Optional.empty();
    }

    private String adoption(String before, String now) {
        return "%s was created again: the state belongs to topic id %s, the topic now has %s; adopt it with: signalbox topics --adopt container-events"
                .formatted(topics.events(), before, now);
    }

    private void forgetGone(PartitionFold fold) {
        if (System.nanoTime() - forgetAtNanos < 0) {
            return;
        }
        forgetAtNanos = System.nanoTime() + FORGET_EVERY.toNanos();
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding folding) {
                fold.forgetGone(
                        partition.number,
                        folding,
                        clock.instant().minus(settings.goneRetention()),
                        outputs);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            group.seek(partition, 0);
            if (partition.topic().equals(topics.events())) {
                owned.put(partition.partition(), new OwnedPartition(partition.partition()));
            } else {
                ticking.add(partition.partition());
            }
        }
        group.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (partition.topic().equals(topics.events())) {
                owned.remove(partition.partition());
                follower.judge().release(partition.partition());
            } else {
                ticking.remove(partition.partition());
            }
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        onPartitionsRevoked(partitions);
        outputs.abandon();
        outputs = newOutputs();
        owned.values().forEach(this::pend);
    }

    @Override
    public void overwritten(int partition, String key) {
        PartitionFold fold = folder;
        Folding folding = folding(partition);
        if (fold != null && folding != null) {
            fold.overwritten(partition, folding, follower.view(partition), key, outputs);
        }
    }

    @Override
    public void decided(Verdict verdict) {
        if (folding(verdict.partition()) != null) {
            decisions.record(verdict, clock.instant());
        }
    }

    @Override
    public void beat(int eventsPartition, Liveness.HostBeat beat) {
        PartitionFold fold = folder;
        Folding folding = folding(eventsPartition);
        if (fold != null && folding != null) {
            fold.beat(folding, beat, outputs);
        }
    }

    private @Nullable Folding folding(int partition) {
        OwnedPartition mine = owned.get(partition);
        return mine != null && mine.phase instanceof Folding folding ? folding : null;
    }

    private void report() {
        if (System.nanoTime() - statusAtNanos < 0) {
            return;
        }
        statusAtNanos = System.nanoTime() + STATUS_EVERY.toNanos();
        status = look();
        sayMassLoss(status.massLoss());
        if (!status.refused().isEmpty()) {
            partitionsCondition.fails(String.join("; ", new TreeSet<>(status.refused().values())));
        } else if (!status.pending().isEmpty()) {
            partitionsCondition.fails("partitions are being taken over: " + status.pending());
        } else if (owned.isEmpty() && group.groupMetadata().generationId() <= 0) {
            partitionsCondition.fails("not yet a member of group " + settings.groupId());
        } else {
            partitionsCondition.holds();
        }
    }

    private RegistryStatus look() {
        Map<Integer, Long> folding = new TreeMap<>();
        List<Integer> pending = new ArrayList<>();
        Map<Integer, String> refused = new TreeMap<>();
        long lag = 0;
        for (OwnedPartition partition : owned.values()) {
            switch (partition.phase) {
                case Pending _ -> pending.add(partition.number);
                case Refused(String reason) -> refused.put(partition.number, reason);
                case Folding now -> {
                    folding.put(partition.number, now.nextOffset);
                    lag += group.currentLag(events(partition.number)).orElse(0);
                }
            }
        }
        return new RegistryStatus(
                folding, pending, refused, follower.judge().massLoss(), warnings, lag);
    }

    private void sayMassLoss(Optional<MassLoss> now) {
        if (now.isPresent() && saidMassLoss.isEmpty()) {
            log.atError()
                    .addKeyValue("silent", now.get().silent())
                    .addKeyValue("hosts", now.get().all())
                    .log("too many hosts are silent at once: none is declared lost");
        } else if (now.isEmpty() && saidMassLoss.isPresent()) {
            log.atInfo().log("hosts are judged one by one again");
        }
        saidMassLoss = now;
    }

    private TopicPartition events(int partition) {
        return new TopicPartition(topics.events(), partition);
    }

    private Outputs newOutputs() {
        return new Outputs(
                runtime.kafka(), topics, codecs.state(), codecs.control(), metrics, clock);
    }

    private void close() {
        outputs.close();
        decisions.close();
        follower.close();
        group.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
