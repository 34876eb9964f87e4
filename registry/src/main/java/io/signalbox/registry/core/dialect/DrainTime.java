package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long requests may go on at a server that stops, in the words of a label. */
public final class DrainTime {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,8})(ms|s|m|h)");
    private static final Pattern WITHOUT_UNIT = Pattern.compile("[0-9]+");
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private DrainTime() {}

    /** The time that a label names. */
    static Parsed<Duration> parse(String key, String value) {
        String text = Values.trimmed(value);
        return read(text).<Parsed<Duration>>map(Parsed.Good::new).orElseGet(() -> bad(key, value));
    }

    private static Optional<Duration> read(String text) {
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
        return Optional.of(time).filter(Policy::isDrain);
    }

    private static Parsed<Duration> bad(String key, String value) {
        String inSeconds = Values.trimmed(value) + "s";
        boolean likely =
                WITHOUT_UNIT.matcher(Values.trimmed(value)).matches()
                        && read(inSeconds).isPresent();
        return new Parsed.Bad<>(
                Rejections.of(
                        "bad-drain", key, value, Policy.DRAIN_RULE, likely ? inSeconds : null));
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
