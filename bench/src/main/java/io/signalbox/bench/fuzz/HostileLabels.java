package io.signalbox.bench.fuzz;

import io.signalbox.registry.core.dialect.SignalboxKeys;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Labels of one container by chance: documented keys with values that are good, nearly good, or
 * made to break out of their place.
 */
final class HostileLabels {
    private static final List<SignalboxKeys.Key> KEYS = SignalboxKeys.ALL;
    private static final int MOST_LABELS = 12;
    private static final int MOST_CHARACTERS = 40;

    /** What ends lines, words and quotes in HAProxy's files, its socket's language, and logs. */
    private static final List<String> PIECES =
            List.of(
                    "\n",
                    "\r",
                    "\0",
                    "\n    server x 192.0.2.1:80",
                    "\nbackend x",
                    "'",
                    "\"",
                    "\\",
                    "#",
                    " ",
                    "\t",
                    ";",
                    "; shutdown sessions server a/b",
                    "$HOME",
                    "${HOME}",
                    "%[env(HOME)]",
                    "%[lua.x]",
                    "%%",
                    "{",
                    "}",
                    "|",
                    "@",
                    "@maps@",
                    "..",
                    "/../../etc/passwd",
                    " -f /etc/passwd",
                    " if TRUE",
                    " unless FALSE",
                    "\u00e9",
                    "\u2028",
                    "\ud83d\ude80",
                    "\u0001",
                    ",",
                    "~",
                    "*",
                    "(",
                    "[",
                    "^",
                    "$");

    private static final List<String> NUMBERS =
            List.of("0", "-1", "1", "256", "257", "1e9", "2147483648", "99999999999999999999");

    private final RandomGenerator random;

    HostileLabels(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The labels, and variables with a dollar sign before their names; most containers are a
     * service by one that leads to them. One of five speaks to another proxy.
     */
    SortedMap<String, String> next() {
        return random.nextInt(5) == 0 ? foreign() : natively();
    }

    private SortedMap<String, String> foreign() {
        ForeignWords words = ForeignWords.ALL.get(random.nextInt(ForeignWords.ALL.size()));
        SortedMap<String, String> labels = new TreeMap<>(words.first());
        labels.put("signalbox.group", "default,internal");
        int many = random.nextInt(MOST_LABELS);
        for (int i = 0; i < many; i++) {
            Map.Entry<String, String> word =
                    words.words().get(random.nextInt(words.words().size()));
            labels.put(
                    random.nextInt(20) == 0 ? hostile(word.getKey()) : word.getKey(),
                    value(word.getValue()));
        }
        if (random.nextInt(3) == 0) {
            labels.replaceAll((_, value) -> random.nextInt(3) == 0 ? hostile(value) : value);
        }
        return labels;
    }

    private SortedMap<String, String> natively() {
        SortedMap<String, String> labels = new TreeMap<>();
        if (random.nextInt(10) > 0) {
            labels.put("signalbox.host", "a.example");
        }
        int many = 1 + random.nextInt(MOST_LABELS);
        for (int i = 0; i < many; i++) {
            Map.Entry<String, String> label = label();
            labels.put(label.getKey(), label.getValue());
        }
        return labels;
    }

    private Map.Entry<String, String> label() {
        SignalboxKeys.Key key = KEYS.get(random.nextInt(KEYS.size()));
        String name =
                key.key()
                        .replace("<name>", random.nextInt(4) == 0 ? hostile("x") : "web")
                        .replace("<Name>", random.nextInt(4) == 0 ? hostile("X-A") : "X-A")
                        .replace("<field>", random.nextInt(4) == 0 ? hostile("x-a") : "x-a")
                        .replace("<n>", random.nextInt(4) == 0 ? hostile("2") : "2")
                        .replace("<status>", random.nextInt(4) == 0 ? hostile("503") : "503");
        return Map.entry(random.nextInt(20) == 0 ? hostile(name) : name, value(key.example()));
    }

    private String value(String good) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> good;
            case 4 -> hostile(good);
            case 5 -> KEYS.get(random.nextInt(KEYS.size())).example();
            case 6 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            default -> chance();
        };
    }

    /** The text with something in it that does not belong there. */
    private String hostile(String text) {
        int at = random.nextInt(text.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return text.substring(0, at) + piece + text.substring(random.nextBoolean() ? at : 0);
    }

    private String chance() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(MOST_CHARACTERS);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(6) == 0
                            ? PIECES.get(random.nextInt(PIECES.size()))
                            : String.valueOf((char) (' ' + random.nextInt(95))));
        }
        return text.toString();
    }
}
