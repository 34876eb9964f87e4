package io.signalbox.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. Pure. */
public final class Spelling {
    private static final int LEAST_DISTANCE = 2;
    private static final int LENGTH_PER_MISTAKE = 5;

    private Spelling() {}

    /** The nearest of the candidates, if one is near enough to be a slip of the finger. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        int allowed = Math.max(LEAST_DISTANCE, word.length() / LENGTH_PER_MISTAKE);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed)
                .filter(candidate -> distance(word, candidate) <= allowed)
                .min(
                        Comparator.comparingInt((String candidate) -> distance(word, candidate))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** How many insertions, deletions and replacements turn one word into the other. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced =
                        previous[column - 1]
                                + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] =
                        Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
