package io.signalbox.registry.core;

import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Host.Status;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import io.signalbox.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts silence in ticks of the log, never on a clock. Every registry feeds its judge with all of
 * {@code liveness} and all hosts, so all come to the same verdicts; a registry speaks only those of
 * the events partitions that it owns, and none from records that are older than its take-over.
 *
 * <p>Beats and ticks of one host are counted in the partition of {@code liveness} that its beats go
 * to. Silence is counted from the later of the current session's last beat and its becoming
 * current, grace from {@code HostLost}. One thread.
 */
public final class LivenessJudge {
    /** A verdict whose fact has not shown after this many ticks is said again. */
    private static final int SAY_AGAIN_TICKS = 3;

    private final LivenessRules rules;
    private final Map<String, Watch> hosts = new HashMap<>();
    private final Map<String, EndpointWatch> endpoints = new HashMap<>();
    private final Map<Integer, List<Long>> owned = new HashMap<>();
    private Optional<MassLoss> massLoss = Optional.empty();

    /** A judge by these rules that knows nobody yet. */
    public LivenessJudge(LivenessRules rules) {
        this.rules = rules;
    }

    /**
     * From here on this registry speaks for a partition of {@code container-events}.
     *
     * @param livenessEnds for each partition of {@code liveness} the first offset that counts
     */
    public void take(int eventsPartition, List<Long> livenessEnds) {
        owned.put(eventsPartition, List.copyOf(livenessEnds));
    }

    /** This registry speaks no more for that partition. */
    public void release(int eventsPartition) {
        owned.remove(eventsPartition);
    }

    /** Takes in an accepted host record. */
    public void host(Host record) {
        Watch watch = hosts.computeIfAbsent(record.host(), _ -> new Watch(record));
        watch.update(record);
    }

    /** Takes in an accepted endpoint record of that partition. */
    public void endpoint(int partition, RegisteredEndpoint record) {
        String id = record.endpoint().id();
        if (record.gone()) {
            endpoints.remove(id);
        } else {
            EndpointWatch watch =
                    endpoints.computeIfAbsent(id, _ -> new EndpointWatch(id, partition));
            watch.update(record);
        }
    }

    /** Takes in the next record of a partition of {@code liveness}. */
    public List<Verdict> read(int partition, long offset, Instant appendedAt, Liveness record) {
        return switch (record) {
            case Liveness.Tick _ -> tick(partition, offset, appendedAt);
            case Liveness.HostBeat beat -> beat(partition, offset, appendedAt, beat);
            case Liveness.EndpointRenewed renewed -> {
                EndpointWatch watch = endpoints.get(renewed.endpointId());
                if (watch != null) {
                    watch.silence = 0;
                }
                yield List.of();
            }
            case Liveness.ApplierBeat _ -> List.of();
        };
    }

    /**
     * Whether a record of {@code liveness} is newer than the take-over of that events partition.
     */
    public boolean decides(int eventsPartition, int livenessPartition, long offset) {
        List<Long> ends = owned.get(eventsPartition);
        return ends != null && offset >= ends.get(livenessPartition);
    }

    /** The mass loss that holds back {@code HostLost} now; empty while there is none. */
    public Optional<MassLoss> massLoss() {
        return massLoss;
    }

    /** How many hosts there are of each status. */
    public Map<Status, Integer> statuses() {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        hosts.values().forEach(watch -> counts.merge(watch.record.status(), 1, Integer::sum));
        return counts;
    }

    private List<Verdict> beat(
            int partition, long offset, Instant appendedAt, Liveness.HostBeat beat) {
        Watch watch = hosts.get(beat.host());
        if (watch == null || watch.record.session() != beat.session()) {
            return List.of();
        }
        watch.silence = 0;
        Host host = watch.record;
        boolean back = host.status() != Status.UP && appendedAt.isAfter(host.statusAt());
        return back && decides(host.partition(), partition, offset)
                ? watch.say(new Fact.HostReturned(host.session()))
                : List.of();
    }

    private List<Verdict> tick(int partition, long offset, Instant appendedAt) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Watch watch : hosts.values()) {
            if (watch.livenessPartition == partition) {
                watch.tick(appendedAt, rules);
            }
        }
        massLoss = findMassLoss();
        for (Watch watch : hosts.values()) {
            if (watch.livenessPartition == partition
                    && decides(watch.record.partition(), partition, offset)) {
                verdicts.addAll(judge(watch));
            }
        }
        for (EndpointWatch watch : endpoints.values()) {
            if (watch.livenessPartition == partition && watch.tick(appendedAt)) {
                if (decides(watch.partition, partition, offset)) {
                    verdicts.addAll(watch.say());
                }
            }
        }
        verdicts.sort(java.util.Comparator.comparing(Verdict::subject));
        return verdicts;
    }

    private List<Verdict> judge(Watch watch) {
        long session = watch.record.session();
        if (session < 0) {
            return List.of();
        }
        return switch (watch.record.status()) {
            case UP ->
                    watch.silence >= rules.suspectedAfterTicks()
                            ? watch.say(new Fact.HostSuspected(session))
                            : List.of();
            case SUSPECTED ->
                    watch.silence >= rules.lostAfterTicks() && massLoss.isEmpty()
                            ? watch.say(new Fact.HostLost(session))
                            : List.of();
            case LOST ->
                    rules.expiredAfterTicks().isPresent()
                                    && watch.grace >= rules.expiredAfterTicks().getAsInt()
                            ? watch.say(new Fact.HostExpired(session))
                            : List.of();
            case EXPIRED -> List.of();
        };
    }

    /**
     * More than a third of all hosts, at least three, are silent or were lost within the last
     * minute. Who is silent long enough to be suspected would be lost within a minute, too.
     */
    private Optional<MassLoss> findMassLoss() {
        int all = 0;
        int silent = 0;
        for (Watch watch : hosts.values()) {
            Status status = watch.record.status();
            if (watch.record.session() < 0 || status == Status.EXPIRED) {
                continue;
            }
            all++;
            boolean counts =
                    status == Status.LOST
                            ? watch.grace <= LivenessRules.MASS_LOSS_TICKS
                            : watch.silence >= rules.suspectedAfterTicks();
            silent += counts ? 1 : 0;
        }
        return silent >= LivenessRules.MASS_LOSS_HOSTS
                        && silent * LivenessRules.MASS_LOSS_SHARE > all
                ? Optional.of(new MassLoss(silent, all))
                : Optional.empty();
    }

    /** So many of all hosts are silent at once that it is more likely our fault than theirs. */
    public record MassLoss(int silent, int all) {}

    private static int livenessPartition(String key) {
        return Partitions.of(key, Topic.LIVENESS.partitions());
    }

    /** What is counted for one host. */
    private static final class Watch {
        private final int livenessPartition;
        private Host record;
        private int silence;
        private int grace;
        private int ticks;
        private Fact.@Nullable Decided said;
        private int saidAtTick;

        private Watch(Host record) {
            this.livenessPartition = livenessPartition(Keys.hostBeat(record.host()));
            this.record = record;
        }

        private void update(Host next) {
            if (next.offset() < record.offset()) {
                return;
            }
            if (next.session() != record.session()) {
                silence = 0;
            }
            if (next.status() != record.status() && next.status() == Status.LOST) {
                grace = 0;
            }
            record = next;
        }

        private void tick(Instant appendedAt, LivenessRules rules) {
            ticks++;
            boolean since = appendedAt.isAfter(record.statusAt());
            switch (record.status()) {
                case UP -> silence += since ? 1 : 0;
                case SUSPECTED ->
                        silence =
                                since
                                        ? silence + 1
                                        : Math.min(silence + 1, rules.suspectedAfterTicks());
                case LOST -> grace += since ? 1 : 0;
                case EXPIRED -> {}
            }
        }

        private List<Verdict> say(Fact.Decided fact) {
            if (fact.equals(said) && ticks - saidAtTick < SAY_AGAIN_TICKS) {
                return List.of();
            }
            said = fact;
            saidAtTick = ticks;
            return List.of(new Verdict(record.partition(), record.host(), fact));
        }
    }

    /** What is counted for one endpoint. */
    private static final class EndpointWatch {
        private final String id;
        private final int partition;
        private final int livenessPartition;
        private int ttlTicks;
        private Instant shownAt = Instant.EPOCH;
        private long registration;
        private int silence;
        private int overdue;

        private EndpointWatch(String id, int partition) {
            this.id = id;
            this.partition = partition;
            this.livenessPartition = livenessPartition(Keys.endpoint(id));
        }

        private void update(RegisteredEndpoint record) {
            ttlTicks = record.endpoint().ttlSeconds();
            shownAt = record.cause().eventAppendedAt();
            registration = record.cause().offset();
            silence = 0;
        }

        private boolean tick(Instant appendedAt) {
            silence += appendedAt.isAfter(shownAt) ? 1 : 0;
            boolean expired = ttlTicks > 0 && silence >= ttlTicks;
            overdue = expired ? overdue + 1 : 0;
            return expired;
        }

        private List<Verdict> say() {
            return overdue % SAY_AGAIN_TICKS == 1
                    ? List.of(
                            new Verdict(
                                    partition,
                                    Keys.endpoint(id),
                                    new Fact.EndpointExpired(id, registration)))
                    : List.of();
        }
    }
}
