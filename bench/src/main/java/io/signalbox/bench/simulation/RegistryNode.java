package io.signalbox.bench.simulation;

import io.signalbox.registry.core.Followed;
import io.signalbox.registry.core.LivenessRules;
import io.signalbox.registry.core.PartitionOwner;
import io.signalbox.registry.core.Signal;
import io.signalbox.registry.core.StateRecords;
import io.signalbox.registry.core.TakeOverCheck;
import io.signalbox.registry.core.Verdict;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A registry: {@link PartitionOwner} for each partition that it owns, and {@link Followed} for what
 * every registry follows.
 */
final class RegistryNode extends Node implements Followed.Listener, PartitionOwner.Sink {
    static final LivenessRules RULES = new LivenessRules(4, 8, OptionalInt.of(20));

    /** Longer than anything stands still, as the real one is. */
    private static final Duration GONE_RETENTION = Duration.ofSeconds(90);

    private final Coordinator coordinator;
    private final SortedMap<Integer, Long> statePositions = new TreeMap<>();
    private final SortedMap<Integer, Long> livenessPositions = new TreeMap<>();
    private final SortedMap<Integer, Optional<PartitionOwner>> owned = new TreeMap<>();
    private final Map<String, Long> found = new HashMap<>();
    private final Map<Integer, List<Long>> takenAt = new HashMap<>();
    private final Map<Integer, Long> readFrom = new HashMap<>();
    private final Set<String> told = new TreeSet<>();
    private Followed followed;
    private @Nullable Producer outputs;
    private @Nullable Producer decisions;
    private boolean failed;
    private boolean caughtUp;
    private boolean tickUnderWay;
    private Instant tickAt = Instant.MIN;
    private Instant forgetAt = Instant.MIN;
    private Instant retryAt = Instant.MIN;
    private long readingLiveness;

    RegistryNode(World world, String name, Coordinator coordinator) {
        super(world, name);
        this.coordinator = coordinator;
        this.followed = new Followed(RULES, this);
    }

    @Override
    void boot() {
        followed = new Followed(RULES, this);
        statePositions.clear();
        livenessPositions.clear();
        owned.clear();
        found.clear();
        takenAt.clear();
        caughtUp = false;
        failed = false;
        tickUnderWay = false;
        retryAt = Instant.MIN;
        outputs = producer(() -> failed = true);
        decisions = producer(() -> tickUnderWay = false);
    }

    @Override
    void step() {
        assignments();
        foldSome();
        if (failed) {
            beginAnew();
        }
        takeOverPending();
        follow(1 + world.below(8));
        tick();
        forget();
    }

    /** One that stood still may go on for a while before it hears that it owns nothing more. */
    private void assignments() {
        if (!world.healed && world.below(4) == 0) {
            return;
        }
        Set<Integer> mine = coordinator.eventsOf(this);
        for (int partition : List.copyOf(owned.keySet())) {
            if (!mine.contains(partition)) {
                owned.remove(partition);
                followed.judge().release(partition);
            }
        }
        mine.forEach(partition -> owned.putIfAbsent(partition, Optional.empty()));
    }

    private void foldSome() {
        owned.forEach(
                (partition, found) ->
                        found.ifPresent(owner -> fold(log(world.events, partition), owner)));
    }

    private void fold(Log<Event> log, PartitionOwner owner) {
        List<Log.Entry<Event>> batch = world.read(log, owner.nextOffset(), 1 + world.below(5));
        for (Log.Entry<Event> entry : batch) {
            Event event = entry.value();
            if (event == null || !entry.readable()) {
                owner.unreadable(entry.offset(), entry.key());
            } else {
                owner.fold(entry.offset(), entry.at(), event);
            }
        }
        if (!batch.isEmpty()) {
            owner.endBatch();
        }
    }

    private void beginAnew() {
        world.note(() -> name + " begins anew");
        failed = false;
        Producer mine = outputs;
        if (mine != null) {
            mine.close();
        }
        outputs = producer(() -> failed = true);
        owned.replaceAll((_, _) -> Optional.empty());
        owned.keySet().forEach(partition -> followed.judge().release(partition));
        retryAt = world.now.plusMillis(200 + world.below(1_000));
    }

    private void takeOverPending() {
        boolean nothing = caughtUp && owned.values().stream().allMatch(Optional::isPresent);
        if (nothing || world.paused() || world.now.isBefore(retryAt)) {
            return;
        }
        followState(Integer.MAX_VALUE);
        caughtUp = true;
        List<Long> ends = new ArrayList<>();
        for (int partition = 0; partition < Topic.LIVENESS.partitions(); partition++) {
            Log<Liveness> log = world.liveness.get(partition);
            ends.add(log == null ? 0 : log.end());
        }
        for (Map.Entry<Integer, Optional<PartitionOwner>> entry : owned.entrySet()) {
            if (entry.getValue().isEmpty()) {
                entry.setValue(takeOver(entry.getKey()));
                followed.judge().take(entry.getKey(), ends);
                takenAt.put(entry.getKey(), ends);
            }
        }
    }

    private Optional<PartitionOwner> takeOver(int partition) {
        Log<Event> log = log(world.events, partition);
        new TakeOverCheck("container-events", log.topicId())
                .objection(partition, followed.view(partition).checkpoint(), 0, log.end())
                .ifPresent(
                        reason -> {
                            throw new Violation("refused-partition", name + ": " + reason);
                        });
        followed.view(partition)
                .accepted()
                .forEach(value -> found.put(key(partition, value), StateRecords.source(value)));
        told.clear();
        PartitionOwner owner =
                PartitionOwner.takeOver(partition, log.topicId(), followed.view(partition), this);
        for (String host : owner.state().hostIds()) {
            if (owner.state().control(host).isPresent() && !told.contains(host)) {
                throw new Violation(
                        "not-told", "%s takes over and tells %s nothing".formatted(name, host));
            }
        }
        world.note(() -> name + " takes over " + partition + " at " + owner.nextOffset());
        return Optional.of(owner);
    }

    // ---------------------------------------------------------------- what it follows

    private void follow(int most) {
        if (!caughtUp) {
            return;
        }
        followState(most);
        world.liveness.forEach(
                (partition, log) -> {
                    long from = livenessPositions.getOrDefault(partition, 0L);
                    int many = from == 0 ? Integer.MAX_VALUE / 2 : most;
                    readFrom.clear();
                    takenAt.forEach((taken, ends) -> readFrom.put(taken, ends.get(partition)));
                    for (Log.Entry<Liveness> entry : world.read(log, from, many)) {
                        livenessPositions.put(partition, entry.offset() + 1);
                        readingLiveness = entry.offset();
                        Liveness value = entry.value();
                        if (value != null) {
                            followed.liveness(partition, entry.offset(), entry.at(), value);
                        }
                    }
                });
    }

    private void followState(int most) {
        world.state.forEach(
                (partition, log) -> {
                    long from = statePositions.getOrDefault(partition, 0L);
                    if (from > log.end()) {
                        followed.readAgain(partition);
                        from = 0;
                    }
                    // A cold read is quick against the compaction lag.
                    int many = from == 0 ? Integer.MAX_VALUE / 2 : Math.min(most, 1 << 20);
                    for (Log.Entry<ServiceState> entry : world.read(log, from, many)) {
                        statePositions.put(partition, entry.offset() + 1);
                        followed.state(partition, entry.key(), entry.value());
                    }
                });
    }

    @Override
    public void overwritten(int partition, String key) {
        owner(partition).ifPresent(owner -> owner.overwritten(followed.view(partition), key));
    }

    @Override
    public void decided(Verdict verdict) {
        Producer mine = decisions;
        if (owner(verdict.partition()).isPresent() && mine != null) {
            if (readingLiveness < readFrom.getOrDefault(verdict.partition(), 0L)) {
                throw new Violation(
                        "judged-the-past",
                        "%s says %s of what was before it took over".formatted(name, verdict));
            }
            Silence.check(world, verdict, readingLiveness);
            Event event =
                    new Event(
                            verdict.subject(),
                            Event.NO_SESSION,
                            0,
                            world.now,
                            null,
                            "registry",
                            verdict.fact());
            mine.send(log(world.events, verdict.partition()), verdict.subject(), event, _ -> {});
        }
    }

    @Override
    public void beat(int eventsPartition, Liveness.HostBeat beat) {
        owner(eventsPartition).ifPresent(owner -> owner.beat(beat.host(), beat.session()));
    }

    private Optional<PartitionOwner> owner(int partition) {
        return owned.getOrDefault(partition, Optional.empty());
    }

    // ---------------------------------------------------------------- what it writes

    @Override
    public void write(int partition, ServiceState value, @Nullable Instant changedBy) {
        // What it found when it took over is newer than what it would write.
        if (StateRecords.source(value) < found.getOrDefault(key(partition, value), -1L)) {
            throw new Violation("goes-back", "%s writes %s".formatted(name, value));
        }
        send(log(world.state, partition), Keys.of(value), value);
    }

    @Override
    public void delete(int partition, String key) {
        send(log(world.state, partition), key, null);
    }

    @Override
    public void tell(WatcherControl control) {
        told.add(control.host());
        send(world.control, control.host(), control);
    }

    @Override
    public void notice(Signal signal) {
        world.note(() -> name + " notices " + signal);
    }

    private static String key(int partition, ServiceState value) {
        return partition + "/" + Keys.of(value);
    }

    private <V> void send(Log<V> log, String key, @Nullable V value) {
        Producer mine = outputs;
        if (mine != null && !failed) {
            mine.send(log, key, value, _ -> {});
        }
    }

    private void tick() {
        Producer mine = decisions;
        if (mine == null || world.now.isBefore(tickAt) || tickUnderWay) {
            return;
        }
        tickAt = world.now.plusSeconds(1);
        for (int partition : coordinator.livenessOf(this)) {
            tickUnderWay = true;
            mine.send(
                    log(world.liveness, partition),
                    Keys.TICK,
                    new Liveness.Tick(name),
                    _ -> tickUnderWay = false);
        }
    }

    private void forget() {
        if (!world.now.isBefore(forgetAt)) {
            forgetAt = world.now.plusSeconds(10);
            owned.values()
                    .forEach(
                            found ->
                                    found.ifPresent(
                                            owner -> owner.forgetGone(world.now, GONE_RETENTION)));
        }
    }

    private static <V> Log<V> log(SortedMap<Integer, Log<V>> logs, int partition) {
        Log<V> log = logs.get(partition);
        if (log == null) {
            throw new IllegalStateException("no partition " + partition);
        }
        return log;
    }
}
