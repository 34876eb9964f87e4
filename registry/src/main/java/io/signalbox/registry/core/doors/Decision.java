package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.ReadModel;
import io.signalbox.schemas.Liveness;
import java.util.List;
import java.util.function.Function;

/**
 * What follows from a call.
 *
 * @param facts to be written, in this order; empty for none
 * @param beats to be written to {@code liveness}; empty for none
 * @param reply the answer, from a model that shows the facts
 */
public record Decision(
        List<DoorFact> facts, List<Liveness> beats, Function<ReadModel, Reply> reply) {

    public Decision {
        facts = List.copyOf(facts);
        beats = List.copyOf(beats);
    }

    /** These facts, and an answer that does not depend on the model. */
    public static Decision of(List<DoorFact> facts, Reply reply) {
        return new Decision(facts, List.of(), _ -> reply);
    }
}
