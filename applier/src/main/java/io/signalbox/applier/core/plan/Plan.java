package io.signalbox.applier.core.plan;

import java.util.List;

/** What to do so that a worker becomes what is wanted. */
public sealed interface Plan {

    /** It is what is wanted. */
    record NoChange() implements Plan {}

    /** These steps make it so. */
    record RuntimeUpdate(List<Step> steps) implements Plan {
        public RuntimeUpdate {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Only a reload makes it so.
     *
     * @param reasons all of them, the first one first found
     * @param first what can be done at once, so that nothing waits that need not
     */
    record Reload(List<ReloadReason> reasons, List<Step> first) implements Plan {
        public Reload {
            reasons = List.copyOf(reasons);
            first = List.copyOf(first);
        }

        /** The most pressing reason. */
        public ReloadReason reason() {
            return reasons.stream()
                    .filter(ReloadReason::urgent)
                    .findFirst()
                    .orElse(reasons.getFirst());
        }

        /** Whether something is not in force until the reload. */
        public boolean urgent() {
            return reason().urgent();
        }
    }

    /** The steps that can be taken at once. */
    default List<Step> steps() {
        return switch (this) {
            case NoChange() -> List.of();
            case RuntimeUpdate(List<Step> steps) -> steps;
            case Reload(List<ReloadReason> reasons, List<Step> first) -> first;
        };
    }

    /** The plan of these steps and reasons. */
    static Plan of(List<Step> steps, List<ReloadReason> reasons) {
        if (!reasons.isEmpty()) {
            return new Reload(reasons, steps);
        }
        return steps.isEmpty() ? new NoChange() : new RuntimeUpdate(steps);
    }
}
