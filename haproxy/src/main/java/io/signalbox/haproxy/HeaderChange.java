package io.signalbox.haproxy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One change of a header. Those of requests hold for what servers see; those of responses for all
 * that clients see, HAProxy's own answers included.
 *
 * @param name 1 to 64 letters, digits, {@code _} or {@code -}
 * @param value as it is sent, 1 to 2,000 characters of printable ASCII; empty for {@code DELETE}
 */
public record HeaderChange(Direction direction, Action action, String name, String value) {

    /** Which messages are changed. */
    public enum Direction {
        REQUEST("http-request"),
        RESPONSE("http-after-response");

        private final String keyword;

        Direction(String keyword) {
            this.keyword = keyword;
        }
    }

    /** What is done: one header more, this one alone, or none of that name. */
    public enum Action {
        ADD("add-header"),
        SET("set-header"),
        DELETE("del-header");

        private final String keyword;

        Action(String keyword) {
            this.keyword = keyword;
        }
    }

    /**
     * Headers that say where a message ends, who sent it or to whom it goes: a service that changed
     * them could make servers read other requests than HAProxy did.
     */
    static final Set<String> FORBIDDEN =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "forwarded",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-port",
                    "x-forwarded-proto");

    /** The longest name, so that a label can name it. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";

    private static final Pattern A_NAME = Pattern.compile(NAME);
    private static final Pattern VALUE = Pattern.compile("\\S(?:.*\\S)?");
    private static final int LONGEST = 2_000;

    public HeaderChange {
        checkedName(name);
        if (action == Action.DELETE) {
            if (!value.isEmpty()) {
                throw new IllegalValue("value of a deleted header", "must be empty", value);
            }
        } else {
            PrintableText.checked("value of a header", value, LONGEST);
            PrintableText.matching(
                    "value of a header", value, VALUE, "must not begin or end with space");
        }
    }

    static String checkedName(String name) {
        PrintableText.matching(
                "name of a header",
                name,
                A_NAME,
                "must be 1 to 64 letters, digits, '_' or '-', and begin with a letter or digit");
        if (FORBIDDEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalValue(
                    "name of a header",
                    "must not be one by which messages are framed, routed or trusted",
                    name);
        }
        return name;
    }

    void write(ConfigWriter text) {
        text.line(direction.keyword + " " + action.keyword).value(name);
        if (action != Action.DELETE) {
            text.value(PrintableText.format(value));
        }
    }
}
