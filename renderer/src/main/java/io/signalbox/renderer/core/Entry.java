package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ServiceState;
import java.time.Instant;
import java.util.Optional;

/**
 * One accepted value of {@code service-state} that services are made of.
 *
 * @param key its key in the topic
 * @param stateAppendedAt LogAppendTime of the record it was read from
 */
public record Entry(String key, ServiceState state, Instant stateAppendedAt) {

    /** The entry of a record, if it is one that services are made of and not bookkeeping. */
    static Optional<Entry> of(String key, ServiceState state, Instant appendedAt) {
        return switch (state) {
            case ServiceState.Instance _,
                    ServiceState.RegisteredEndpoint _,
                    ServiceState.DeclaredService _ ->
                    Optional.of(new Entry(key, state, appendedAt));
            case ServiceState.Host _, ServiceState.Checkpoint _ -> Optional.empty();
        };
    }

    /** The fact the value comes from, without the time that depends on who wrote it. */
    public Cause cause() {
        return switch (state) {
            case ServiceState.Instance instance -> instance.cause();
            case ServiceState.RegisteredEndpoint registered -> registered.cause();
            case ServiceState.DeclaredService declared -> declared.cause();
            case ServiceState.Host _, ServiceState.Checkpoint _ ->
                    throw new IllegalStateException("no entry: " + key);
        };
    }

    /** The same fact with the time of the state record, for manifests. */
    Cause timedCause() {
        Cause cause = cause();
        return new Cause(
                cause.partition(),
                cause.offset(),
                cause.subject(),
                cause.dockerTime(),
                cause.observedAt(),
                cause.eventAppendedAt(),
                stateAppendedAt);
    }

    boolean lastOfFact() {
        return switch (state) {
            case ServiceState.Instance instance -> instance.lastOfFact();
            case ServiceState.RegisteredEndpoint registered -> registered.lastOfFact();
            case ServiceState.DeclaredService declared -> declared.lastOfFact();
            case ServiceState.Host _, ServiceState.Checkpoint _ -> false;
        };
    }

    /** Whether it stands for something that no longer exists. */
    public boolean gone() {
        return switch (state) {
            case ServiceState.Instance instance -> instance.gone();
            case ServiceState.RegisteredEndpoint registered -> registered.gone();
            case ServiceState.DeclaredService declared -> declared.gone();
            case ServiceState.Host _, ServiceState.Checkpoint _ -> true;
        };
    }
}
