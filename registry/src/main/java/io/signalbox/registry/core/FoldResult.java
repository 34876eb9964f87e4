package io.signalbox.registry.core;

import io.signalbox.schemas.ServiceState;
import java.util.List;

/**
 * What one fact changed.
 *
 * @param changed the changed entries in the order in which they are to be written; the last one
 *     says that it is the last of its fact
 * @param signals what else was noticed
 */
public record FoldResult(List<ServiceState> changed, List<Signal> signals) {

    /** Nothing changed, nothing noticed. */
    public static final FoldResult NOTHING = new FoldResult(List.of(), List.of());

    public FoldResult {
        changed = List.copyOf(changed);
        signals = List.copyOf(signals);
    }

    static FoldResult changed(ServiceState record) {
        return new FoldResult(List.of(record), List.of());
    }

    static FoldResult signal(Signal signal) {
        return new FoldResult(List.of(), List.of(signal));
    }
}
