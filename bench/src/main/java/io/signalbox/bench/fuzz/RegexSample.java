package io.signalbox.bench.fuzz;

import java.util.Random;

/**
 * A text by chance that a regular expression may well fit. Reads it roughly: it is only a guess.
 */
final class RegexSample {
    private final String regex;
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private RegexSample(String regex, Random random) {
        this.regex = regex;
        this.random = random;
    }

    static String of(String regex, Random random) {
        return new RegexSample(regex, random).make();
    }

    private String make() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '[' -> text.append(member());
                case '\\' -> text.append(escaped());
                case '.' -> text.append('q');
                case '*', '+', '?' -> repeat();
                case '{' -> {
                    at = Math.max(at, regex.indexOf('}', at) + 1);
                    repeat();
                }
                case '|' -> {
                    if (random.nextBoolean()) {
                        return text.toString();
                    }
                    text.setLength(0);
                }
                case '(', ')', '^', '$' -> {
                    // They stand for no character.
                }
                default -> text.append(c);
            }
        }
        return text.toString();
    }

    private char member() {
        int end = Math.max(at + 1, regex.indexOf(']', at + 1));
        int chosen = Math.min(at + random.nextInt(end - at), regex.length() - 1);
        at = Math.min(end + 1, regex.length());
        return regex.charAt(chosen);
    }

    private char escaped() {
        char c = at < regex.length() ? regex.charAt(at++) : 'x';
        return switch (c) {
            case 'd' -> '1';
            case 'w' -> 'a';
            default -> c;
        };
    }

    private void repeat() {
        int length = text.length();
        if (length > 0 && random.nextBoolean()) {
            if (random.nextBoolean()) {
                text.setLength(length - 1);
            } else {
                text.append(text.charAt(length - 1));
            }
        }
    }
}
