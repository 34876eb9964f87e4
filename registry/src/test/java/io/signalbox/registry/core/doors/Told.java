package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.Facts;
import io.signalbox.registry.core.Fold;
import io.signalbox.registry.core.PartitionState;
import io.signalbox.registry.core.ReadModel;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import io.signalbox.schemas.ServiceState.RegisteredEndpoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A log whose facts are folded at once into a read model, and values to write requests with. */
final class Told {
    final ReadModel model = new ReadModel();
    private final PartitionState state = new PartitionState(0);
    private long offset;

    /** Writes what was decided, and answers. */
    Reply follow(Decision decision) {
        decision.facts().forEach(fact -> write(fact.subject(), fact.fact()));
        return decision.reply().apply(model);
    }

    void write(String subject, Fact fact) {
        Event event = Facts.decided(subject, fact);
        for (ServiceState changed :
                Fold.apply(state, offset, Facts.T0.plusSeconds(offset), event).changed()) {
            model.state(0, Keys.of(changed), changed);
        }
        offset++;
    }

    /** An endpoint that must be known. */
    RegisteredEndpoint endpoint(String id) {
        return java.util.Objects.requireNonNull(model.endpoint(id), id);
    }

    static Json.Obj object(Object... keysAndValues) {
        Map<String, Json> members = new java.util.LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put(String.valueOf(keysAndValues[i]), json(keysAndValues[i + 1]));
        }
        return new Json.Obj(members);
    }

    static Json.Arr list(Object... elements) {
        return new Json.Arr(java.util.Arrays.stream(elements).map(Told::json).toList());
    }

    /** The object with a member more, or another one. */
    static Json.Obj with(Json.Obj object, String key, Object value) {
        Map<String, Json> members = new java.util.LinkedHashMap<>(object.members());
        members.put(key, json(value));
        return new Json.Obj(members);
    }

    static List<String> mistakes(Throwable refused) {
        return ((Refused) refused).problem().mistakes().stream().map(Mistake::line).toList();
    }

    private static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case Integer number -> new Json.Num(BigDecimal.valueOf(number));
            case Boolean truth -> new Json.Bool(truth);
            default -> new Json.Text(value.toString());
        };
    }
}
