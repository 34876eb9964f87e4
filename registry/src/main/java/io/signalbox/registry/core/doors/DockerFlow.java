package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.registry.core.doors.DockerFlowRequest.Declare;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Docker Flow Proxy's API: which facts follow from a call. A service is declared by its name, and
 * the containers of that name are its servers; one that goes to an address outside Docker is an
 * endpoint without a time to live for each of its ports. A call that says what is so already
 * changes nothing.
 */
public final class DockerFlow {
    private static final String ENDPOINT = "docker-flow/";

    private DockerFlow() {}

    /** What follows from a call. */
    public static Decision decide(ReadModel model, DockerFlowRequest request) {
        return switch (request) {
            case DockerFlowRequest.Bad bad -> Decision.of(List.of(), DockerFlowReply.bad(bad));
            case DockerFlowRequest.Remove remove -> remove(model, remove.service());
            case Declare declare -> declare(model, declare);
        };
    }

    private static Decision declare(ReadModel model, Declare wanted) {
        DeclaredService before = model.declared(wanted.service());
        if (isForeign(before)) {
            Mistake mistake =
                    new Mistake(
                            "serviceName",
                            "must be one that nobody else declares",
                            wanted.service());
            return Decision.of(
                    List.of(),
                    DockerFlowReply.bad(
                            new DockerFlowRequest.Bad(wanted.service(), 400, List.of(mistake))));
        }
        List<DoorFact> facts = new ArrayList<>();
        SortedMap<String, Endpoint> endpoints = endpoints(wanted);
        for (Endpoint endpoint : endpoints.values()) {
            RegisteredEndpoint known = model.endpoint(endpoint.id());
            if (known == null || known.gone() || !known.endpoint().equals(endpoint)) {
                facts.add(DoorFact.registered(endpoint));
            }
        }
        if (!wanted.outbound().isEmpty()) {
            withdraw(before, facts);
        } else if (before == null
                || before.gone()
                || !before.declarations().equals(wanted.declarations())) {
            facts.add(DoorFact.declared(wanted.service(), wanted.declarations()));
        }
        known(model, wanted.service()).stream()
                .filter(id -> !endpoints.containsKey(id))
                .forEach(id -> facts.add(DoorFact.deregistered(id)));
        return new Decision(
                facts, List.of(), read -> DockerFlowReply.declared(wanted, message(read, wanted)));
    }

    private static String message(ReadModel model, Declare wanted) {
        return wanted.outbound().isEmpty() && !model.isCalled(wanted.service())
                ? "no container goes by the name %s yet, nor by that of its Compose or Swarm service"
                        .formatted(wanted.service())
                : "";
    }

    private static Decision remove(ReadModel model, String service) {
        DeclaredService before = model.declared(service);
        List<DoorFact> facts = new ArrayList<>();
        if (!isForeign(before)) {
            withdraw(before, facts);
        }
        known(model, service).forEach(id -> facts.add(DoorFact.deregistered(id)));
        String message = facts.isEmpty() ? "this door has no service of that name" : "";
        return Decision.of(facts, DockerFlowReply.removed(service, message));
    }

    private static void withdraw(@Nullable DeclaredService before, List<DoorFact> facts) {
        if (before != null && !before.gone()) {
            facts.add(DoorFact.withdrawn(before.service()));
        }
    }

    /** Whether somebody else than this door declares it: what that says is not ours to change. */
    private static boolean isForeign(@Nullable DeclaredService declared) {
        return declared != null && !declared.gone() && !isOwn(declared);
    }

    /** Whether what is declared was said by this door. */
    static boolean isOwn(DeclaredService declared) {
        return declared.declarations().stream()
                .allMatch(one -> one.dialect().equals(Dialect.DOCKER_FLOW.word()));
    }

    private static SortedMap<String, Endpoint> endpoints(Declare wanted) {
        SortedMap<String, Endpoint> endpoints = new TreeMap<>();
        if (!wanted.outbound().isEmpty()) {
            for (Declaration one : wanted.declarations()) {
                String id = prefix(wanted.service()) + one.service();
                endpoints.put(id, new Endpoint(id, wanted.outbound(), one.port(), 0, List.of(one)));
            }
        }
        return endpoints;
    }

    private static List<String> known(ReadModel model, String service) {
        return model.endpoints(prefix(service)).stream()
                .filter(one -> !one.gone())
                .map(one -> one.endpoint().id())
                .toList();
    }

    private static String prefix(String service) {
        return ENDPOINT + service + "/";
    }
}
