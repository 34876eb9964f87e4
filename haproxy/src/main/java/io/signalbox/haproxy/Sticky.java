package io.signalbox.haproxy;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How clients stay with their server: by a cookie whose value HAProxy makes of a key and the
 * server's address. So it is the same in a spare backend and in the service's own, and in every
 * HAProxy of a group, whenever the server was added. Or by one whose value each server brings: see
 * {@link ServerSettings#value}.
 *
 * @param cookie the cookie's name, 1 to 64 of {@code A-Z a-z 0-9 _ . -}
 * @param secure whether browsers send it through TLS only
 * @param key what values are made with; the same in all of a group; null where each server brings
 *     its own
 */
public record Sticky(Mode mode, String cookie, boolean secure, @Nullable Identifier key) {

    /** The cookie's name where none is said. */
    public static final String COOKIE = "SIGNALBOX";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public Sticky {
        if (!NAME.matcher(cookie).matches()) {
            throw new IllegalValue(
                    "cookie", "must be 1 to 64 of the characters A-Z a-z 0-9 _ . -", cookie);
        }
    }

    /** Whose cookie it is. */
    public enum Mode {
        /** HAProxy's own, which servers do not see. */
        INSERT("insert indirect nocache", " httponly"),
        /** The application's, whose value is HAProxy's. */
        REWRITE("rewrite nocache", ""),
        /** The application's, before whose value HAProxy puts its own. */
        PREFIX("prefix nocache", "");

        private final String beginning;
        private final String end;

        Mode(String beginning, String end) {
            this.beginning = beginning;
            this.end = end;
        }

        private String words(boolean dynamic) {
            return beginning + (dynamic ? " dynamic" : "") + end;
        }

        /** Its name in labels. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The default: HAProxy's own cookie. */
    public static Sticky inserted(Identifier key) {
        return new Sticky(Mode.INSERT, COOKIE, false, key);
    }

    void write(ConfigWriter text) {
        text.line("cookie").value(cookie).words(mode.words(key != null));
        if (secure) {
            text.words("secure");
        }
        if (key != null) {
            text.line("dynamic-cookie-key").value(key.value());
        }
    }
}
