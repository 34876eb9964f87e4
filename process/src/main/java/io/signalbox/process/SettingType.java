package io.signalbox.process;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value.
 *
 * @param form what a right value looks like, for help and rejections ({@code "a duration such as
 *     15m"})
 * @param parser text to value; an {@link IllegalArgumentException} rejects it
 * @param shown text to what may be shown of it
 */
public record SettingType<T>(String form, Function<String, T> parser, UnaryOperator<String> shown) {
    private static final Pattern DURATION_TEXT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE_TEXT = Pattern.compile("([0-9]{1,9})(B|KB|MB|GB)?");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");
    private static final int KILO = 1024;

    /** Any text. */
    public static final SettingType<String> TEXT = of("text", text -> text);

    /** {@code true} or {@code false}. */
    public static final SettingType<Boolean> FLAG = of("true or false", SettingType::parseFlag);

    /** A file or folder. */
    public static final SettingType<Path> PATH = of("a path", SettingType::parsePath);

    /** {@code host:port}. */
    public static final SettingType<HostPort> HOST_PORT = of("host:port", HostPort::parse);

    /** A duration with one unit: ms, s, m, h or d. */
    public static final SettingType<Duration> DURATION =
            of("a duration such as 500ms, 10s, 15m, 1h or 30d", SettingType::parseDuration);

    /** A number of bytes; 1 KB is 1024 bytes. */
    public static final SettingType<Long> SIZE =
            of("a size such as 512KB or 16MB", SettingType::parseSize);

    /** An http or https URL; a user name and password in it are never shown. */
    public static final SettingType<URI> HTTP_URL =
            new SettingType<>(
                    "an http or https URL",
                    SettingType::parseHttpUrl,
                    text -> USER_INFO.matcher(text).replaceAll("//****@"));

    /** A type whose values may be shown as they are. */
    public static <T> SettingType<T> of(String form, Function<String, T> parser) {
        return new SettingType<>(form, parser, UnaryOperator.identity());
    }

    /** A duration from a shortest to a longest one, both allowed. */
    public static SettingType<Duration> duration(Duration shortest, Duration longest) {
        String form = "a duration from " + show(shortest) + " to " + show(longest);
        return of(
                form,
                text -> {
                    Duration value = parseDuration(text);
                    return inRange(
                            value,
                            value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0,
                            form);
                });
    }

    /** A duration, or {@code never}, which is empty. */
    public static SettingType<Optional<Duration>> durationOrNever() {
        return of(
                DURATION.form() + ", or never",
                text -> text.equals("never") ? Optional.empty() : Optional.of(parseDuration(text)));
    }

    /** A whole number from a least to a greatest one, both allowed. */
    public static SettingType<Integer> integer(int least, int greatest) {
        String form = "a whole number from " + least + " to " + greatest;
        return of(
                form,
                text -> {
                    if (!text.matches("-?[0-9]{1,9}")) {
                        throw new IllegalArgumentException("must be " + form);
                    }
                    int value = Integer.parseInt(text);
                    return inRange(value, value >= least && value <= greatest, form);
                });
    }

    /** One of an enumeration's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String form =
                "one of " + String.join(", ", constants.stream().map(SettingType::word).toList());
        return of(
                form,
                text ->
                        constants.stream()
                                .filter(constant -> word(constant).equals(text))
                                .findFirst()
                                .orElseThrow(
                                        () -> new IllegalArgumentException("must be " + form)));
    }

    /** Values separated by commas; {@code none} is the empty list. */
    public static <T> SettingType<List<T>> list(SettingType<T> element) {
        return new SettingType<>(
                "a comma-separated list, each " + element.form() + ", or none",
                text ->
                        text.equals("none")
                                ? List.of()
                                : Arrays.stream(text.split(",", -1))
                                        .map(String::strip)
                                        .map(element.parser())
                                        .toList(),
                element.shown());
    }

    /** The same, but present only if a text is given. */
    SettingType<Optional<T>> optional() {
        return new SettingType<>(
                form,
                text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.apply(text)),
                shown);
    }

    private static <T> T inRange(T value, boolean within, String form) {
        if (!within) {
            throw new IllegalArgumentException("must be " + form);
        }
        return value;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Path parsePath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path", e);
        }
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be a duration such as 500ms, 10s, 15m, 1h or 30d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static String show(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static Long parseSize(String text) {
        Matcher matcher = SIZE_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 512KB or 16MB");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return number;
        }
        return switch (unit) {
            case "KB" -> number * KILO;
            case "MB" -> number * KILO * KILO;
            case "GB" -> number * KILO * KILO * KILO;
            default -> number;
        };
    }

    private static URI parseHttpUrl(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be an http or https URL", e);
        }
        throw new IllegalArgumentException("must be an http or https URL");
    }
}
