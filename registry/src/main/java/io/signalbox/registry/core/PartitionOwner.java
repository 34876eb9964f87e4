package io.signalbox.registry.core;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.WatcherControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of one partition writes, and in which order: the outputs of each fact as it is
 * folded; at the end of a batch the changed host records, then the checkpoint. It rewrites what a
 * late writer overwrote, by log order. One thread.
 */
public final class PartitionOwner {
    /**
     * For so long records of an owner before may still come. One that comes behind a tombstone
     * would count, so nothing is deleted until then.
     */
    private static final Duration LATE = Duration.ofHours(1);

    private final int partition;
    private final String eventsTopicId;
    private final Sink sink;
    private final PartitionState state;
    private final ControlDesk desk = new ControlDesk();
    private final List<Signal.ForWatchers> forWatchers = new ArrayList<>();
    private long nextOffset;
    private @Nullable Instant deletesFrom;

    /** Where the owner's writes go, in this order. */
    public interface Sink {
        /**
         * A value of {@code service-state}.
         *
         * @param changedBy LogAppendTime of the fact that changed it; null for host records,
         *     checkpoints and repairs
         */
        void write(int partition, ServiceState value, @Nullable Instant changedBy);

        /** A key of {@code service-state} is deleted. */
        void delete(int partition, String key);

        /** What a host's watchers are told. */
        void tell(WatcherControl control);

        /** Something was noticed. */
        void notice(Signal signal);
    }

    private PartitionOwner(
            int partition, String eventsTopicId, StateView view, Sink sink, long nextOffset) {
        this.partition = partition;
        this.eventsTopicId = eventsTopicId;
        this.sink = sink;
        this.state = PartitionState.of(partition, view.accepted());
        this.nextOffset = nextOffset;
    }

    /**
     * Takes over: on top of the accepted records, from the checkpoint on. Repairs every key whose
     * last record is another one, and tells the watchers of every host where they stand.
     *
     * @param view of {@code service-state}, read to its end after the assignment
     */
    public static PartitionOwner takeOver(
            int partition, String eventsTopicId, StateView view, Sink sink) {
        Checkpoint checkpoint = view.checkpoint();
        PartitionOwner owner =
                new PartitionOwner(
                        partition,
                        eventsTopicId,
                        view,
                        sink,
                        checkpoint == null ? 0 : checkpoint.nextOffset());
        view.overwritten().forEach(owner::repair);
        owner.desk.takeOver(owner.state).forEach(sink::tell);
        return owner;
    }

    /** The first offset that is not folded yet. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Folds the next fact and writes what it changes. */
    public void fold(long offset, Instant appendedAt, Event event) {
        FoldResult result = Fold.apply(state, offset, appendedAt, event);
        for (ServiceState value : result.changed()) {
            sink.write(partition, value, appendedAt);
        }
        note(result.signals());
        nextOffset = offset + 1;
    }

    /** Passes over a record that cannot be read; its sender is asked to say everything again. */
    public void unreadable(long offset, String subject) {
        note(Fold.unreadable(state, offset, subject).signals());
        nextOffset = offset + 1;
    }

    private void note(List<Signal> signals) {
        for (Signal signal : signals) {
            sink.notice(signal);
            if (signal instanceof Signal.ForWatchers forThem) {
                forWatchers.add(forThem);
            }
        }
    }

    /** Ends a batch of facts. */
    public void endBatch() {
        for (Host host : state.takeTouchedHosts()) {
            sink.write(partition, host, null);
        }
        sink.write(partition, checkpoint(), null);
        for (Signal.ForWatchers signal : forWatchers) {
            desk.onSignal(state, signal).ifPresent(sink::tell);
        }
        forWatchers.clear();
    }

    /** A record that is older than the accepted one now stands last under this key. */
    public void overwritten(StateView view, String key) {
        ServiceState accepted = view.accepted(key);
        if (key.equals(Keys.CHECKPOINT)) {
            repair(checkpoint());
        } else if (accepted != null) {
            ServiceState present = state.present(accepted);
            repair(
                    present != null && StateRecords.source(present) >= StateRecords.source(accepted)
                            ? present
                            : accepted);
        }
    }

    /** A watcher of one of the hosts beat; tells it what there is to tell. */
    public void beat(String host, long session) {
        desk.onBeat(state, host, session).ifPresent(sink::tell);
    }

    /**
     * Deletes what has been gone for so long, once this owner is no new one; called every now and
     * then.
     */
    public void forgetGone(Instant now, Duration retention) {
        Instant from = deletesFrom;
        if (from == null) {
            from = now.plus(retention.compareTo(LATE) < 0 ? retention : LATE);
            deletesFrom = from;
        }
        if (!now.isBefore(from)) {
            state.forgetGoneBefore(now.minus(retention))
                    .forEach(key -> sink.delete(partition, key));
        }
    }

    /** All records as they stand, the checkpoint aside. */
    public PartitionState state() {
        return state;
    }

    /**
     * A rewritten record completes its fact only if all of that fact is folded: a take-over may
     * come in the middle of one.
     */
    private void repair(ServiceState value) {
        boolean whole = StateRecords.source(value) < nextOffset;
        sink.write(partition, whole ? StateRecords.asLast(value) : value, null);
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(eventsTopicId, nextOffset);
    }
}
