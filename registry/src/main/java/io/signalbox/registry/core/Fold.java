package io.signalbox.registry.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Endpoint;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import java.time.Instant;
import java.util.List;

/**
 * The fold: what one fact changes in the state of its partition. The same path live, after a
 * take-over and in a replay. Pure but for the state that it is given; no clock, no chance, and the
 * cost follows the change.
 *
 * <p>A fact at or below the offset of its host's last fact was folded already. An entry whose
 * source is at or beyond the fact's offset was written by an owner that was further: it is left
 * alone.
 */
public final class Fold {
    private Fold() {}

    /**
     * Folds one fact.
     *
     * @param offset of the fact's record in the state's partition of {@code container-events}
     * @param appendedAt LogAppendTime of that record
     */
    public static FoldResult apply(
            PartitionState state, long offset, Instant appendedAt, Event event) {
        At at = new At(state.partition(), offset, appendedAt, event);
        return switch (event.fact()) {
            case Fact.Unknown fact when event.session() == Event.NO_SESSION ->
                    FoldResult.signal(new Signal.UnknownFact(event.subject(), fact.description()));
            case Fact.Watched fact -> SessionFold.apply(state, at, fact);
            case Fact.HostSuspected(long judged) ->
                    StatusFold.apply(state, at, judged, StatusFold::suspected);
            case Fact.HostLost(long judged) ->
                    StatusFold.apply(state, at, judged, StatusFold::lost);
            case Fact.HostReturned(long judged) ->
                    StatusFold.apply(state, at, judged, StatusFold::returned);
            case Fact.HostExpired(long judged) ->
                    StatusFold.apply(state, at, judged, StatusFold::expired);
            case Fact.EndpointRegistered(Endpoint endpoint) ->
                    KeyedFold.registered(state, at, endpoint);
            case Fact.EndpointDeregistered(String id) -> KeyedFold.endpointGone(state, at, id);
            case Fact.EndpointExpired expired -> KeyedFold.expired(state, at, expired);
            case Fact.ServiceDeclared(String service, List<Declaration> declarations) ->
                    KeyedFold.declared(state, at, service, declarations);
            case Fact.ServiceWithdrawn(String service) -> KeyedFold.withdrawn(state, at, service);
        };
    }

    /**
     * Passes over a record that cannot be read. Later facts might show the gap, but they may be
     * long in coming.
     *
     * @param subject the record's key
     */
    public static FoldResult unreadable(PartitionState state, long offset, String subject) {
        return SessionFold.unreadable(state, offset, subject);
    }

    /** Where a fact stands in the log, and the fact. */
    record At(int partition, long offset, Instant appendedAt, Event event) {

        /** The cause that entries changed by this fact name. */
        Cause cause(String subject) {
            return new Cause(
                    partition,
                    offset,
                    subject,
                    event.dockerTime(),
                    event.observedAt(),
                    appendedAt,
                    null);
        }
    }
}
