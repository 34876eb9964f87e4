package io.signalbox.registry.core.translate.dockerflow;

import io.signalbox.registry.core.translate.Foreign;
import io.signalbox.registry.core.translate.NativeWord;
import io.signalbox.registry.core.translate.Said;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Changes of headers in HAProxy's words, comma-separated: {@code X-A value}, with backslashes and
 * quotes as HAProxy reads them. What has a condition or a format in it is refused.
 */
final class HeaderText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Set<String> SET_ANYWAY =
            Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");
    private static final String NATIVE = "signalbox.headers.";

    private final Foreign foreign;
    private final List<NativeWord> words = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    HeaderText(Foreign foreign) {
        this.foreign = foreign;
    }

    /** Reads a list of one kind, such as {@code request.set}. */
    void read(Said said, String kind) {
        for (String one : Said.split(said.value(), ',')) {
            Said entry = new Said(said.key(), one);
            List<String> parts = parts(one);
            boolean delete = kind.endsWith("delete");
            if (SET_ANYWAY.contains(parts.getFirst().toLowerCase(Locale.ROOT)) && !delete) {
                foreign.needless(entry, "it is set anyway");
            } else if (parts.size() != (delete ? 1 : 2)
                    || !NAME.matcher(parts.getFirst()).matches()
                    || (!delete && parts.get(1).indexOf('%') >= 0)) {
                String rule =
                        "it is a name"
                                + (delete ? "" : " and a value")
                                + ", without a condition or a format";
                foreign.refuse(entry, "bad-header", rule, NATIVE + kind + ".<Name>");
            } else {
                add(entry, NATIVE + kind + "." + parts.getFirst(), delete ? "true" : parts.get(1));
            }
        }
    }

    private void add(Said entry, String key, String value) {
        if (known.add(key.toLowerCase(Locale.ROOT))) {
            words.add(new NativeWord(key, value, entry));
        } else {
            foreign.refuse(entry, "too-many", "a header is changed once; the first counts", null);
        }
    }

    /** All that was read. */
    List<NativeWord> words() {
        return words;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && c == ' ') {
                end(part, parts);
            } else {
                part.append(c);
            }
        }
        end(part, parts);
        return parts.isEmpty() ? List.of("") : parts;
    }

    private static void end(StringBuilder part, List<String> parts) {
        if (!part.isEmpty()) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }
}
