package io.signalbox.registry;

import io.signalbox.process.Backoff;
import io.signalbox.process.BrokerWatch;
import io.signalbox.process.Outage;
import io.signalbox.process.ProcessRuntime;
import io.signalbox.registry.core.Followed;
import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.TakeOverCheck;
import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.SchemaRegistryUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
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

    /** So long a record that the follower is to see may wait, when no fact comes meanwhile. */
    private static final Duration POLL = Duration.ofMillis(40);

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
    private final TreeSet<Integer> ticking = new TreeSet<>();

    private final Consumer<byte[], byte[]> group;
    private final Follower follower;
    private final OwnedPartitions owned;
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
        this.owned = new OwnedPartitions(topics, group, follower, metrics);
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
            follower.follow();
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
                System.nanoTime(),
                () -> owned.look(warnings),
                () -> group.groupMetadata().generationId() > 0);
    }

    private void fold(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionOwner owner = owned.owner(partition.partition());
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
            owned.pendAll();
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
        owned.pendFolding();
    }

    private void takeOverPending(TakeOverCheck check) {
        boolean nothingToDo = !owned.anyPending() && caughtUp && !outage.isAway();
        if (nothingToDo || System.nanoTime() - retryAtNanos < 0) {
            return;
        }
        follower.readToEnd(PATIENCE);
        caughtUp = true;
        owned.takeOverPending(check, new OwnerOutputs(outputs, metrics));
        backoff.reset();
        outage.back();
    }

    private void forgetGone() {
        if (System.nanoTime() - forgetAtNanos < 0) {
            return;
        }
        forgetAtNanos = System.nanoTime() + FORGET_EVERY.toNanos();
        owned.forgetGone(clock.instant(), settings.goneRetention());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            group.seek(partition, 0);
            if (partition.topic().equals(topics.events())) {
                owned.add(partition.partition());
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
        owned.pendAll();
    }

    @Override
    public void overwritten(int partition, String key) {
        PartitionOwner owner = owned.owner(partition);
        if (owner != null) {
            owner.overwritten(follower.view(partition), key);
            metrics.repaired.increment();
        }
    }

    @Override
    public void decided(Verdict verdict) {
        if (owned.owner(verdict.partition()) != null) {
            decisions.record(verdict, clock.instant());
        }
    }

    @Override
    public void beat(int eventsPartition, Liveness.HostBeat beat) {
        PartitionOwner owner = owned.owner(eventsPartition);
        if (owner != null) {
            owner.beat(beat.host(), beat.session());
        }
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
