package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy.Sticky;
import io.signalbox.schemas.Policy.Sticky.Mode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how clients stay with their server. Where any of it is bad, they do not stay: a cookie of
 * another name would be none that the application knows.
 */
final class StickyLabels {
    private static final String CODE = "bad-sticky";
    private static final List<String> WORDS =
            List.of("true", "false", "insert", "rewrite", "prefix");
    private static final List<String> BESIDE =
            List.of(ServerKeys.STICKY_COOKIE, ServerKeys.STICKY_SECURE, ServerKeys.STICKY_VALUE);
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final String COOKIE_RULE =
            "a cookie's name has 1 to 64 letters, digits, '_', '.' or '-'";
    private static final String VALUE_RULE =
            "a cookie's value has 1 to 64 letters, digits, '_', '.' or '-'";
    private static final String APPLICATIONS_COOKIE =
            "rewrite and prefix need the name of the application's cookie";
    private static final String NO_STICKY = "it holds only beside signalbox.sticky";

    private StickyLabels() {}

    static @Nullable Sticky of(LabelReader labels) {
        String word = labels.oneOf(ServerKeys.STICKY, CODE, WORDS);
        boolean named = labels.has(ServerKeys.STICKY_COOKIE);
        String cookie = labels.text(ServerKeys.STICKY_COOKIE, CODE, COOKIE, COOKIE_RULE);
        boolean secure = labels.truth(ServerKeys.STICKY_SECURE);
        if (word == null) {
            alone(labels);
            return null;
        }
        Mode mode = word.equals("true") ? Mode.INSERT : Mode.of(word).orElse(null);
        if (mode == null || (named && cookie == null)) {
            return null;
        }
        if (mode != Mode.INSERT && cookie == null) {
            labels.refuse(
                    ServerKeys.STICKY,
                    CODE,
                    APPLICATIONS_COOKIE,
                    LabelReader.key(ServerKeys.STICKY_COOKIE));
            return null;
        }
        return new Sticky(mode, Optional.ofNullable(cookie).orElse(""), secure);
    }

    /** The container's own value of the cookie; empty where HAProxy makes one. */
    static String value(LabelReader labels) {
        return Optional.ofNullable(labels.text(ServerKeys.STICKY_VALUE, CODE, COOKIE, VALUE_RULE))
                .orElse("");
    }

    private static void alone(LabelReader labels) {
        if (labels.has(ServerKeys.STICKY)) {
            return;
        }
        for (String word : BESIDE) {
            if (labels.has(word)) {
                labels.refuse(word, CODE, NO_STICKY, LabelReader.key(ServerKeys.STICKY));
            }
        }
    }
}
