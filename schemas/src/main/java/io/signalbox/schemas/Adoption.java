package io.signalbox.schemas;

import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks for containers that do not speak for themselves. A service that is declared by its
 * name, by an operator or a call, or that Swarm keeps, lends what it declares to the containers
 * that are called by that name; Swarm's are known to their tasks by an id. Of the names of a
 * container the first counts that has a lender; one that says {@code signalbox.enable} and not
 * {@code true} borrows nothing.
 */
public final class Adoption {
    private static final String ENABLE = "signalbox.enable";
    private static final String DEACTIVATE = "com.docker.dockercloud.haproxy.deactivate";
    private static final String SWARM_ID = "com.docker.swarm.service.id";
    private static final String SWARM_SERVICE = "com.docker.swarm.service.name";
    private static final String COMPOSE_PROJECT = "com.docker.compose.project";
    private static final String COMPOSE_SERVICE = "com.docker.compose.service";

    private Adoption() {}

    /**
     * A name that a container goes by.
     *
     * @param bySwarm whether it is the id that Swarm gave its service, which lends by no other
     */
    public record Name(String name, boolean bySwarm) {}

    /** What the container is called, the name that counts first at first; none for what is not. */
    public static List<Name> names(Instance instance) {
        Map<String, String> labels = instance.labels();
        if (instance.gone() || !instance.source().equals(Event.DOCKER) || isKeptOut(labels)) {
            return List.of();
        }
        List<Name> names = new ArrayList<>();
        add(names, labels.get(SWARM_ID), true);
        add(names, labels.get(SWARM_SERVICE), false);
        String service = labels.get(COMPOSE_SERVICE);
        if (service != null && labels.containsKey(COMPOSE_PROJECT)) {
            add(names, labels.get(COMPOSE_PROJECT) + "." + service, false);
        }
        add(names, service, false);
        add(names, instance.name(), false);
        return names;
    }

    private static void add(List<Name> names, @Nullable String name, boolean bySwarm) {
        if (name != null && !name.isEmpty()) {
            names.add(new Name(name, bySwarm));
        }
    }

    private static boolean isKeptOut(Map<String, String> labels) {
        String enable = labels.get(ENABLE);
        return enable != null && !enable.strip().equalsIgnoreCase("true");
    }

    /** Under which name something lends, or lent before it was gone; empty for what never does. */
    public static Optional<String> lender(ServiceState state) {
        return switch (state) {
            case DeclaredService declared -> Optional.of(declared.service());
            case Instance instance ->
                    isSwarm(instance) ? Optional.of(instance.container()) : Optional.empty();
            case ServiceState.RegisteredEndpoint _,
                    ServiceState.Host _,
                    ServiceState.Checkpoint _ ->
                    Optional.empty();
        };
    }

    /** What a lender lends to containers of that name; nothing once it is gone. */
    public static List<Declaration> lent(ServiceState lender, Name name) {
        return switch (lender) {
            case DeclaredService declared -> declared.gone() ? List.of() : declared.declarations();
            case Instance instance ->
                    isSwarm(instance) && name.bySwarm() && !instance.gone()
                            ? instance.declarations()
                            : List.of();
            case ServiceState.RegisteredEndpoint _,
                    ServiceState.Host _,
                    ServiceState.Checkpoint _ ->
                    List.of();
        };
    }

    /**
     * Whether a lender keeps containers of its name out of what they declare themselves: by
     * dockercloud-haproxy's label for a Swarm's service that it is to leave alone.
     */
    public static boolean keepsOut(ServiceState lender, Declaration own) {
        return own.dialect().equals(Dialect.DOCKERCLOUD.word())
                && lender instanceof Instance service
                && isSwarm(service)
                && !service.gone()
                && "true".equalsIgnoreCase(service.labels().get(DEACTIVATE));
    }

    /** Whether it is the picture of a Swarm service and not that of a container. */
    public static boolean isSwarm(Instance instance) {
        return instance.source().equals(Event.SWARM);
    }
}
