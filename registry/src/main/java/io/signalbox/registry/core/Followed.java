package io.signalbox.registry.core;

import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a registry makes of the records that it follows: all of {@code service-state}, so that a
 * take-over finds what it needs and an owner sees what overwrote its records, and all of {@code
 * liveness}, so that every registry counts the same silence. One thread.
 */
public final class Followed {
    private final LivenessRules rules;
    private LivenessJudge judge;
    private final List<StateView> views = new ArrayList<>();
    private final Listener listener;

    /** What an owner has to do about what was read. */
    public interface Listener {
        /** A key of this partition ends with another record than the accepted one. */
        void overwritten(int partition, String key);

        /** A decision of a partition that this registry speaks for. */
        void decided(Verdict verdict);

        /** A watcher's beat that is newer than the take-over of its host's partition. */
        void beat(int eventsPartition, Liveness.HostBeat beat);
    }

    /** Nothing was read yet. */
    public Followed(LivenessRules rules, Listener listener) {
        this.rules = rules;
        this.judge = new LivenessJudge(rules);
        this.listener = listener;
        for (int partition = 0; partition < Topic.SERVICE_STATE.partitions(); partition++) {
            views.add(new StateView());
        }
    }

    /** One partition of {@code service-state} as it is to be read. */
    public StateView view(int partition) {
        return views.get(partition);
    }

    /** The judge that all of {@code liveness} is given to. */
    public LivenessJudge judge() {
        return judge;
    }

    /** Everything is read from its beginning again. */
    public void beginAnew() {
        judge = new LivenessJudge(rules);
        views.replaceAll(_ -> new StateView());
    }

    /** A partition of {@code service-state} is read from its beginning again. */
    public void readAgain(int partition) {
        views.set(partition, new StateView());
    }

    /**
     * Takes the next record of a partition of {@code service-state}.
     *
     * @param value null for a tombstone
     */
    public void state(int partition, String key, @Nullable ServiceState value) {
        if (!views.get(partition).read(key, value)) {
            listener.overwritten(partition, key);
        } else if (value instanceof ServiceState.Host host) {
            judge.host(host);
        } else if (value instanceof ServiceState.RegisteredEndpoint endpoint) {
            judge.endpoint(partition, endpoint);
        }
    }

    /**
     * Takes the next record of a partition of {@code liveness}.
     *
     * @param appendedAt LogAppendTime of the record
     */
    public void liveness(int partition, long offset, Instant appendedAt, Liveness value) {
        judge.read(partition, offset, appendedAt, value).forEach(listener::decided);
        if (value instanceof Liveness.HostBeat beat) {
            int events = Partitions.of(beat.host(), Topic.CONTAINER_EVENTS.partitions());
            if (judge.decides(events, partition, offset)) {
                listener.beat(events, beat);
            }
        }
    }
}
