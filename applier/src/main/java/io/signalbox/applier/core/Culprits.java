package io.signalbox.applier.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds which of many changed services HAProxy refuses, by halves. */
public final class Culprits {
    private Culprits() {}

    /**
     * The services that must stay at their last good version so that the rest is accepted.
     *
     * @param suspects the services that differ from the last good configuration
     * @param accepts whether HAProxy accepts the last good configuration with these services
     *     changed
     * @return empty if not even the configuration without any of them is accepted
     */
    public static Optional<Set<String>> find(
            List<String> suspects, Predicate<Set<String>> accepts) {
        if (!accepts.test(Set.of())) {
            return Optional.empty();
        }
        Set<String> culprits = new TreeSet<>();
        while (!accepts.test(without(suspects, suspects.size(), culprits))) {
            int good = 0;
            int bad = suspects.size();
            while (bad - good > 1) {
                int middle = (good + bad) >>> 1;
                if (accepts.test(without(suspects, middle, culprits))) {
                    good = middle;
                } else {
                    bad = middle;
                }
            }
            if (bad == 0 || !culprits.add(suspects.get(bad - 1))) {
                return Optional.empty();
            }
        }
        return Optional.of(culprits);
    }

    private static Set<String> without(List<String> suspects, int first, Set<String> culprits) {
        Set<String> included = new TreeSet<>(suspects.subList(0, first));
        included.removeAll(culprits);
        return included;
    }
}
