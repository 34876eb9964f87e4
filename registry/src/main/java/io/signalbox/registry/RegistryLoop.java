package io.signalbox.registry;

import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.registry.OwnedPartition.Folding;
import io.signalbox.registry.OwnedPartition.Pending;
import io.signalbox.registry.OwnedPartition.Refused;
import io.signalbox.registry.core.Followed;
import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.TakeOverCheck;
import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
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
final class RegistryLoop implements ConsumerRebalanceListener, Followed.Listener {
    private static final Logger log = LoggerFactory.getLogger(RegistryLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

    private final ProcessRuntime runtime;
    private final RegistrySettings settings;
    private final Topics topics;
    private final Codecs codecs;
    private final BrokerWatch watch;
    private final RegistryMetrics metrics;
    private final InstantSource clock;
    private final LoopReport report;
    private final FactReader facts;
    private final Outage outage;
    private final Backoff backoff = Backoff.random();
    private final TreeMap<Integer, OwnedPartition> owned = new TreeMap<>();
    private final TreeSet<Integer> ticking = new TreeSet<>();

    private final Consumer<byte[], byte[]> group;
    private final Follower follower;
    private final Decisions decisions;
    private Outputs outputs;
    private long retryAtNanos;
    private boolean caughtUp;
    private long forgetAtNanos;
    private List<String> warnings = List.of();
    private final Queue<BrokerWatch.Recreated> recreated = new ConcurrentLinkedQueue<>();
    private final Runnable onStateRecreated;
    private @Nullable TakeOverCheck takeOverCheck;

    RegistryLoop(
            ProcessRuntime runtime,
            RegistrySettings settings,
            Codecs codecs,
            BrokerWatch watch,
            RegistryMetrics metrics,
            Runnable onStateRecreated) {
        this.runtime = runtime;
        this.onStateRecreated = onStateRecreated;
        this.settings = settings;
        this.topics = new Topics(settings.common().topicPrefix());
        this.codecs = codecs;
        this.watch = watch;
        this.metrics = metrics;
        this.clock = InstantSource.system();
        this.facts = new FactReader(codecs.events(), metrics);
        this.report = new LoopReport(runtime.readiness().condition("partitions"));
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
        return report.latest();
    }

    /** A topic was created again: what is folded is looked at anew. Safe for all threads. */
    void topicRecreated(BrokerWatch.Recreated change) {
        recreated.add(change);
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
            takeOverCheck = new TakeOverCheck(topics.events(), topicId);
            group.subscribe(List.of(topics.events(), topics.liveness()), this);
            while (!stop.requested()) {
                pass();
            }
        } catch (WakeupException | InterruptException e) {
            log.atDebug().log("woken to stop");
        } finally {
            close();
        }
    }

    private void pass() {
        try {
            fold(group.poll(POLL));
            checkOutputs();
            checkTopics();
            takeOverPending(Objects.requireNonNull(takeOverCheck));
            follower.poll(Duration.ZERO);
            decisions.tick(ticking, System.nanoTime());
            forgetGone();
        } catch (SchemaRegistryUnavailable e) {
            beginAnew("schema registry is away: " + e.getMessage());
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            beginAnew(String.valueOf(e.getMessage()));
        }
        report.report(
                System.nanoTime(), this::look, () -> group.groupMetadata().generationId() > 0);
    }

    private void fold(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionOwner owner = owner(partition.partition());
            if (owner != null) {
                facts.fold(owner, records.records(partition));
            }
        }
    }

    private void checkOutputs() {
        Exception failure = outputs.failure();
        if (failure != null) {
            beginAnew("a record could not be written: " + failure.getMessage());
        }
    }

    /**
     * Facts of a new topic are folded only on top of a state that was made from it; {@code
     * service-state} is such a state once it is new, too: it holds nothing that the facts do not.
     */
    private void checkTopics() {
        for (var change = recreated.poll(); change != null; change = recreated.poll()) {
            if (change.topic().equals(topics.events())) {
                takeOverCheck = new TakeOverCheck(topics.events(), change.now().toString());
            } else if (change.topic().equals(topics.state())) {
                follower.beginAnew();
                caughtUp = false;
                onStateRecreated.run();
            } else {
                continue;
            }
            letGo();
            owned.values().forEach(this::pend);
            watch.accept(change);
        }
    }

    /** Rebuilds all partitions from the log, a little later. */
    private void beginAnew(String why) {
        outage.away(why);
        letGo();
        retryAtNanos = System.nanoTime() + backoff.next().toNanos();
    }

    private void letGo() {
        outputs.abandon();
        outputs = newOutputs();
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding) {
                pend(partition);
            }
        }
    }

    private void pend(OwnedPartition partition) {
        partition.phase = new Pending();
        follower.judge().release(partition.number);
        group.pause(List.of(events(partition.number)));
    }

    private void takeOverPending(TakeOverCheck check) {
        List<OwnedPartition> pending =
                owned.values().stream().filter(p -> p.phase instanceof Pending).toList();
        boolean nothingToDo = pending.isEmpty() && caughtUp && !outage.isAway();
        if (nothingToDo || System.nanoTime() - retryAtNanos < 0) {
            return;
        }
        follower.readToEnd(PATIENCE);
        caughtUp = true;
        List<TopicPartition> partitions =
                pending.stream().map(partition -> events(partition.number)).toList();
        Map<TopicPartition, Long> ends = group.endOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> begins = group.beginningOffsets(partitions, PATIENCE);
        List<Long> livenessEnds = follower.livenessEnds(PATIENCE);
        for (OwnedPartition partition : pending) {
            TopicPartition source = events(partition.number);
            Optional<String> objection =
                    check.objection(
                            partition.number,
                            follower.view(partition.number).checkpoint(),
                            begins.getOrDefault(source, 0L),
                            ends.getOrDefault(source, 0L));
            objection.ifPresentOrElse(
                    reason -> refuse(partition, reason),
                    () -> takeOver(check, partition, livenessEnds));
        }
        backoff.reset();
        outage.back();
    }

    private void refuse(OwnedPartition partition, String reason) {
        partition.phase = new Refused(reason);
        log.atError()
                .addKeyValue("topic", topics.events())
                .addKeyValue("partition", partition.number)
                .addKeyValue("error", reason)
                .log("partition is not folded");
    }

    private void takeOver(TakeOverCheck check, OwnedPartition partition, List<Long> livenessEnds) {
        PartitionOwner owner =
                PartitionOwner.takeOver(
                        partition.number,
                        check.topicId(),
                        follower.view(partition.number),
                        new OwnerOutputs(outputs, metrics));
        partition.phase = new Folding(owner);
        follower.judge().take(partition.number, livenessEnds);
        group.seek(events(partition.number), owner.nextOffset());
        group.resume(List.of(events(partition.number)));
        metrics.rebuilt.increment();
        log.atInfo()
                .addKeyValue("partition", partition.number)
                .addKeyValue("offset", owner.nextOffset())
                .log("partition taken over");
    }

    private void forgetGone() {
        if (System.nanoTime() - forgetAtNanos < 0) {
            return;
        }
        forgetAtNanos = System.nanoTime() + FORGET_EVERY.toNanos();
        Instant now = clock.instant();
        for (OwnedPartition partition : owned.values()) {
            if (partition.phase instanceof Folding(PartitionOwner owner)) {
                owner.forgetGone(now, settings.goneRetention());
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
        PartitionOwner owner = owner(partition);
        if (owner != null) {
            owner.overwritten(follower.view(partition), key);
            metrics.repaired.increment();
        }
    }

    @Override
    public void decided(Verdict verdict) {
        if (owner(verdict.partition()) != null) {
            decisions.record(verdict, clock.instant());
        }
    }

    @Override
    public void beat(int eventsPartition, Liveness.HostBeat beat) {
        PartitionOwner owner = owner(eventsPartition);
        if (owner != null) {
            owner.beat(beat.host(), beat.session());
        }
    }

    private @Nullable PartitionOwner owner(int partition) {
        OwnedPartition mine = owned.get(partition);
        return mine != null && mine.phase instanceof Folding(PartitionOwner owner) ? owner : null;
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
                case Folding(PartitionOwner owner) -> {
                    folding.put(partition.number, owner.nextOffset());
                    lag += group.currentLag(events(partition.number)).orElse(0);
                }
            }
        }
        return new RegistryStatus(
                folding,
                pending,
                refused,
                follower.judge().statuses(),
                follower.judge().massLoss(),
                warnings,
                lag);
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
