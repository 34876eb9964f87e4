package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Locale;

/** A rule as it is written, without what its matchers mean. */
sealed interface Rule {

    /** All of them. */
    record And(Rule left, Rule right) implements Rule {}

    /** One of them. */
    record Or(Rule left, Rule right) implements Rule {}

    /** The opposite. */
    record Not(Rule inner) implements Rule {}

    /**
     * A matcher.
     *
     * @param name as it is written; case does not count
     */
    record Call(String name, List<String> arguments) implements Rule {
        public Call {
            arguments = List.copyOf(arguments);
        }

        String word() {
            return name.toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            String all = String.join("`, `", arguments);
            return name + "(`" + (all.length() > 60 ? all.substring(0, 60) + "…" : all) + "`)";
        }
    }
}
