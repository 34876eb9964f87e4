package io.signalbox.haproxy;

import java.util.List;
import java.util.stream.Stream;

/** A piece of a regular expression of the kind that is allowed. */
sealed interface RegexPart {

    /** A character that means itself. */
    record Literal(char character, boolean isEscaped) implements Member {}

    /** Any of a kind of characters. */
    record Kind(char letter) implements Member {
        /** Digits, letters with digits, white space; in capitals all others. */
        static final String LETTERS = "dDwWsS";
    }

    /** Letters or digits from one to another. */
    record Range(char least, char most) implements Member {}

    /** What may stand between {@code [} and {@code ]}. */
    sealed interface Member extends RegexPart {}

    /** Any character. */
    record AnyCharacter() implements RegexPart {}

    /** One of these characters, or none of them. */
    record OneOf(boolean isNegated, List<Member> members) implements RegexPart {
        public OneOf {
            members = List.copyOf(members);
        }
    }

    /**
     * Where the text must end.
     *
     * @param isLast whether the expression ends there
     */
    record End(boolean isLast) implements RegexPart {}

    /**
     * What stands between brackets.
     *
     * @param isCaptured whether a replacement may refer to it
     */
    record Group(boolean isCaptured, Alternatives inside) implements RegexPart {}

    /**
     * What may be there several times, or not at all.
     *
     * @param most {@link #ENDLESS} for any number of times
     * @param isLazy whether as few as possible are taken
     */
    record Repetition(RegexPart repeated, int least, int most, boolean isLazy)
            implements RegexPart {
        static final int ENDLESS = Integer.MAX_VALUE;
    }

    /** Sequences of which one must fit; only one where there is no choice. */
    record Alternatives(List<List<RegexPart>> sequences) implements RegexPart {
        public Alternatives {
            sequences = sequences.stream().map(List::copyOf).toList();
        }
    }

    /** This and all that it consists of. */
    default Stream<RegexPart> flat() {
        return Stream.concat(
                Stream.of(this),
                switch (this) {
                    case Alternatives(var sequences) ->
                            sequences.stream().flatMap(List::stream).flatMap(RegexPart::flat);
                    case Group(_, var inside) -> inside.flat();
                    case Repetition repetition -> repetition.repeated.flat();
                    case OneOf(_, var members) -> members.stream().flatMap(RegexPart::flat);
                    case Literal _, Kind _, Range _, AnyCharacter _, End _ -> Stream.empty();
                });
    }

    /** Whether it has a choice: a repetition, or alternatives. */
    default boolean hasChoice() {
        return flat().anyMatch(
                        part ->
                                part instanceof Repetition
                                        || (part instanceof Alternatives(var sequences)
                                                && sequences.size() > 1));
    }

    /** In how many ways it can fit without the repetitions that count on their own. */
    default double ways() {
        return switch (this) {
            case Alternatives(var sequences) -> sequences.stream().mapToDouble(this::ways).sum();
            case Group(_, var inside) -> inside.ways();
            case Repetition(var repeated, var least, var most, _) ->
                    most > 1 ? 1 : repeated.ways() + 1 - least;
            case Literal _, Kind _, Range _, OneOf _, AnyCharacter _, End _ -> 1;
        };
    }

    private double ways(List<RegexPart> sequence) {
        return sequence.stream().mapToDouble(RegexPart::ways).reduce(1, (one, two) -> one * two);
    }
}
