package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes declarations of a container's routes: those that agree in everything but the way become
 * one. A container is a server of a service once, so a second port or network under the same
 * service's name is refused.
 */
final class Merge {
    private static final int MOST_ROUTES = 1000;

    private final Dialect dialect;
    private final Policy policy;
    private final Rejections rejections;

    /** Declarations of a container with that policy for each of its services. */
    Merge(Dialect dialect, Policy policy, Rejections rejections) {
        this.dialect = dialect;
        this.policy = policy;
        this.rejections = rejections;
    }

    /**
     * One route's worth of a declaration.
     *
     * @param key the label that names its service, for rejections
     */
    record Draft(
            String key,
            String service,
            int port,
            SignalboxDialect.Where where,
            List<Route> routes) {

        private boolean isTcp() {
            return routes.stream().anyMatch(Route::isTcp);
        }

        private boolean contradicts(Draft first) {
            return port != first.port
                    || !java.util.Objects.equals(where.network(), first.where.network());
        }
    }

    List<Declaration> merged(List<Draft> drafts) {
        Map<String, Draft> first = new LinkedHashMap<>();
        Map<Draft, List<Route>> merged = new LinkedHashMap<>();
        int room = MOST_ROUTES;
        for (Draft draft : drafts) {
            Draft known = first.putIfAbsent(draft.service(), draft);
            if (known != null && draft.isTcp() != known.isTcp()) {
                refuseKind(draft);
            } else if (known != null && draft.contradicts(known)) {
                refuse(draft, known);
            } else {
                Draft same = new Draft("", draft.service(), draft.port(), draft.where(), List.of());
                List<Route> fitting = fitting(draft, room);
                room -= fitting.size();
                merged.computeIfAbsent(same, _ -> new ArrayList<>()).addAll(fitting);
            }
        }
        List<Declaration> declarations = new ArrayList<>();
        merged.forEach((draft, routes) -> declarations.add(declaration(draft, routes)));
        return declarations;
    }

    private List<Route> fitting(Draft draft, int room) {
        if (draft.routes().size() <= room) {
            return draft.routes();
        }
        String rule = "a container has at most " + MOST_ROUTES + " routes; the others are left out";
        rejections.add(Rejections.of("too-many", draft.key(), draft.service(), rule));
        return draft.routes().subList(0, room);
    }

    private void refuseKind(Draft draft) {
        String rule =
                "this container already serves it otherwise: no service takes both requests and"
                        + " connections; give one of them a service name of its own";
        rejections.add(Rejections.of("service-conflict", draft.key(), draft.service(), rule));
    }

    private void refuse(Draft draft, Draft known) {
        String rule =
                "this container already serves "
                        + known.service()
                        + " on port "
                        + known.port()
                        + "; another port or network needs a service name of its own";
        rejections.add(Rejections.of("service-conflict", draft.key(), draft.service(), rule));
    }

    private Declaration declaration(Draft draft, List<Route> routes) {
        return new Declaration(
                draft.service(),
                dialect.word(),
                draft.where().groups(),
                draft.port(),
                draft.where().network(),
                routes.stream().distinct().toList(),
                routes.stream().anyMatch(Route::isTcp) ? policy.ofConnections() : policy);
    }
}
