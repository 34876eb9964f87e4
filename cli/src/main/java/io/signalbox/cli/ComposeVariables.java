package io.signalbox.cli;

import java.util.Map;

/**
 * Variables in the texts of a Compose file: {@code $X}, {@code ${X}}, and with {@code :-}, {@code
 * -}, {@code :+} and {@code +} behind the name; {@code $$} is a dollar sign.
 */
final class ComposeVariables {
    private static final int DEEPEST = 10;

    private final Map<String, String> values;

    ComposeVariables(Map<String, String> values) {
        this.values = values;
    }

    /** The text with all variables in their places; an unknown one is empty, as in Compose. */
    String in(String text) {
        return in(text, 0);
    }

    private String in(String text, int depth) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            int end = next == '{' ? closing(text, at + 1) : name(text, at + 1);
            if (c == '$' && next == '$') {
                result.append('$');
                at += 2;
            } else if (c == '$' && next == '{' && end > 0 && depth < DEEPEST) {
                result.append(braced(text.substring(at + 2, end), depth));
                at = end + 1;
            } else if (c == '$' && next != '{' && end > at + 1) {
                result.append(values.getOrDefault(text.substring(at + 1, end), ""));
                at = end;
            } else {
                result.append(c);
                at++;
            }
        }
        return result.toString();
    }

    private String braced(String inside, int depth) {
        int end = name(inside, 0);
        String value = values.get(inside.substring(0, end));
        String sign = inside.substring(end);
        boolean alsoEmpty = sign.startsWith(":");
        String rest = alsoEmpty ? sign.substring(1) : sign;
        boolean has = value != null && !(alsoEmpty && value.isEmpty());
        String otherwise = rest.isEmpty() ? "" : in(rest.substring(1), depth + 1);
        return switch (rest.isEmpty() ? ' ' : rest.charAt(0)) {
            case '-' -> has && value != null ? value : otherwise;
            case '+' -> has ? otherwise : "";
            default -> value == null ? "" : value;
        };
    }

    private static int name(String text, int from) {
        int at = from;
        while (at < text.length()
                && (text.charAt(at) == '_'
                        || (Character.isLetterOrDigit(text.charAt(at))
                                && text.charAt(at) < 0x7f))) {
            at++;
        }
        return at;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return -1;
    }
}
