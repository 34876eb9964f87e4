package io.signalbox.bench.simulation;

import java.util.Comparator;
import java.util.List;

/**
 * A run of a container that requests may be sent to, or that drains.
 *
 * @param run when it was started
 * @param addresses all that it may be reached by, as {@code address:port}, the container's own
 *     first
 */
record Justified(
        String host, String container, String run, List<String> addresses, boolean stopping)
        implements Comparable<Justified> {
    private static final Comparator<Justified> ORDER =
            Comparator.comparing(Justified::host)
                    .thenComparing(Justified::container)
                    .thenComparing(Justified::run)
                    .thenComparing(one -> one.addresses.toString())
                    .thenComparing(Justified::stopping);

    Justified {
        addresses = List.copyOf(addresses);
    }

    /** Its container, whichever run. */
    String id() {
        return host + "/" + container;
    }

    @Override
    public int compareTo(Justified other) {
        return ORDER.compare(this, other);
    }
}
