package io.signalbox.renderer.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.GroupDefinition;
import io.signalbox.schemas.GroupDefinition.Selector;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which services of a group an entry itself declares that it belongs to, and what of each. */
final class Members {
    private Members() {}

    /** One declaration for each service of the group, by the service's name; empty when gone. */
    static SortedMap<String, Declaration> of(Entry entry, GroupDefinition group) {
        if (entry.gone()) {
            return new TreeMap<>();
        }
        return switch (entry.state()) {
            case Instance instance when !selected(instance, group.selector()) -> new TreeMap<>();
            case Instance instance ->
                    merged(followed(instance.declarations(), group), group.name());
            case ServiceState.RegisteredEndpoint registered ->
                    merged(registered.endpoint().declarations(), group.name());
            case ServiceState.DeclaredService declared ->
                    merged(declared.declarations(), group.name());
            case ServiceState.Host _, ServiceState.Checkpoint _ -> new TreeMap<>();
        };
    }

    /**
     * What a container says in the first dialect that the group follows and that says anything to
     * it.
     */
    private static List<Declaration> followed(
            List<Declaration> declarations, GroupDefinition group) {
        for (String dialect : group.selector().followed()) {
            List<Declaration> said =
                    declarations.stream()
                            .filter(one -> one.dialect().equals(dialect))
                            .filter(one -> one.groups().contains(group.name()))
                            .toList();
            if (!said.isEmpty()) {
                return said;
            }
        }
        return List.of();
    }

    private static SortedMap<String, Declaration> merged(
            List<Declaration> declarations, String group) {
        SortedMap<String, Declaration> merged = new TreeMap<>();
        for (Declaration declaration : declarations) {
            if (declaration.groups().contains(group)) {
                merged.merge(declaration.service(), declaration, Members::both);
            }
        }
        return merged;
    }

    private static Declaration both(Declaration first, Declaration second) {
        List<Route> routes = new ArrayList<>(first.routes());
        second.routes().stream().filter(route -> !routes.contains(route)).forEach(routes::add);
        return new Declaration(
                first.service(),
                first.dialect(),
                first.groups(),
                first.port(),
                first.network(),
                routes,
                first.policy());
    }

    /** What of lent declarations is meant for the group, by the service's name. */
    static SortedMap<String, Declaration> lent(
            List<Declaration> lent, Entry lender, GroupDefinition group) {
        return merged(
                lender.state() instanceof Instance ? followed(lent, group) : lent, group.name());
    }

    /** Whether the group takes that instance; a Swarm service is on all hosts. */
    static boolean selected(Instance instance, Selector selector) {
        return isLabelled(instance, selector)
                && isIn(instance, selector)
                && (Adoption.isSwarm(instance) || isOn(instance, selector));
    }

    /** Whether the group takes a container by that lender's word, whose labels its tasks share. */
    static boolean selected(Instance instance, Entry lender, Selector selector) {
        boolean labels =
                isLabelled(instance, selector)
                        || (lender.state() instanceof Instance service
                                && isLabelled(service, selector));
        return labels && isIn(instance, selector) && isOn(instance, selector);
    }

    private static boolean isLabelled(Instance instance, Selector selector) {
        return selector.labels().entrySet().stream()
                .allMatch(
                        wanted -> wanted.getValue().equals(instance.labels().get(wanted.getKey())));
    }

    private static boolean isIn(Instance instance, Selector selector) {
        return selector.networks().isEmpty()
                || instance.networks().stream()
                        .anyMatch(network -> selector.networks().contains(network.name()));
    }

    private static boolean isOn(Instance instance, Selector selector) {
        return selector.hosts().isEmpty() || selector.hosts().contains(instance.host());
    }

    /** Whether two definitions choose the same members. */
    static boolean sameChoice(GroupDefinition one, GroupDefinition other) {
        return one.name().equals(other.name()) && one.selector().equals(other.selector());
    }
}
