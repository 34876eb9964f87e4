package io.signalbox.registry.core.translate.traefik;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A rule as alternatives, each of which is one native route. */
final class NormalForm {
    static final int MOST = 50;
    private static final int MOST_CONDITIONS = 40;

    private NormalForm() {}

    static List<List<Condition>> of(Rule rule) throws RuleProblem {
        return of(rule, false);
    }

    private static List<List<Condition>> of(Rule rule, boolean negated) throws RuleProblem {
        return switch (rule) {
            case Rule.Not(Rule inner) -> of(inner, !negated);
            case Rule.And(Rule left, Rule right) ->
                    negated
                            ? either(of(left, true), of(right, true))
                            : both(of(left, false), of(right, false));
            case Rule.Or(Rule left, Rule right) ->
                    negated
                            ? both(of(left, true), of(right, true))
                            : either(of(left, false), of(right, false));
            case Rule.Call call ->
                    negated
                            ? opposite(Matchers.alternatives(call))
                            : checked(Matchers.alternatives(call));
        };
    }

    private static List<List<Condition>> opposite(List<List<Condition>> alternatives)
            throws RuleProblem {
        List<List<Condition>> all = List.of(List.of());
        for (List<Condition> one : alternatives) {
            List<List<Condition>> opposites = new ArrayList<>();
            one.forEach(condition -> opposites.add(List.of(condition.opposite())));
            all = both(all, opposites);
        }
        return all;
    }

    private static List<List<Condition>> either(
            List<List<Condition>> left, List<List<Condition>> right) throws RuleProblem {
        Set<List<Condition>> all = new LinkedHashSet<>(left);
        all.addAll(right);
        return checked(List.copyOf(all));
    }

    private static List<List<Condition>> both(
            List<List<Condition>> left, List<List<Condition>> right) throws RuleProblem {
        if ((long) left.size() * right.size() > MOST) {
            throw tooMany();
        }
        Set<List<Condition>> all = new LinkedHashSet<>();
        for (List<Condition> one : left) {
            for (List<Condition> other : right) {
                Set<Condition> together = new LinkedHashSet<>(one);
                together.addAll(other);
                if (together.size() > MOST_CONDITIONS) {
                    throw new RuleProblem(
                            "a rule asks for at most " + MOST_CONDITIONS + " things at a time");
                }
                all.add(List.copyOf(together));
            }
        }
        return List.copyOf(all);
    }

    private static List<List<Condition>> checked(List<List<Condition>> alternatives)
            throws RuleProblem {
        if (alternatives.size() > MOST) {
            throw tooMany();
        }
        return alternatives;
    }

    private static RuleProblem tooMany() {
        return new RuleProblem("a rule has at most " + MOST + " alternatives");
    }
}
