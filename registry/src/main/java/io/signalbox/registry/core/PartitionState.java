package io.signalbox.registry.core;

import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Checkpoint;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import io.signalbox.schemas.WatcherControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that the fold remembers of one partition of {@code container-events}. Changed by {@link Fold}
 * alone; owned by one thread. What it holds is exactly what its records say, so that it can be
 * rebuilt from them.
 */
public final class PartitionState {
    final Map<String, HostState> hosts = new HashMap<>();
    final Map<String, RegisteredEndpoint> endpoints = new HashMap<>();
    final Map<String, DeclaredService> services = new HashMap<>();

    private final int partition;
    private final TreeSet<String> touched = new TreeSet<>();

    /** An empty partition: no fact was folded. */
    public PartitionState(int partition) {
        this.partition = partition;
    }

    /** The state that these accepted records of {@code service-state} stand for. */
    public static PartitionState of(int partition, Collection<? extends ServiceState> records) {
        PartitionState state = new PartitionState(partition);
        for (ServiceState record : records) {
            if (record instanceof Host host) {
                state.hosts.put(host.host(), HostState.of(host));
            }
        }
        records.forEach(state::add);
        return state;
    }

    /** The partition of {@code container-events} and of {@code service-state}. */
    public int partition() {
        return partition;
    }

    /** The ids of all known hosts, sorted. */
    public List<String> hostIds() {
        return hosts.keySet().stream().sorted().toList();
    }

    /** The host's record as it stands; null for an unknown one. */
    public @Nullable Host host(String id) {
        HostState host = hosts.get(id);
        return host == null ? null : host.record(partition);
    }

    /** What the host's watchers are to know now; empty while there is nothing to tell. */
    public Optional<WatcherControl> control(String id) {
        HostState host = hosts.get(id);
        return host == null || (host.session < 0 && host.resyncSession < 0)
                ? Optional.empty()
                : Optional.of(host.control());
    }

    /** The records of the hosts that had facts since the last call, sorted by id. */
    public List<Host> takeTouchedHosts() {
        List<Host> records = new ArrayList<>(touched.size());
        for (String id : touched) {
            HostState host = hosts.get(id);
            if (host != null) {
                records.add(host.record(partition));
            }
        }
        touched.clear();
        return records;
    }

    /** All records of this state by their keys, the checkpoint aside. */
    public SortedMap<String, ServiceState> records() {
        SortedMap<String, ServiceState> records = new TreeMap<>();
        for (HostState host : hosts.values()) {
            put(records, host.record(partition));
            host.instances.values().forEach(instance -> put(records, instance));
        }
        endpoints.values().forEach(endpoint -> put(records, endpoint));
        services.values().forEach(service -> put(records, service));
        return records;
    }

    /** The present record under the key of this one; null where there is none. */
    public @Nullable ServiceState present(ServiceState record) {
        return switch (record) {
            case Host host -> host(host.host());
            case Instance instance -> {
                HostState host = hosts.get(instance.host());
                yield host == null ? null : host.instances.get(instance.container());
            }
            case RegisteredEndpoint endpoint -> endpoints.get(endpoint.endpoint().id());
            case DeclaredService service -> services.get(service.service());
            case Checkpoint _ -> null;
        };
    }

    /**
     * Forgets the entries that have been gone since before this time.
     *
     * @return their keys, for tombstones
     */
    public List<String> forgetGoneBefore(Instant time) {
        List<String> keys = new ArrayList<>();
        records()
                .forEach(
                        (key, record) -> {
                            if (StateRecords.goneBefore(record, time)) {
                                forget(record);
                                keys.add(key);
                            }
                        });
        return keys;
    }

    HostState hostOrNew(String id) {
        return hosts.computeIfAbsent(id, HostState::new);
    }

    void touch(HostState host, long offset) {
        host.offset = offset;
        touched.add(host.id);
    }

    private static void put(Map<String, ServiceState> records, ServiceState record) {
        records.put(Keys.of(record), record);
    }

    private void add(ServiceState record) {
        switch (record) {
            case Instance instance ->
                    hostOrNew(instance.host()).instances.put(instance.container(), instance);
            case RegisteredEndpoint endpoint -> endpoints.put(endpoint.endpoint().id(), endpoint);
            case DeclaredService service -> services.put(service.service(), service);
            case Host _, Checkpoint _ -> {}
        }
    }

    private void forget(ServiceState record) {
        switch (record) {
            case Instance instance -> {
                HostState host = hosts.get(instance.host());
                if (host != null) {
                    host.instances.remove(instance.container());
                }
            }
            case RegisteredEndpoint endpoint -> endpoints.remove(endpoint.endpoint().id());
            case DeclaredService service -> services.remove(service.service());
            case Host _, Checkpoint _ -> {}
        }
    }
}
