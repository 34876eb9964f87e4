package io.signalbox.watcher.core.lists;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The addresses that a DNS name has, as far as it was ever answered. Only addresses replace
 * addresses: after a failure, and after an answer without any, those that were known stay. Not safe
 * for threads.
 */
public final class KnownAddresses {
    private final SortedSet<String> four = new TreeSet<>();
    private final SortedSet<String> six = new TreeSet<>();
    private boolean answered;

    /** What a look-up of one kind of address came to. */
    public sealed interface Answer {

        /** These, sorted or not; at least one. */
        record Addresses(List<String> addresses) implements Answer {
            public Addresses {
                addresses = List.copyOf(addresses);
            }
        }

        /** There are none, and why. */
        record None(String why) implements Answer {}

        /** Nobody knows, and why. */
        record Failed(String why) implements Answer {}
    }

    /** None, not answered yet. */
    public KnownAddresses() {}

    /** What was known under the same name when it was looked up elsewhere; not answered yet. */
    public KnownAddresses(KnownAddresses before) {
        four.addAll(before.four);
        six.addAll(before.six);
    }

    /**
     * Takes the answers of one look-up in.
     *
     * @return why they change nothing; empty if they hold
     */
    public Optional<String> take(Answer ofFour, Answer ofSix) {
        if (!(ofFour instanceof Answer.Addresses) && !(ofSix instanceof Answer.Addresses)) {
            return Optional.of(ofFour instanceof Answer.None ? why(ofSix, ofFour) : why(ofFour));
        }
        replace(four, ofFour);
        replace(six, ofSix);
        answered = true;
        return Optional.empty();
    }

    private static void replace(SortedSet<String> known, Answer answer) {
        switch (answer) {
            case Answer.Addresses(List<String> addresses) -> {
                known.clear();
                known.addAll(addresses);
            }
            case Answer.None _ -> known.clear();
            case Answer.Failed _ -> {
                // Those of this kind stay as they were.
            }
        }
    }

    private static String why(Answer answer, Answer otherwise) {
        return answer instanceof Answer.Failed(String why) ? why : why(otherwise);
    }

    private static String why(Answer answer) {
        return switch (answer) {
            case Answer.None(String why) -> why;
            case Answer.Failed(String why) -> why;
            case Answer.Addresses _ -> "";
        };
    }

    /** Whether it was ever answered with addresses. */
    public boolean answered() {
        return answered;
    }

    /** All of them, those of IPv4 first, each kind in the order of its text. */
    public List<String> all() {
        List<String> all = new java.util.ArrayList<>(four);
        all.addAll(six);
        return List.copyOf(all);
    }
}
