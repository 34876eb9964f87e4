package io.signalbox.haproxy;

/**
 * What clients are shown in a service's stead: HTML where it begins with {@code <}, else plain
 * text.
 *
 * @param text 1 to 4,000 characters of printable ASCII
 */
public record Page(String text) {

    private static final int LONGEST = 4_000;

    public Page {
        PrintableText.checked("page", text, LONGEST);
    }

    /** Continues a line with content type and text, of which HAProxy reads nothing. */
    void write(ConfigWriter line) {
        line.words("content-type text/" + (text.startsWith("<") ? "html" : "plain") + " string")
                .value(text);
    }
}
