package io.signalbox.watcher.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.signalbox.schemas.Withheld;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which labels and environment variables may leave the host, and in which form. Everything that no
 * rule names stays. Of several rules that fit a name the strictest holds, so that an addition can
 * never undo a digest or a hash.
 *
 * <p>Nothing that a container says can break the log. In order of names: a name longer than {@value
 * #NAME_LENGTH} characters is cut and its value is {@link Withheld}; so is a value longer than
 * {@value #VALUE_LENGTH} characters; and so is every value once names and values together exceed
 * {@value #TOTAL_LENGTH} characters, of which {@value #MOST_WITHHELD} are still named. Withheld
 * values say so by name, and whoever reads labels rejects them by that name; digests and hashes are
 * taken of the whole value.
 *
 * <p>Immutable.
 */
public final class AllowList {
    static final int NAME_LENGTH = 256;
    static final int VALUE_LENGTH = 8 * 1024;
    static final int TOTAL_LENGTH = 64 * 1024;
    static final int MOST_WITHHELD = 64;

    private static final String ENCRYPTED = "com.df.userspassencrypted";

    /** What may be said of a value; the later, the stricter. */
    public enum Treatment {
        /** The value as it is. */
        PLAIN,
        /** A list of users and passwords: the passwords only as hashes. */
        PASSWORD,
        /** The same, of passwords that are hashes already. */
        PASSWORD_HASH,
        /** A private key or the like: only {@code sha256:…} of it. */
        KEY,
        /** Nothing at all. */
        NEVER
    }

    /**
     * One rule.
     *
     * @param pattern a name in which {@code *} stands for any characters; case does not count
     */
    public record Rule(String pattern, Treatment treatment) {

        /** Reads {@code pattern} or {@code pattern=key} and the like. */
        public static Rule parse(String text) {
            int equals = text.lastIndexOf('=');
            String pattern = equals < 0 ? text : text.substring(0, equals);
            if (pattern.isBlank() || pattern.replace("*", "").isEmpty()) {
                throw new IllegalArgumentException("must name something");
            }
            return new Rule(
                    pattern.strip(),
                    equals < 0 ? Treatment.PLAIN : treatment(text.substring(equals + 1)));
        }

        private static Treatment treatment(String text) {
            return switch (text.strip()) {
                case "plain" -> Treatment.PLAIN;
                case "password" -> Treatment.PASSWORD;
                case "password-hash" -> Treatment.PASSWORD_HASH;
                case "key" -> Treatment.KEY;
                case "never" -> Treatment.NEVER;
                default ->
                        throw new IllegalArgumentException(
                                "must have class plain, password, password-hash, key or never");
            };
        }
    }

    private final List<Compiled> rules;

    private AllowList(List<Rule> rules) {
        this.rules = rules.stream().map(Compiled::of).toList();
    }

    /** Exactly these rules. */
    public static AllowList of(List<Rule> rules) {
        return new AllowList(rules);
    }

    /** The labels that Signalbox and its predecessors are declared with, and the given ones. */
    public static AllowList labels(List<Rule> additions) {
        return with(AllowListDefaults.LABELS, additions);
    }

    /** The variables that the predecessors are declared with, and the given ones. */
    public static AllowList environment(List<Rule> additions) {
        return with(AllowListDefaults.ENVIRONMENT, additions);
    }

    private static AllowList with(List<Rule> defaults, List<Rule> additions) {
        List<Rule> all = new ArrayList<>(defaults);
        all.addAll(additions);
        return new AllowList(all);
    }

    /** What may leave the host of these labels or variables, in which form. */
    public SortedMap<String, String> apply(Map<String, String> values) {
        SortedMap<String, String> result = new TreeMap<>();
        boolean encrypted = saysEncrypted(values);
        int total = 0;
        int withheld = 0;
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            Optional<Treatment> treatment = treatment(entry.getKey());
            if (treatment.isEmpty() || treatment.get() == Treatment.NEVER) {
                continue;
            }
            if (total > TOTAL_LENGTH && withheld++ == MOST_WITHHELD) {
                break;
            }
            String name = cut(entry.getKey());
            String value =
                    total > TOTAL_LENGTH
                            ? new Withheld(Withheld.TOO_MUCH, TOTAL_LENGTH + " characters").text()
                            : bounded(
                                    entry.getKey(),
                                    treated(
                                            entry.getKey(),
                                            entry.getValue(),
                                            treatment.get(),
                                            encrypted));
            total += name.length() + value.length();
            result.put(name, value);
        }
        return result;
    }

    private Optional<Treatment> treatment(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.fits(folded))
                .map(Compiled::treatment)
                .max(Treatment::compareTo);
    }

    private static String treated(
            String name, String value, Treatment treatment, boolean encrypted) {
        return switch (treatment) {
            case PLAIN -> value;
            case PASSWORD -> PasswordHash.list(name, value, encrypted);
            case PASSWORD_HASH -> PasswordHash.list(name, value, true);
            case KEY ->
                    value.isEmpty()
                            ? ""
                            : "sha256:"
                                    + HexFormat.of()
                                            .formatHex(PasswordHash.sha256(value.getBytes(UTF_8)));
            case NEVER -> "";
        };
    }

    private static boolean saysEncrypted(Map<String, String> values) {
        return values.entrySet().stream()
                .anyMatch(
                        entry ->
                                entry.getKey().toLowerCase(Locale.ROOT).equals(ENCRYPTED)
                                        && entry.getValue().strip().equalsIgnoreCase("true"));
    }

    private static String bounded(String name, String value) {
        if (name.length() > NAME_LENGTH) {
            return new Withheld(Withheld.NAME_TOO_LONG, Integer.toString(name.length())).text();
        }
        return value.length() > VALUE_LENGTH ? tooLong(value) : value;
    }

    private static String tooLong(String value) {
        return new Withheld(Withheld.VALUE_TOO_LONG, Integer.toString(value.length())).text();
    }

    private static String cut(String name) {
        return name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) : name;
    }

    private record Compiled(Pattern pattern, Treatment treatment) {

        static Compiled of(Rule rule) {
            StringBuilder regex = new StringBuilder();
            for (String part : rule.pattern().toLowerCase(Locale.ROOT).split("\\*", -1)) {
                regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
            }
            return new Compiled(
                    Pattern.compile(regex.toString(), Pattern.DOTALL), rule.treatment());
        }

        boolean fits(String name) {
            return pattern.matcher(name).matches();
        }
    }
}
