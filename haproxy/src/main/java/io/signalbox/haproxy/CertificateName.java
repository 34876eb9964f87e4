package io.signalbox.haproxy;

import java.util.regex.Pattern;

/**
 * The name of a certificate, or of those who sign certificates of clients, in the store of a
 * machine: a file name without its ending, which never leads out of its directory.
 *
 * @param value 1 to 100 of {@code A-Z a-z 0-9 _ . -}, beginning with a letter, a digit or {@code _}
 */
public record CertificateName(String value) implements Comparable<CertificateName> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final String RULE =
            "must be 1 to 100 of the characters A-Z a-z 0-9 _ . - and begin with a letter, a digit"
                    + " or _";

    public CertificateName {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalValue("name of a certificate", RULE, value);
        }
    }

    @Override
    public int compareTo(CertificateName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
