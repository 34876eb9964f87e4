package io.signalbox.haproxy;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a server sees the path, in this order: a prefix that led here is taken away, the first
 * pattern that fits is replaced, then a prefix is put before it. It always begins with a slash. The
 * query stays, unless a replacement brings one of its own.
 *
 * @param stripped prefixes by whole segments; the longest that fits is taken away
 * @param rewrites the first that fits replaces the whole path
 * @param prefix without a slash at the end; empty for none
 */
public record PathChanges(List<String> stripped, List<Rewrite> rewrites, String prefix) {

    /** As the client sent it. */
    public static final PathChanges NONE = new PathChanges(List.of(), List.of(), "");

    private static final int MOST_STRIPPED = 1_000;
    private static final int MOST_REWRITES = 100;
    private static final int LONGEST = 1_024;
    private static final String CHARACTERS = "A-Za-z0-9/._~!$&'()*+,;=:@-";
    private static final Pattern PREFIX =
            Pattern.compile("/(?:[" + CHARACTERS + "]|%[0-9A-Fa-f]{2}){0,1023}");
    private static final Pattern REPLACEMENT =
            Pattern.compile("/(?:[?" + CHARACTERS + "]|%[0-9A-Fa-f]{2}|\\\\[1-9]){0,1023}");
    private static final Pattern REFERENCE = Pattern.compile("\\\\([0-9])");
    private static final String STRIP = "txn.strip";
    private static final String REWRITE = "txn.rewrite";

    public PathChanges {
        FrameSettings.checkRange("number of prefixes", stripped.size(), 0, MOST_STRIPPED);
        FrameSettings.checkRange("number of rewrites", rewrites.size(), 0, MOST_REWRITES);
        // A route may have a path that looks like a placeholder; that one stays as it is.
        stripped =
                stripped.stream()
                        .filter(path -> !path.equals("/") && !Placeholder.isIn(path))
                        .distinct()
                        .sorted(
                                Comparator.comparingInt(String::length)
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        stripped.forEach(PathChanges::checkedPrefix);
        rewrites = List.copyOf(rewrites);
        if (!prefix.isEmpty()) {
            checkedPrefix(prefix);
        }
    }

    /**
     * What takes the place of paths that fit.
     *
     * @param replacement beginning with a slash; {@code \1} to {@code \9} stand for groups
     */
    public record Rewrite(PathPattern pattern, String replacement) {
        public Rewrite {
            checkedReplacement(pattern, replacement);
        }
    }

    /** A path that leads to an application, such as {@code /api}. */
    static void checkedPrefix(String path) {
        PrintableText.matching(
                "path prefix",
                path,
                PREFIX,
                "must begin with a slash and have at most 1024 letters, digits, %XX and"
                        + " /._~!$&'()*+,;=:@-");
        if (path.length() > 1 && path.endsWith("/")) {
            throw new IllegalValue("path prefix", "must not end with a slash", path);
        }
    }

    static void checkedReplacement(PathPattern pattern, String replacement) {
        var subject = "replacement of a path";
        PrintableText.matching(
                subject,
                replacement,
                REPLACEMENT,
                "must begin with a slash and have at most 1024 letters, digits, %XX, \\1 to \\9"
                        + " and /._~!$&'()*+,;=:@?-");
        if (replacement.length() > LONGEST) {
            throw new IllegalValue(subject, "must have at most 1024 characters", replacement);
        }
        var groups = pattern.groups();
        REFERENCE
                .matcher(replacement)
                .results()
                .filter(reference -> Integer.parseInt(reference.group(1)) > groups)
                .findFirst()
                .ifPresent(
                        _ -> {
                            throw new IllegalValue(
                                    subject,
                                    "must refer to no more than the "
                                            + groups
                                            + " groups there are",
                                    replacement);
                        });
    }

    /** First is found out which rule is meant: its change must not make another one fit. */
    void write(ConfigWriter text) {
        // The last one that fits remains: so the longest prefix, and the first pattern.
        for (var path : stripped) {
            text.line("http-request set-var(" + STRIP + ") int(" + (path.length() + 1) + ")")
                    .words("if { path,concat(/) -m beg")
                    .value(path + "/")
                    .words("}");
        }
        stripped.stream()
                .map(path -> path.length() + 1)
                .distinct()
                .forEach(
                        cut ->
                                text.line("http-request set-path /%[path,bytes(" + cut + ")]")
                                        .words("if { var(" + STRIP + ") -m int " + cut + " }"));
        for (var i = rewrites.size(); i >= 1; i--) {
            text.line("http-request set-var(" + REWRITE + ") int(" + i + ") if");
            rewrites.get(i - 1).pattern().condition(text);
        }
        for (var i = 1; i <= rewrites.size(); i++) {
            var rewrite = rewrites.get(i - 1);
            replace(text, rewrite.pattern(), rewrite.replacement(), isChosen(REWRITE, i));
        }
        if (!prefix.isEmpty()) {
            text.line("http-request set-path").value(PrintableText.format(prefix) + "%[path]");
        }
    }

    static String isChosen(String variable, int number) {
        return "if { var(" + variable + ") -m int " + number + " }";
    }

    static void replace(
            ConfigWriter text, PathPattern pattern, String replacement, String condition) {
        if (replacement.indexOf('?') >= 0) {
            text.line("http-request set-pathq %[path]").words(condition);
        }
        text.line("http-request replace-path")
                .value(pattern.text())
                .value(PrintableText.format(replacement))
                .words(condition);
    }
}
