package io.signalbox.applier.core.template;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of keys as confd has them: {@code *} stands for any characters but a slash, {@code ?}
 * for one of them, {@code [a-z]} and {@code [^a-z]} for one of some, and a backslash takes the
 * meaning from the next character.
 */
final class KeyPattern {
    private static final String SPECIAL = ".(){}+|^$\\[]*?";

    private final Pattern pattern;

    private KeyPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * The pattern of this text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static KeyPattern of(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    int end = text.indexOf(']', i + 2);
                    if (end < 0) {
                        throw new IllegalArgumentException("a '[' has no ']' in " + text);
                    }
                    regex.append("(?!/)[")
                            .append(text.substring(i + 1, end).replace("[", "\\["))
                            .append(']');
                    i = end;
                }
                case '\\' -> {
                    i++;
                    if (i == text.length()) {
                        throw new IllegalArgumentException("nothing follows '\\' in " + text);
                    }
                    literal(text.charAt(i), regex);
                }
                default -> literal(c, regex);
            }
        }
        try {
            return new KeyPattern(Pattern.compile(regex.toString()));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no pattern of keys: " + text, e);
        }
    }

    private static void literal(char c, StringBuilder regex) {
        if (SPECIAL.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    boolean matches(String key) {
        return pattern.matcher(key).matches();
    }
}
