package io.signalbox.registry.core.translate.traefik;

import io.signalbox.registry.core.translate.traefik.Condition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that one alternative of a rule asks of the path, as one native path. */
final class PathCondition {
    private static final Condition ANY = new Condition(Kind.PATH_PREFIX, "/");

    private Condition held = ANY;
    private boolean never;
    private final List<Condition> excluded = new ArrayList<>();

    /** Takes one more condition that must hold. */
    void add(Condition condition) throws RuleProblem {
        if (condition.negated()) {
            excluded.add(condition);
        } else if (held.equals(ANY)) {
            held = condition;
        } else if (!condition.equals(ANY) && !condition.equals(held)) {
            held = together(held, condition);
        }
    }

    private Condition together(Condition one, Condition other) throws RuleProblem {
        if (one.kind() == Kind.PATH_REGEX || other.kind() == Kind.PATH_REGEX) {
            throw new RuleProblem("a route has one path: " + one.text() + ", " + other.text());
        }
        if (implies(one, other)) {
            return one;
        }
        never |= !implies(other, one);
        return other;
    }

    /** Whether whatever fits the one fits the other, of paths and prefixes. */
    private static boolean implies(Condition one, Condition other) {
        return other.kind() == Kind.PATH
                ? one.kind() == Kind.PATH && one.value().equals(other.value())
                : one.value().startsWith(other.value());
    }

    /** The native path; null for any, empty where no request can fit. */
    Optional<String> path() throws RuleProblem {
        List<String> prefixes = new ArrayList<>();
        for (Condition one : excluded) {
            String prefix = left(one);
            if (prefix != null) {
                prefixes.add(prefix);
            }
        }
        if (never) {
            return Optional.empty();
        }
        if (!prefixes.isEmpty()) {
            return Optional.of("~" + ExcludedPrefixes.regex(held.value(), prefixes));
        }
        return Optional.of(
                switch (held.kind()) {
                    case PATH -> "=" + held.value();
                    case PATH_REGEX -> "~" + GoRegex.whole(held.value());
                    default -> held.equals(ANY) ? "/" : "^" + held.value();
                });
    }

    /** The prefix that remains to be excluded; null where that changes nothing, or all. */
    private @Nullable String left(Condition one) throws RuleProblem {
        if (held.kind() == Kind.PATH_REGEX || one.kind() == Kind.PATH_REGEX) {
            throw new RuleProblem("a route cannot ask for " + one.text());
        }
        Condition opposite = one.opposite();
        if (implies(held, opposite)) {
            never = true;
            return null;
        }
        if (!one.value().startsWith(held.value()) || held.kind() == Kind.PATH) {
            return null;
        }
        if (one.kind() == Kind.PATH) {
            throw new RuleProblem("a route cannot ask for " + one.text());
        }
        return one.value();
    }
}
