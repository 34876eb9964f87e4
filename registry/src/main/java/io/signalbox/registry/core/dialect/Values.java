package io.signalbox.registry.core.dialect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values of labels that need no rules of their own. */
final class Values {
    private static final int LONGEST = 8192;
    private static final int MOST_HOSTS = 256;

    private Values() {}

    /** Whether the text is one line of printable ASCII. */
    static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** Whether the text is short enough to be looked at. */
    static boolean isTooLong(String text) {
        return text.length() > LONGEST;
    }

    /** Without spaces around it. Other white space, a newline say, stays and is refused. */
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** {@code true} or {@code false} in any case. */
    static Parsed<Boolean> truth(String key, String value) {
        return switch (trimmed(value).toLowerCase(Locale.ROOT)) {
            case "true" -> new Parsed.Good<>(true);
            case "false" -> new Parsed.Good<>(false);
            default ->
                    new Parsed.Bad<>(
                            Rejections.of("bad-boolean", key, value, "it is 'true' or 'false'"));
        };
    }

    /** The good names of a comma-separated list in their order, each once; bad ones reported. */
    static List<String> hosts(String key, String value, Rejections rejections) {
        List<String> good = new ArrayList<>();
        String[] names = value.split(",", -1);
        if (names.length > MOST_HOSTS) {
            String rule = "a list has at most " + MOST_HOSTS + " names; the others are left out";
            rejections.add(Rejections.of("too-many", key, value, rule));
        }
        for (String name : Arrays.asList(names).subList(0, Math.min(MOST_HOSTS, names.length))) {
            switch (HostNames.parse(key, name)) {
                case Parsed.Good<String>(String host) -> good.add(host);
                case Parsed.Bad<String> bad -> rejections.add(bad.rejection());
            }
        }
        return good.stream().distinct().toList();
    }
}
