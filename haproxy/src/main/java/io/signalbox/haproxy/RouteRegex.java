package io.signalbox.haproxy;

import io.signalbox.haproxy.RegexPart.Alternatives;
import io.signalbox.haproxy.RegexPart.AnyCharacter;
import io.signalbox.haproxy.RegexPart.End;
import io.signalbox.haproxy.RegexPart.Group;
import io.signalbox.haproxy.RegexPart.Kind;
import io.signalbox.haproxy.RegexPart.Literal;
import io.signalbox.haproxy.RegexPart.OneOf;
import io.signalbox.haproxy.RegexPart.Range;
import io.signalbox.haproxy.RegexPart.Repetition;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that must fit a whole host, path or value. It is written in the words that
 * Java, PCRE and POSIX share; what they do not share is refused. What else is allowed in it says
 * {@link RegexReader}.
 *
 * @param value at most 256 characters
 */
public record RouteRegex(String value) {
    private static final String SUBJECT = "regular expression";
    private static final int LONGEST = 256;
    private static final String DIGIT = "0-9";
    private static final String WORD = "A-Za-z0-9_";
    private static final String SPECIAL = ".^$*+?()[]{}|\\";
    private static final String IN_SET = "_.~!$'()*+,;=:@/% ";

    public RouteRegex {
        if (value.length() > LONGEST) {
            throw illegal(value, "must be at most " + LONGEST + " long");
        }
        var regex = Regex.read(SUBJECT, value);
        regex.whole()
                .flat()
                .map(RouteRegex::notShared)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(
                        rule -> {
                            throw illegal(value, rule);
                        });
        if (written(regex.whole()).isEmpty()) {
            throw illegal(value, "must not be empty");
        }
    }

    /** As it stands in a configuration: for the whole of what it is compared with. */
    String whole() {
        return "^(" + written() + ")$";
    }

    /** Whether it fits the whole text. */
    public boolean fits(String text) {
        return Pattern.compile(written()).matcher(text).matches();
    }

    /** The expression for a text in which each asterisk stands for any characters. */
    static String ofWildcard(String wildcard) {
        return wildcard.chars()
                .mapToObj(c -> c == '*' ? ".*" : literal((char) c))
                .collect(Collectors.joining("", "^", "$"));
    }

    private static IllegalValue illegal(String value, String rule) {
        return new IllegalValue(SUBJECT, rule, value);
    }

    /** The rule that a piece breaks which is not the same for all engines; null for others. */
    private static @Nullable String notShared(RegexPart part) {
        return switch (part) {
            case End(var isLast) when !isLast -> "must have a $ at its end only";
            case Kind(var letter) when letter != 'd' && letter != 'w' ->
                    "must have only \\d, \\w or punctuation escaped";
            case Repetition repetition when repetition.isLazy() ->
                    "must not have a ? behind a repetition";
            case OneOf(_, var members) when !members.stream().allMatch(RouteRegex::isShared) ->
                    "must have between [ and ] only letters, digits, ranges, \\d, \\w and "
                            + IN_SET.strip()
                            + ", and - first or last";
            default -> null;
        };
    }

    /** A dash without a backslash stands first or last. */
    private static boolean isShared(RegexPart.Member member) {
        return switch (member) {
            case Literal(var c, var isEscaped) ->
                    Character.isLetterOrDigit(c)
                            || IN_SET.indexOf(c) >= 0
                            || (c == '-' && !isEscaped);
            case Kind _, Range _ -> true;
        };
    }

    private String written() {
        return written(Regex.read(SUBJECT, value).whole());
    }

    private static String written(RegexPart part) {
        return switch (part) {
            case Alternatives(var sequences) ->
                    sequences.stream().map(RouteRegex::written).collect(Collectors.joining("|"));
            case Group(_, var inside) -> "(" + written(inside) + ")";
            case AnyCharacter _ -> ".";
            // It fits the whole anyway.
            case End _ -> "";
            case Kind kind -> "[" + member(kind) + "]";
            case Literal(var c, _) -> literal(c);
            case Range range -> "[" + member(range) + "]";
            case OneOf(var isNegated, var members) ->
                    members.stream()
                            .map(RouteRegex::member)
                            .collect(Collectors.joining("", isNegated ? "[^" : "[", "]"));
            case Repetition repetition -> written(repetition.repeated()) + times(repetition);
        };
    }

    private static String written(List<RegexPart> sequence) {
        return sequence.stream().map(RouteRegex::written).collect(Collectors.joining());
    }

    /** Before other characters POSIX gives a backslash a meaning of its own. */
    private static String literal(char c) {
        return (SPECIAL.indexOf(c) >= 0 ? "\\" : "") + c;
    }

    private static String member(RegexPart.Member member) {
        return switch (member) {
            case Literal(var c, _) -> Character.toString(c);
            case Kind(var letter) -> letter == 'd' ? DIGIT : WORD;
            case Range(var least, var most) -> least + "-" + most;
        };
    }

    private static String times(Repetition repetition) {
        var least = repetition.least();
        var most = repetition.most();
        if (most == Repetition.ENDLESS) {
            return least > 1 ? "{" + least + ",}" : least == 1 ? "+" : "*";
        }
        if (most == 1 && least == 0) {
            return "?";
        }
        return "{" + least + (least == most ? "" : "," + most) + "}";
    }
}
