package io.signalbox.registry.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.ConfigRecord;
import io.signalbox.schemas.ConfigRecord.Part;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupRecord;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Host;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that questions are answered from: service state, groups, their configurations as they
 * stand in the log, the newest result of each applier, and when each was last heard of. One thread.
 */
public final class ReadModel {
    private final List<StateView> views = new ArrayList<>();
    private final TreeMap<String, Instance> instances = new TreeMap<>();
    private final TreeMap<String, Host> hosts = new TreeMap<>();
    private final TreeMap<String, RegisteredEndpoint> endpoints = new TreeMap<>();
    private final TreeMap<String, DeclaredService> declared = new TreeMap<>();
    private final Map<String, Set<String>> swarmServices = new HashMap<>();
    private final Map<String, Set<String>> byName = new HashMap<>();
    private final Map<String, Set<String>> byService = new HashMap<>();
    private final TreeMap<String, GroupDefinition> groups = new TreeMap<>();
    private final Map<String, Instant> withdrawn = new HashMap<>();
    private final TreeMap<String, GroupView> configurations = new TreeMap<>();
    private final Results results = new Results();
    private final Beats beats = new Beats();

    /** A model of nothing. */
    public ReadModel() {
        for (int partition = 0; partition < Topic.SERVICE_STATE.partitions(); partition++) {
            views.add(new StateView());
        }
    }

    /** The next record of a partition of {@code service-state}; null for a tombstone. */
    public void state(int partition, String key, @Nullable ServiceState value) {
        StateView view = views.get(partition);
        ServiceState before = view.accepted(key);
        if (!view.read(key, value)) {
            return;
        }
        if (before instanceof Instance instance) {
            unindex(instance);
        }
        switch (value) {
            case null -> forget(key, before);
            case Instance instance -> {
                instances.put(id(instance), instance);
                if (Adoption.isSwarm(instance)) {
                    add(swarmServices, instance.container(), instance);
                }
                Adoption.names(instance).forEach(name -> add(byName, name.name(), instance));
                instance.declarations().forEach(one -> add(byService, one.service(), instance));
            }
            case Host host -> hosts.put(host.host(), host);
            case RegisteredEndpoint endpoint -> endpoints.put(endpoint.endpoint().id(), endpoint);
            case DeclaredService service -> declared.put(service.service(), service);
            case ServiceState.Checkpoint _ -> {}
        }
    }

    /** {@code service-state} is read again from its beginning. */
    public void forgetState() {
        for (int partition = 0; partition < views.size(); partition++) {
            views.set(partition, new StateView());
        }
        instances.clear();
        hosts.clear();
        endpoints.clear();
        declared.clear();
        swarmServices.clear();
        byName.clear();
        byService.clear();
    }

    /**
     * The next record of {@code proxy-groups}.
     *
     * @param appendedAt its LogAppendTime
     */
    public void group(GroupRecord record, Instant appendedAt) {
        switch (record) {
            case GroupRecord.GroupDefined(GroupDefinition definition) -> {
                groups.put(definition.name(), definition);
                withdrawn.remove(definition.name());
            }
            case GroupRecord.GroupWithdrawn(String name) -> {
                groups.remove(name);
                if (!name.equals(GroupDefinition.DEFAULT)) {
                    withdrawn.put(name, appendedAt);
                }
            }
            case GroupRecord.ShrinkAccepted _ -> {}
        }
    }

    /** The next record of a group's configuration topic; null for a tombstone. */
    public void configuration(String group, long offset, String key, @Nullable ConfigRecord value) {
        GroupView.Read _ =
                configurations
                        .computeIfAbsent(group, _ -> new GroupView())
                        .read(offset, key, value);
    }

    /** The group has a configuration topic, be it empty. */
    public void configurationTopic(String group) {
        configurations.computeIfAbsent(group, _ -> new GroupView());
    }

    /** A group's configuration topic is read again from its beginning: it may be another one. */
    public void forgetConfiguration(String group) {
        configurations.put(group, new GroupView());
    }

    /** The next record of {@code apply-results}. */
    public void result(ApplyResult result) {
        results.read(result, Duration.ZERO);
    }

    /**
     * A record of {@code apply-results} that stood there before anybody followed it; read after the
     * {@code liveness} of that time, which says whether its applier was heard of lately.
     *
     * @param age how long ago it was appended
     */
    public void earlierResult(ApplyResult result, Duration age) {
        results.read(result, isHeardOf(result) ? Duration.ZERO : age);
    }

    private boolean isHeardOf(ApplyResult result) {
        return beats.last(Keys.applierBeat(result.group(), result.applier())) != null;
    }

    /** The next record of {@code liveness}. */
    public void liveness(Liveness record, Instant appendedAt) {
        beats.read(record, appendedAt);
        results.forgetSilent(appendedAt, this::isHeardOf);
    }

    /** Whether what a fact of {@code container-events} changed is shown. */
    public boolean isFolded(int partition, long offset) {
        ServiceState.Checkpoint checkpoint = views.get(partition).checkpoint();
        return checkpoint != null && checkpoint.nextOffset() > offset;
    }

    /** An endpoint, gone or not; null where none of that id is known. */
    public @Nullable RegisteredEndpoint endpoint(String id) {
        return endpoints.get(id);
    }

    /** The endpoints whose ids begin so, gone ones included, sorted by id. */
    public Collection<RegisteredEndpoint> endpoints(String prefix) {
        return java.util.Collections.unmodifiableCollection(
                endpoints.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    /** How many endpoints declare this service. */
    long endpointsOf(String service) {
        return endpoints.values().stream()
                .filter(one -> !one.gone())
                .filter(
                        one ->
                                one.endpoint().declarations().stream()
                                        .anyMatch(said -> said.service().equals(service)))
                .count();
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    Collection<Host> hosts() {
        return hosts.values();
    }

    @Nullable Host host(String id) {
        return hosts.get(id);
    }

    /** All instances that declare this service, gone ones included. */
    List<Instance> instancesOf(String service) {
        return named(byService, service);
    }

    private List<Instance> named(Map<String, Set<String>> index, String name) {
        return index.getOrDefault(name, Set.of()).stream()
                .flatMap(id -> Optional.ofNullable(instances.get(id)).stream())
                .toList();
    }

    /** The names of all services that something declares, sorted. */
    SortedSet<String> serviceNames() {
        SortedSet<String> names = new TreeSet<>();
        byService.forEach(
                (name, ids) -> {
                    if (ids.stream().anyMatch(id -> isThere(instances.get(id)))) {
                        names.add(name);
                    }
                });
        declared.values().stream()
                .filter(service -> !service.gone())
                .forEach(
                        service -> {
                            names.add(service.service());
                            service.declarations().forEach(word -> names.add(word.service()));
                        });
        endpoints.values().stream()
                .filter(endpoint -> !endpoint.gone())
                .flatMap(endpoint -> endpoint.endpoint().declarations().stream())
                .forEach(declaration -> names.add(declaration.service()));
        return names;
    }

    /** A declared service, gone or not; null where none of that name is known. */
    public @Nullable DeclaredService declared(String service) {
        return declared.get(service);
    }

    /** All declared services, gone ones included, by their names. */
    public Collection<DeclaredService> declaredServices() {
        return java.util.Collections.unmodifiableCollection(declared.values());
    }

    /** Whether a container goes by that name. */
    public boolean isCalled(String name) {
        return byName.containsKey(name);
    }

    /** The pictures that managers gave of the Swarm service of that id, gone ones included. */
    List<Instance> swarmServices(String id) {
        return named(swarmServices, id);
    }

    /** Groups that have a definition or a configuration, and the built-in one. */
    SortedSet<String> groupNames() {
        SortedSet<String> names = new TreeSet<>(groups.keySet());
        names.addAll(configurations.keySet());
        names.add(GroupDefinition.DEFAULT);
        return names;
    }

    @Nullable GroupDefinition group(String name) {
        return groups.get(name);
    }

    /**
     * When the group's definition was withdrawn; null where it was not. The built-in group never
     * is: it holds again where nobody defines it.
     */
    @Nullable Instant withdrawnAt(String group) {
        return withdrawn.get(group);
    }

    /** The group's configuration as it stands in the log; null where it has no topic. */
    public @Nullable GroupView configuration(String group) {
        return configurations.get(group);
    }

    /** The part of a service in a group; null where it has none. */
    ConfigRecord.@Nullable Service part(String group, String service) {
        GroupView view = configurations.get(group);
        Part part = view == null ? null : view.parts().get("service/" + service);
        return part != null && part.content() instanceof ConfigRecord.Service content
                ? content
                : null;
    }

    /** All service parts of a group. */
    List<ConfigRecord.Service> parts(String group) {
        GroupView view = configurations.get(group);
        List<ConfigRecord.Service> services = new ArrayList<>();
        if (view != null) {
            for (Part part : view.parts().values()) {
                if (part.content() instanceof ConfigRecord.Service service) {
                    services.add(service);
                }
            }
        }
        return services;
    }

    /** The newest result of each applier of a group. */
    List<ApplyResult> results(String group) {
        return results.of(group);
    }

    /** LogAppendTime of the newest beat with this key; null where none is known. */
    @Nullable Instant lastBeat(String key) {
        return beats.last(key);
    }

    /**
     * The hosts on which appliers beat with this key, by the latest that is known: more than one
     * means that as many call themselves the same.
     */
    List<String> beatingOn(String key) {
        return beats.hosts(key);
    }

    static String id(Instance instance) {
        return instance.host() + "/" + instance.container();
    }

    private static boolean isThere(@Nullable Instance instance) {
        return instance != null && !instance.gone();
    }

    private void unindex(Instance instance) {
        instance.declarations()
                .forEach(declaration -> drop(byService, declaration.service(), id(instance)));
        drop(swarmServices, instance.container(), id(instance));
        Adoption.names(instance).forEach(name -> drop(byName, name.name(), id(instance)));
    }

    private static void add(Map<String, Set<String>> index, String name, Instance instance) {
        index.computeIfAbsent(name, _ -> new TreeSet<>()).add(id(instance));
    }

    private static void drop(Map<String, Set<String>> index, String name, String id) {
        Set<String> ids = index.get(name);
        if (ids != null) {
            ids.remove(id);
            if (ids.isEmpty()) {
                index.remove(name);
            }
        }
    }

    private void forget(String key, @Nullable ServiceState before) {
        if (before instanceof Instance instance) {
            instances.remove(id(instance));
        }
        Keys.parseEndpoint(key).ifPresent(endpoints::remove);
        Keys.parseService(key).ifPresent(declared::remove);
    }
}
