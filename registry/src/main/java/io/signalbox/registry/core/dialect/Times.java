package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times from a millisecond to a day, in the words of a label: a whole number and its unit. */
public final class Times {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,8})(ms|s|m|h)");
    private static final Pattern WITHOUT_UNIT = Pattern.compile("[0-9]+");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Times() {}

    /** How long requests may go on at a server that stops. */
    static Parsed<Duration> drain(String key, String value) {
        return parse(new Rule("bad-drain", Policy.DRAIN_RULE, Policy::isDrain), key, value);
    }

    /** How long somebody may keep a request waiting. */
    static Parsed<Duration> timeout(String key, String value) {
        return parse(new Rule("bad-timeout", Policy.TIMEOUT_RULE, Policy::isTimeout), key, value);
    }

    /**
     * What a time must be.
     *
     * @param code of the rejection of any other
     * @param words the rule for people
     */
    private record Rule(String code, String words, Predicate<Duration> allows) {}

    private static Parsed<Duration> parse(Rule rule, String key, String value) {
        String text = Values.trimmed(value);
        return read(text)
                .filter(rule.allows())
                .<Parsed<Duration>>map(Parsed.Good::new)
                .orElseGet(() -> bad(rule, key, value));
    }

    /** The time that a text says, however long; empty where it says none. */
    static Optional<Duration> read(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        return Optional.of(time);
    }

    private static Parsed<Duration> bad(Rule rule, String key, String value) {
        String inSeconds = Values.trimmed(value) + "s";
        boolean likely =
                WITHOUT_UNIT.matcher(Values.trimmed(value)).matches()
                        && read(inSeconds).filter(rule.allows()).isPresent();
        return new Parsed.Bad<>(
                Rejections.of(rule.code(), key, value, rule.words(), likely ? inSeconds : null));
    }

    /** The time as a label would say it, in its largest whole unit. */
    public static String text(Duration time) {
        long millis = time.toMillis();
        if (millis % SECOND != 0) {
            return millis + "ms";
        }
        if (millis % MINUTE != 0) {
            return millis / SECOND + "s";
        }
        return millis % HOUR != 0 ? millis / MINUTE + "m" : millis / HOUR + "h";
    }
}
