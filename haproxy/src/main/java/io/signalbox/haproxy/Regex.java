package io.signalbox.haproxy;

import io.signalbox.haproxy.RegexPart.Alternatives;
import io.signalbox.haproxy.RegexPart.Group;
import io.signalbox.haproxy.RegexPart.Repetition;

/**
 * A regular expression that takes no long time. HAProxy matches for all services in the same
 * threads, so what could take long is refused: repetition of what itself repeats or has
 * alternatives, more than {@value #MOST_REPETITIONS} repetitions of different lengths, and more
 * than {@value #MOST_WAYS} ways through alternatives and what may be missing.
 *
 * @param whole all of it but a {@code ^} before it
 */
record Regex(Alternatives whole) {
    static final int MOST_REPETITIONS = 4;
    static final int MOST_WAYS = 1_000;

    /**
     * @param subject what it is, for the message
     * @throws IllegalValue when it is none of the allowed kind, or could take long
     */
    static Regex read(String subject, String text) {
        var regex = new Regex(RegexReader.read(subject, text));
        if (regex.whole.flat().anyMatch(Regex::repeatsAChoice)) {
            throw new IllegalValue(
                    subject, "must not repeat what repeats itself or has alternatives", text);
        }
        if (regex.repetitions(false) > MOST_REPETITIONS) {
            throw new IllegalValue(
                    subject, "must have at most " + MOST_REPETITIONS + " repetitions", text);
        }
        if (regex.whole.ways() > MOST_WAYS) {
            throw new IllegalValue(
                    subject,
                    "must have at most " + MOST_WAYS + " ways through its alternatives and ?",
                    text);
        }
        return regex;
    }

    private static boolean repeatsAChoice(RegexPart part) {
        return part instanceof Repetition(var repeated, _, var most, _)
                && most > 1
                && repeated.hasChoice();
    }

    /**
     * How many repetitions there are.
     *
     * @param fixed whether those count that are always as often
     */
    long repetitions(boolean fixed) {
        return whole.flat()
                .filter(
                        part ->
                                part instanceof Repetition(_, var least, var most, _)
                                        && most > 1
                                        && (fixed || least < most))
                .count();
    }

    /** How many groups a replacement may refer to. */
    int groups() {
        return (int)
                whole.flat()
                        .filter(part -> part instanceof Group group && group.isCaptured())
                        .count();
    }
}
