package io.signalbox.haproxy;

import java.util.Arrays;
import java.util.List;

/** What is known only where the files are written; stands in a part's text until then. */
public enum Placeholder {
    /** The directory of the map files. */
    MAPS("@maps@"),
    /** The line in whose place rules stand, in each frontend. */
    RULES("@rules@"),
    /** The list of a backend's users. */
    USERS("@users@"),
    /** The directory of the certificates. */
    CERTIFICATES("@certs@");

    /** As it stands in a section. */
    static final String RULES_LINE = "    " + RULES.token;

    private final String token;

    Placeholder(String token) {
        this.token = token;
    }

    /** As it stands in the text. */
    public String token() {
        return token;
    }

    /** Whether a text contains one. */
    static boolean isIn(String text) {
        return Arrays.stream(values()).anyMatch(placeholder -> text.contains(placeholder.token));
    }

    /** Whether a line contains it. */
    boolean isInLine(String line) {
        return line.contains(token);
    }

    /** The lines with this machine's directories of map files and certificates. */
    static List<String> fill(List<String> lines, LocalSettings local) {
        return lines.stream()
                .map(line -> line.replace(MAPS.token, local.maps().value()))
                .map(
                        line ->
                                line.replace(
                                        CERTIFICATES.token,
                                        local.certificates().directory().value()))
                .toList();
    }
}
