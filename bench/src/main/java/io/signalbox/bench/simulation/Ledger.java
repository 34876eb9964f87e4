package io.signalbox.bench.simulation;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Keys;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the facts in the log add up to at every position of it, as the protocol says: written for
 * the simulation alone, so that a fault in a core does not hide itself. One thread.
 */
final class Ledger {
    private final SortedMap<Integer, Part> parts = new TreeMap<>();

    /** One partition: its hosts, and which servers there were from which position on. */
    private static final class Part {
        private final SortedMap<String, LedgerHost> hosts = new TreeMap<>();
        private final TreeMap<Long, Set<Justified>> history = new TreeMap<>();

        Part() {
            history.put(0L, Set.of());
        }
    }

    /** Takes the next fact; null for a record that nobody can read. */
    void take(int partition, long offset, @Nullable Event event) {
        Part part = parts.computeIfAbsent(partition, _ -> new Part());
        if (event == null) {
            return;
        }
        part.hosts.computeIfAbsent(event.subject(), LedgerHost::new).take(event);
        Set<Justified> servers = new TreeSet<>();
        part.hosts.values().forEach(host -> host.addServers(servers));
        if (!servers.equals(part.history.lastEntry().getValue())) {
            part.history.put(offset + 1, servers);
        }
    }

    /** Nobody need know any more of a container that is gone that it was stopping. */
    void forgotten(Keys.HostContainer instance) {
        parts.values().stream()
                .map(part -> part.hosts.get(instance.host()))
                .filter(Objects::nonNull)
                .forEach(host -> host.forget(instance.container()));
    }

    /** The servers that the facts before that position justify. */
    Set<Justified> at(int partition, long position) {
        Part part = parts.get(partition);
        return part == null ? Set.of() : part.history.floorEntry(position).getValue();
    }

    /** The servers that all facts justify. */
    Set<Justified> now() {
        Set<Justified> all = new TreeSet<>();
        parts.values().forEach(part -> all.addAll(part.history.lastEntry().getValue()));
        return all;
    }

    /**
     * The containers, as {@code host/id}, that the facts justified without a break since these
     * positions.
     *
     * @param positions by partition; those left out stand for now
     */
    Set<String> alwaysSince(List<Long> positions) {
        Set<String> always = new TreeSet<>();
        parts.forEach(
                (partition, part) -> {
                    long since =
                            partition < positions.size()
                                    ? positions.get(partition)
                                    : part.history.lastKey();
                    Set<String> here = ids(part.history.floorEntry(since).getValue());
                    part.history
                            .tailMap(since)
                            .values()
                            .forEach(servers -> here.retainAll(ids(servers)));
                    always.addAll(here);
                });
        return always;
    }

    private static Set<String> ids(Set<Justified> servers) {
        Set<String> ids = new TreeSet<>();
        servers.forEach(server -> ids.add(server.id()));
        return ids;
    }

    /** The host's current session; {@link Event#NO_SESSION} for none. */
    long session(int partition, String host) {
        Part part = parts.get(partition);
        LedgerHost known = part == null ? null : part.hosts.get(host);
        return known == null ? Event.NO_SESSION : known.session();
    }
}
