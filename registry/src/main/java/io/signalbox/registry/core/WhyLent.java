package io.signalbox.registry.core;

import io.signalbox.registry.core.Answer.Reason;
import io.signalbox.registry.core.Loans.Loan;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.ServiceState.DeclaredService;
import io.signalbox.schemas.ServiceState.Instance;
import java.util.List;

/** Says whose word a service or a container is served by where it is not the container's own. */
final class WhyLent {
    private WhyLent() {}

    /** Who declared a service by its name. */
    static Reason declared(DeclaredService service) {
        return declared("it was declared by its name", service.declarations(), service.cause());
    }

    /** That a Swarm keeps a service of that name. */
    static Reason declared(Instance swarmService) {
        return declared("a Swarm has it", swarmService.declarations(), swarmService.cause());
    }

    private static Reason declared(String who, List<Declaration> words, Cause cause) {
        List<String> dialects = words.stream().map(Declaration::dialect).distinct().toList();
        return new Reason(
                "declared",
                "%s (%s, container-events %d/%d): containers of that name are its servers"
                        .formatted(
                                who,
                                dialects.isEmpty()
                                        ? "without a route"
                                        : String.join(", ", dialects),
                                cause.partition(),
                                cause.offset()));
    }

    /** By whose word a container is a server. */
    static Reason lent(Loan loan) {
        return new Reason(
                "lent",
                "it is a server of service %s by the declaration of service %s (%s)"
                        .formatted(loan.declaration().service(), loan.lender(), loan.source()));
    }
}
