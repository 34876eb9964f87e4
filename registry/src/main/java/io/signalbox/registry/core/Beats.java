package io.signalbox.registry.core;

import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each watcher and applier was last heard of. An applier that is silent for longer than {@code
 * liveness} keeps records is forgotten, as one who reads the topic anew knows nothing of it either:
 * where they are named after their containers, new names come without end. One thread.
 */
final class Beats {
    /** Beats come once a second; two that are further apart may be of one applier that moved. */
    private static final Duration SAME_TIME = Duration.ofSeconds(5);

    private static final Duration KEPT = Topic.LIVENESS.retention().orElseThrow();
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Map<String, Instant> watchers = new HashMap<>();
    private final Map<String, Heard> appliers = new HashMap<>();
    private Instant forgetAt = Instant.MIN;

    /**
     * What was heard with one applier's key.
     *
     * @param hosts those on which appliers beat at that time, each with its newest beat
     */
    private record Heard(Instant last, TreeMap<String, Instant> hosts) {}

    /**
     * The next record.
     *
     * @param at its LogAppendTime
     */
    void read(Liveness record, Instant at) {
        switch (record) {
            case Liveness.HostBeat beat -> watchers.put(Keys.of(beat), at);
            case Liveness.ApplierBeat beat -> beat(beat, at);
            case Liveness.EndpointRenewed _, Liveness.Tick _ -> {}
        }
        if (!at.isBefore(forgetAt)) {
            appliers.values().removeIf(applier -> applier.last.isBefore(at.minus(KEPT)));
            forgetAt = at.plus(FORGET_EVERY);
        }
    }

    private void beat(Liveness.ApplierBeat beat, Instant at) {
        String key = Keys.of(beat);
        Heard before = appliers.get(key);
        TreeMap<String, Instant> hosts = before == null ? new TreeMap<>() : before.hosts;
        hosts.put(beat.host(), at);
        hosts.values().removeIf(one -> !one.isAfter(at.minus(SAME_TIME)));
        appliers.put(key, new Heard(at, hosts));
    }

    /** LogAppendTime of the newest beat with this key; null where none is known. */
    @Nullable Instant last(String key) {
        Heard applier = appliers.get(key);
        return applier == null ? watchers.get(key) : applier.last;
    }

    /** The hosts on which appliers beat with this key, as the newest beat found them. */
    List<String> hosts(String key) {
        Heard applier = appliers.get(key);
        return applier == null ? List.of() : List.copyOf(applier.hosts.keySet());
    }
}
