package io.signalbox.renderer.core;

import io.signalbox.schemas.Adoption;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.ServiceState;
import java.time.Instant;
import java.util.Comparator;

/**
 * An entry in one service. The greatest member is the one whose declaration holds for the service:
 * what was started before what never ran or what Swarm declares, and those before what an operator
 * declared, the newest first shown, then the later host and container by name. What a member
 * borrows counts for as much as it does at its lender.
 *
 * @param word whose declaration it is: the entry itself, or its lender
 */
record Member(Entry entry, Declaration declaration, Entry word) implements Comparable<Member> {
    private static final Comparator<Member> ORDER =
            Comparator.comparingInt(Member::rank)
                    .thenComparing(Member::shownAt)
                    .thenComparing(Member::host)
                    .thenComparing(member -> member.entry.key());

    /** One that speaks for itself. */
    Member(Entry entry, Declaration declaration) {
        this(entry, declaration, entry);
    }

    private int rank() {
        return switch (word.state()) {
            case ServiceState.Instance instance ->
                    instance.startedAt() == null || Adoption.isSwarm(instance) ? 1 : 2;
            case ServiceState.RegisteredEndpoint _ -> 2;
            case ServiceState.DeclaredService _, ServiceState.Host _, ServiceState.Checkpoint _ ->
                    0;
        };
    }

    /** LogAppendTime of the fact that first showed who declares it. */
    Instant shownAt() {
        return switch (word.state()) {
            case ServiceState.Instance instance -> instance.shownAt();
            case ServiceState.RegisteredEndpoint registered -> registered.shownAt();
            case ServiceState.DeclaredService declared -> declared.cause().eventAppendedAt();
            case ServiceState.Host _, ServiceState.Checkpoint _ -> Instant.EPOCH;
        };
    }

    private String host() {
        return word.state() instanceof ServiceState.Instance instance ? instance.host() : "";
    }

    @Override
    public int compareTo(Member other) {
        return ORDER.compare(this, other);
    }
}
