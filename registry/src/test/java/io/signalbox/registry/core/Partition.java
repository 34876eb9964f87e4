package io.signalbox.registry.core;

import static java.util.Objects.requireNonNull;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A partition of facts that a test appends to, folded at once; offsets and times count up. */
final class Partition {
    PartitionState state = new PartitionState(0);
    long next;

    /** Appends a fact one second after the last one and folds it. */
    FoldResult append(Event event) {
        long offset = next++;
        return Fold.apply(state, offset, time(offset), event);
    }

    /** Opens a session and shows these containers in a whole snapshot; answers the session. */
    long session(String host, io.signalbox.schemas.Container... containers) {
        long session = next;
        append(Facts.opened(host));
        snapshot(host, session, 1, containers);
        return session;
    }

    /** A whole snapshot that begins with this number; answers the last number. */
    long snapshot(
            String host, long session, long seq, io.signalbox.schemas.Container... containers) {
        long number = seq;
        append(Facts.began(host, session, number++));
        for (io.signalbox.schemas.Container container : containers) {
            append(Facts.observed(host, session, number++, container));
        }
        append(Facts.ended(host, session, number, containers.length));
        return number;
    }

    /** What a new owner would hold: the same, made of the records. */
    void takeOver() {
        state = PartitionState.of(0, new ArrayList<>(state.records().values()));
    }

    Instance instance(String host, String container) {
        return requireNonNull(requireNonNull(state.hosts.get(host)).instances.get(container));
    }

    Host host(String id) {
        return requireNonNull(state.host(id));
    }

    static Instant time(long offset) {
        return Facts.T0.plusSeconds(offset);
    }

    static List<Instance> instances(FoldResult result) {
        return result.changed().stream().map(Instance.class::cast).toList();
    }
}
