package io.signalbox.renderer.core;

import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to which service of a group, and who holds which route. Keeps itself up to date
 * change by change. One owner thread.
 */
final class Membership {
    private static final Comparator<Instance> NEWEST_FACT =
            Comparator.comparingLong((Instance instance) -> instance.cause().offset())
                    .thenComparing(Instance::container);

    private final GroupDefinition group;
    private final ServiceView view;
    private final RouteTable routes;
    private final Lenders lenders = new Lenders();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Set<String>> servicesOf = new HashMap<>();
    private final Map<String, Set<String>> usersOfNetwork = new HashMap<>();

    /**
     * The members that the view has now.
     *
     * @param routes what was held before
     */
    Membership(GroupDefinition group, ServiceView view, RouteTable routes) {
        this.group = group;
        this.view = view;
        this.routes = routes;
        for (int partition = 0; partition < view.partitions(); partition++) {
            view.entries(partition).forEach(lenders::add);
        }
        for (int partition = 0; partition < view.partitions(); partition++) {
            view.entries(partition).forEach(this::enter);
        }
        services.forEach((name, service) -> routes.claim(name, service.claims()));
        routes.settle();
    }

    /**
     * Takes a change of the view.
     *
     * @return the services whose parts may differ now
     */
    Set<String> apply(ServiceView.Change change) {
        Set<String> touched = new TreeSet<>();
        Set<Entry> borrowers = lenders.apply(change);
        Entry before = change.before();
        if (before != null) {
            touched.addAll(leave(before));
            touched.addAll(servicesByNetworkOf(before));
        }
        Entry after = change.after();
        if (after != null) {
            touched.addAll(enter(after));
            touched.addAll(servicesByNetworkOf(after));
        }
        for (Entry borrower : borrowers) {
            touched.addAll(leave(borrower));
            touched.addAll(enter(borrower));
        }
        for (String name : touched) {
            Service service = services.get(name);
            routes.claim(name, service == null ? new TreeMap<>() : service.claims());
            if (service != null && service.isEmpty()) {
                services.remove(name);
            }
        }
        touched.addAll(routes.settle());
        return touched;
    }

    private Set<String> enter(Entry entry) {
        SortedMap<String, Member> members = lenders.lent(entry, group);
        Members.of(entry, group)
                .forEach((name, declared) -> members.put(name, new Member(entry, declared)));
        if (members.isEmpty()) {
            return Set.of();
        }
        members.forEach(
                (name, member) -> services.computeIfAbsent(name, _ -> new Service()).put(member));
        servicesOf.put(entry.key(), Set.copyOf(members.keySet()));
        networkOf(entry)
                .ifPresent(
                        other ->
                                usersOfNetwork
                                        .computeIfAbsent(other, _ -> new TreeSet<>())
                                        .add(entry.key()));
        return members.keySet();
    }

    private Set<String> leave(Entry entry) {
        Set<String> left = servicesOf.remove(entry.key());
        networkOf(entry)
                .ifPresent(
                        other -> {
                            Set<String> users = usersOfNetwork.getOrDefault(other, new TreeSet<>());
                            users.remove(entry.key());
                            if (users.isEmpty()) {
                                usersOfNetwork.remove(other);
                            }
                        });
        if (left == null) {
            return Set.of();
        }
        for (String name : left) {
            Service service = services.get(name);
            if (service != null) {
                service.remove(entry.key());
            }
        }
        return left;
    }

    private static java.util.Optional<String> networkOf(Entry entry) {
        return entry.state() instanceof Instance instance
                        && instance.networkMode().kind() == NetworkMode.Kind.CONTAINER
                ? java.util.Optional.of(instance.host() + "/" + instance.networkMode().container())
                : java.util.Optional.empty();
    }

    private Set<String> servicesByNetworkOf(Entry entry) {
        if (usersOfNetwork.isEmpty() || !(entry.state() instanceof Instance instance)) {
            return Set.of();
        }
        Set<String> found = new TreeSet<>();
        for (String reference : List.of(instance.container(), instance.name())) {
            for (String user :
                    usersOfNetwork.getOrDefault(instance.host() + "/" + reference, Set.of())) {
                found.addAll(servicesOf.getOrDefault(user, Set.of()));
            }
        }
        return found;
    }

    /**
     * The container whose network this one uses, by id or by name; null when it is not there. While
     * a snapshot still shows the one that a name belonged to before, the newer fact has it.
     */
    @Nullable Instance networkOwner(Instance instance) {
        String reference = instance.networkMode().container();
        if (reference.isEmpty()) {
            return null;
        }
        int partition = instance.cause().partition();
        Entry byId = view.get(partition, Keys.instance(instance.host(), reference));
        if (byId != null && byId.state() instanceof Instance owner) {
            return owner;
        }
        return view.entries(partition).stream()
                .map(Entry::state)
                .filter(Instance.class::isInstance)
                .map(Instance.class::cast)
                .filter(other -> other.host().equals(instance.host()))
                .filter(other -> other.name().equals(reference) && !other.gone())
                .filter(other -> other.source().equals(Event.DOCKER))
                .max(NEWEST_FACT)
                .orElse(null);
    }

    /** What is known of the lenders of what containers do not declare themselves. */
    Lenders lenders() {
        return lenders;
    }

    /** The service of that name; null when nobody belongs to it. */
    @Nullable Service service(String name) {
        return services.get(name);
    }

    /** The names of all services. */
    Set<String> names() {
        return services.keySet();
    }

    RouteTable routes() {
        return routes;
    }
}
