package io.signalbox.registry.core.translate.traefik;

import java.util.regex.Pattern;

/**
 * Regular expressions as Traefik has them, which fit anywhere in a text, as native ones, which fit
 * all of it; and the templates of version 2, in which an expression stands in braces behind a name.
 */
final class GoRegex {
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{[A-Za-z_]\\w*(?::[^}]*(?:\\}[^}]*)?)?\\}");
    private static final String SPECIAL = ".^$*+?()[]{}|\\";

    private GoRegex() {}

    /** Whether it is a template of version 2. */
    static boolean isTemplate(String text) {
        return TEMPLATE.matcher(text).find();
    }

    /**
     * The expression of a template, without anchors.
     *
     * @param otherwise what stands for a name without an expression
     */
    static String ofTemplate(String text, String otherwise) throws RuleProblem {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '{') {
                regex.append(quoted(c));
                at++;
                continue;
            }
            int end = closing(text, at);
            String inside = text.substring(at + 1, end);
            int colon = inside.indexOf(':');
            regex.append('(')
                    .append(colon < 0 ? otherwise : inside.substring(colon + 1))
                    .append(')');
            at = end + 1;
        }
        return regex.toString();
    }

    private static int closing(String text, int open) throws RuleProblem {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new RuleProblem("a brace is not closed");
    }

    /** The text as an expression that fits it alone. */
    static String quoted(String text) {
        StringBuilder regex = new StringBuilder();
        text.chars().forEach(c -> regex.append(quoted((char) c)));
        return regex.toString();
    }

    private static String quoted(char c) {
        return (SPECIAL.indexOf(c) >= 0 ? "\\" : "") + c;
    }

    /** An expression for the whole of a text that this one fits somewhere in. */
    static String whole(String regex) throws RuleProblem {
        boolean begins = regex.startsWith("^");
        boolean ends = regex.endsWith("$") && !regex.endsWith("\\$");
        String inside = regex.substring(begins ? 1 : 0, regex.length() - (ends ? 1 : 0));
        boolean alternatives = hasAlternatives(inside);
        if (alternatives && (begins || ends)) {
            throw new RuleProblem(
                    "a regular expression with ^ or $ has its alternatives in brackets");
        }
        String kept = alternatives ? "(" + inside + ")" : inside;
        String before = begins || kept.startsWith(".*") ? "" : ".*";
        return before + kept + (ends || kept.endsWith(".*") ? "" : ".*");
    }

    private static boolean hasAlternatives(String regex) {
        int depth = 0;
        boolean set = false;
        for (int at = 0; at < regex.length(); at++) {
            switch (regex.charAt(at)) {
                case '\\' -> at++;
                case '[' -> set = true;
                case ']' -> set = false;
                case '(' -> depth += set ? 0 : 1;
                case ')' -> depth -= set ? 0 : 1;
                case '|' -> {
                    if (!set && depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }
}
