package io.signalbox.haproxy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what HAProxy answers about certificates. */
public final class CertificateAnswers {

    private static final Pattern SHA1 =
            Pattern.compile("(?m)^SHA1 FingerPrint: ([0-9A-Fa-f]{40})\\s*$");
    private static final Pattern NUMBER = Pattern.compile(":\\d{1,9}$");

    private CertificateAnswers() {}

    /** SHA-1 over a certificate, in small hexadecimal digits; empty if it is an empty one. */
    public static Optional<String> sha1(String answer) {
        var matcher = SHA1.matcher(answer);
        return matcher.find()
                ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    /** SHA-1 over each certificate of several, in small hexadecimal digits. */
    public static Set<String> all(String answer) {
        return SHA1.matcher(answer)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Files, one a line. */
    public static List<String> files(String answer) {
        return answer.lines().filter(line -> line.startsWith("/")).toList();
    }

    /** The certificates' files of a list, without the numbers of their lines. */
    public static List<String> entries(String answer) {
        return files(answer).stream().map(line -> NUMBER.matcher(line).replaceFirst("")).toList();
    }
}
