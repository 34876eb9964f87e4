package io.signalbox.haproxy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Compression of responses, for clients that accept it, of one service alone.
 *
 * @param types media types in lower case; empty for the usual texts
 */
public record Compression(List<String> types) {

    private static final List<String> USUAL =
            List.of(
                    "text/html",
                    "text/plain",
                    "text/css",
                    "text/javascript",
                    "text/xml",
                    "application/javascript",
                    "application/json",
                    "application/xml",
                    "image/svg+xml");
    private static final int MOST = 40;
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}");

    public Compression {
        FrameSettings.checkRange("number of media types", types.size(), 0, MOST);
        types = List.copyOf(types);
        for (var type : types) {
            PrintableText.matching(
                    "media type", type, TYPE, "must be like text/html, in lower case");
        }
    }

    void write(ConfigWriter text) {
        text.line("compression algo gzip").line("compression type");
        (types.isEmpty() ? USUAL : types).forEach(text::value);
    }
}
