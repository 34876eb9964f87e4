package io.signalbox.registry.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What containers are servers of by the word of others, for those who ask why. */
final class Loans {
    private final ReadModel model;

    Loans(ReadModel model) {
        this.model = model;
    }

    /**
     * A declaration that a container borrows for one group.
     *
     * @param lender the name that it has in common with whoever declares it
     */
    record Loan(String group, Declaration declaration, String lender, ServiceState by) {

        /** Whose word it is, as people can look it up. */
        String source() {
            Cause cause =
                    switch (by) {
                        case Instance instance -> instance.cause();
                        case DeclaredService declared -> declared.cause();
                        case ServiceState.RegisteredEndpoint _,
                                ServiceState.Host _,
                                ServiceState.Checkpoint _ ->
                                throw new IllegalStateException("lends nothing: " + by);
                    };
            return "%s, container-events %d/%d"
                    .formatted(declaration.dialect(), cause.partition(), cause.offset());
        }
    }

    /** All that the container borrows; what it declares itself is not borrowed. */
    List<Loan> of(Instance container) {
        List<Loan> loans = new ArrayList<>();
        Map<String, String> lenders = new HashMap<>();
        for (Adoption.Name name : Adoption.names(container)) {
            for (ServiceState by : lenders(name.name())) {
                for (Declaration word : Adoption.lent(by, name)) {
                    for (String group : word.groups()) {
                        String first = lenders.putIfAbsent(group, name.name());
                        if ((first == null || first.equals(name.name()))
                                && !isOwn(container, word.service(), group)) {
                            loans.add(new Loan(group, word, called(by, name), by));
                        }
                    }
                }
            }
        }
        return loans;
    }

    /** The containers that are servers of a service by another's word. */
    List<Instance> borrowers(String service) {
        return model.instances().stream()
                .filter(
                        container ->
                                of(container).stream()
                                        .anyMatch(
                                                loan ->
                                                        loan.declaration()
                                                                .service()
                                                                .equals(service)))
                .toList();
    }

    /** How many containers are servers of each service by another's word. */
    Map<String, Integer> borrowers() {
        Map<String, Integer> borrowers = new HashMap<>();
        for (Instance container : model.instances()) {
            of(container).stream()
                    .map(loan -> loan.declaration().service())
                    .distinct()
                    .forEach(service -> borrowers.merge(service, 1, Integer::sum));
        }
        return borrowers;
    }

    private static String called(ServiceState lender, Adoption.Name name) {
        return lender instanceof Instance service ? service.name() : name.name();
    }

    /** Of the pictures that managers give of one Swarm service, only that which counts. */
    private List<ServiceState> lenders(String name) {
        List<ServiceState> lenders = new ArrayList<>();
        model.swarmServices(name).stream()
                .filter(service -> !service.gone())
                .max(Comparator.comparing(Instance::shownAt).thenComparing(Instance::host))
                .ifPresent(lenders::add);
        @Nullable DeclaredService declared = model.declared(name);
        if (declared != null) {
            lenders.add(declared);
        }
        return lenders;
    }

    private static boolean isOwn(Instance container, String service, String group) {
        return container.declarations().stream()
                .anyMatch(own -> own.service().equals(service) && own.groups().contains(group));
    }
}
