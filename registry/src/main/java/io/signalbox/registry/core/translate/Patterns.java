package io.signalbox.registry.core.translate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Foreign patterns as native ones, which fit a whole host or path. */
public final class Patterns {
    private static final String SPECIAL = ".^$*+?()[]{}|\\";
    private static final Pattern CASED = Pattern.compile("\\\\[A-Za-z]");

    private Patterns() {}

    /** The expression that fits this text alone. */
    public static String literal(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return regex.toString();
    }

    /** The expression in which each asterisk stands for any characters. */
    public static String wildcard(String text) {
        List<String> parts = Arrays.stream(text.split("\\*", -1)).map(Patterns::literal).toList();
        return String.join(".*", parts);
    }

    /**
     * An expression that is looked for anywhere, as one that fits the whole; empty where anchors
     * hold for some alternatives only.
     */
    public static Optional<String> anywhere(String expression) {
        boolean from = expression.startsWith("^");
        boolean to = expression.endsWith("$") && !expression.endsWith("\\$");
        String inner = expression.substring(from ? 1 : 0, expression.length() - (to ? 1 : 0));
        if (from && to && inner.isEmpty()) {
            return Optional.empty();
        }
        boolean alternatives = hasAlternatives(inner);
        if (alternatives && (from || to)) {
            return Optional.empty();
        }
        String whole = alternatives ? "(" + inner + ")" : inner;
        String before = from || whole.startsWith(".*") ? "" : ".*";
        String behind = to || whole.endsWith(".*") ? "" : ".*";
        return Optional.of(before + whole + behind);
    }

    /** The same for hosts, which are compared in small letters. */
    public static Optional<String> hostAnywhere(String expression) {
        boolean lower = CASED.matcher(expression).results().allMatch(Patterns::isLower);
        return lower ? anywhere(expression.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean isLower(java.util.regex.MatchResult escape) {
        return Character.isLowerCase(escape.group().charAt(1));
    }

    private static boolean hasAlternatives(String expression) {
        int depth = 0;
        boolean set = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i++;
            } else if (set) {
                set = c != ']';
            } else if (c == '[') {
                set = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == '|' && depth == 0) {
                return true;
            }
        }
        return false;
    }
}
