package io.signalbox.registry.core;

import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One partition of {@code service-state} as it is to be read: of each key the value with the
 * highest source position, and which keys end in the log with another record than that one (an
 * older value, or a tombstone without {@code GONE}): those an owner writes again. One thread.
 */
public final class StateView {
    private final Map<String, ServiceState> accepted = new HashMap<>();
    private final TreeSet<String> overwritten = new TreeSet<>();

    /**
     * Takes in the next record of the partition.
     *
     * @param value null for a tombstone
     * @return whether it is accepted; otherwise it stands over the accepted one
     */
    public boolean read(String key, @Nullable ServiceState value) {
        ServiceState before = accepted.get(key);
        if (value == null) {
            if (before != null && !StateRecords.gone(before)) {
                overwritten.add(key);
                return false;
            }
            accepted.remove(key);
        } else if (before != null && older(value, before)) {
            overwritten.add(key);
            return false;
        } else {
            accepted.put(key, value);
        }
        overwritten.remove(key);
        return true;
    }

    /** The accepted value of a key; null where there is none. */
    public @Nullable ServiceState accepted(String key) {
        return accepted.get(key);
    }

    /** All accepted values. */
    public Collection<ServiceState> accepted() {
        return Collections.unmodifiableCollection(accepted.values());
    }

    /** The accepted checkpoint; null where nothing was folded yet. */
    public @Nullable Checkpoint checkpoint() {
        return accepted.get(Keys.CHECKPOINT) instanceof Checkpoint checkpoint ? checkpoint : null;
    }

    /** The accepted values of all keys whose last record is another one, in order of keys. */
    public List<ServiceState> overwritten() {
        List<ServiceState> values = new ArrayList<>();
        for (String key : overwritten) {
            ServiceState value = accepted.get(key);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static boolean older(ServiceState value, ServiceState before) {
        if (value instanceof Checkpoint now
                && before instanceof Checkpoint then
                && !now.topicId().equals(then.topicId())) {
            return false;
        }
        return StateRecords.source(value) < StateRecords.source(before);
    }
}
