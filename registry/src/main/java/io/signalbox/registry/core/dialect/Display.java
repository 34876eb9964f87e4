package io.signalbox.registry.core.dialect;

/** Untrusted text made fit to be shown: one line, printable ASCII, short. */
final class Display {
    private static final int LONGEST = 80;

    private Display() {}

    /** The text with anything unprintable escaped, cut after 80 characters with its true length. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int length = text.length();
        for (int at = 0; at < length; at++) {
            String next = shown(text.charAt(at));
            if (shown.length() + next.length() > LONGEST) {
                return shown + "… (" + length + " characters)";
            }
            shown.append(next);
        }
        return shown.toString();
    }

    private static String shown(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default -> c >= ' ' && c < 0x7f ? String.valueOf(c) : "\\u%04x".formatted((int) c);
        };
    }
}
