package io.signalbox.haproxy;

import java.util.Arrays;
import java.util.List;

/** What only the machine knows on which HAProxy runs; stands in a part's text until then. */
public enum Placeholder {
    /** The directory of the map files. */
    MAPS("@maps@"),
    /** The directory of the certificates. */
    CERTIFICATES("@certs@");

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

    /** The lines with what this machine says in place of each. */
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
