package io.signalbox.haproxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What lines of the operator's own may say. They may do whatever HAProxy can; what they may not is
 * end their section, or change what Signalbox steers HAProxy by.
 */
public final class Snippet {

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final int LONGEST = 4_000;
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final Set<String> BEFORE_KEYWORD = Set.of("no", "default");
    private static final Pattern OUR_VARIABLE =
            Pattern.compile("set-var(?:-fmt)?\\((?:txn|sess)\\.(?!my_)");
    private static final Set<String> OUR_LISTS = Set.of(AccessRules.ALLOWED, AccessRules.DENIED);

    private static final Set<String> SECTIONS =
            words("global defaults frontend backend listen userlist peers mailers resolvers");
    private static final Set<String> FURTHER_SECTIONS =
            words(
                    "cache program http-errors ring log-forward log-profile crt-store traces fcgi-app acme");
    private static final Set<String> OWN_SECTIONS =
            words(
                    "listen frontend backend peers resolvers mailers userlist cache http-errors ring");
    private static final String OWN_NAME = "my_";
    private static final Set<String> OF_ALL =
            words("load-server-state-from-file server-state-file-name use_backend default_backend");

    private Snippet() {}

    private static Set<String> words(String text) {
        return SPACES.splitAsStream(text).collect(Collectors.toUnmodifiableSet());
    }

    /** Where lines may be. */
    public enum Place {
        /** The section {@code global}. */
        GLOBAL(
                "stats chroot daemon master-worker mworker-max-reloads nbproc pidfile user group uid"
                        + " gid unix-bind server-state-file server-state-base zero-warning quiet debug"),
        /**
         * The section {@code global} of the HAProxy of one machine, which the applier there starts.
         */
        OWN_MACHINE(
                "daemon master-worker mworker-max-reloads nbproc pidfile server-state-file"
                        + " server-state-base zero-warning quiet debug"),
        /** The same of one that somebody else starts. */
        OTHER_MACHINE(
                "mworker-max-reloads nbproc server-state-file server-state-base zero-warning"),
        /** The section {@code defaults}. */
        DEFAULTS("mode default-server cookie dynamic-cookie-key disabled enabled"),
        /** An entry point. */
        FRONTEND("bind mode disabled enabled"),
        /** A service's backend. */
        BACKEND(
                "server server-template default-server use-server dispatch mode balance hash-type"
                        + " cookie dynamic-cookie-key disabled enabled user group stick-table"),
        /** Beside the sections of Signalbox: whole ones, each line that begins one included. */
        SECTIONS("");

        private final String forbidden;

        Place(String forbidden) {
            this.forbidden = forbidden;
        }

        private boolean forbids(String keyword) {
            return words(forbidden).contains(keyword);
        }
    }

    /** What is wrong with a line; empty where nothing is. */
    public static Optional<String> problem(Place place, String line) {
        return Optional.ofNullable(rule(place, line.strip()))
                .map(rule -> new IllegalValue("line", rule, line).getMessage());
    }

    /**
     * What is wrong with lines that are whole sections; empty where nothing is. Each must be of a
     * kind that changes no other section, and have a name that none of Signalbox has.
     */
    public static Optional<String> problem(List<String> sections) {
        if (!sections.isEmpty() && !isSection(sections.getFirst())) {
            return Optional.of(
                    new IllegalValue(
                                    "line",
                                    "must begin a section: one of "
                                            + String.join(", ", new TreeSet<>(OWN_SECTIONS)),
                                    sections.getFirst())
                            .getMessage());
        }
        return sections.stream()
                .flatMap(line -> problem(Place.SECTIONS, line).stream())
                .findFirst();
    }

    /** Whether the line begins one of the sections that may stand beside those of Signalbox. */
    public static boolean isSection(String line) {
        return OWN_SECTIONS.contains(SPACES.splitAsStream(line.strip()).findFirst().orElse(""));
    }

    private static @Nullable String rule(Place place, String line) {
        if (line.isEmpty() || line.length() > LONGEST) {
            return "must have 1 to " + LONGEST + " characters";
        }
        if (line.chars().anyMatch(c -> c < 0x20 || c >= 0x7f)) {
            return "must be printable ASCII";
        }
        if (line.endsWith("\\")) {
            return "must not end in a backslash";
        }
        if (Placeholder.isIn(line)) {
            return "must not contain a placeholder";
        }
        var words = SPACES.splitAsStream(line).toList();
        var first = BEFORE_KEYWORD.contains(words.getFirst()) && words.size() > 1 ? 1 : 0;
        var keyword = words.get(first);
        if (!KEYWORD.matcher(keyword).matches()) {
            return "must begin with a keyword of HAProxy";
        }
        if (place == Place.SECTIONS) {
            return ruleOfSections(words, keyword);
        }
        if (SECTIONS.contains(keyword) || FURTHER_SECTIONS.contains(keyword)) {
            return "must not begin a section";
        }
        if (OF_ALL.contains(keyword) || place.forbids(keyword)) {
            return "must not be '" + keyword + "', which Signalbox needs for itself";
        }
        return ours(words);
    }

    private static @Nullable String ruleOfSections(List<String> words, String keyword) {
        if (OWN_SECTIONS.contains(keyword)) {
            return words.size() > 1 && words.get(1).startsWith(OWN_NAME)
                    ? null
                    : "must have a name that begins with " + OWN_NAME;
        }
        return SECTIONS.contains(keyword) || FURTHER_SECTIONS.contains(keyword)
                ? "must not begin the section '" + keyword + "'"
                : ours(words);
    }

    private static @Nullable String ours(List<String> words) {
        if (OUR_VARIABLE.matcher(String.join(" ", words)).find()) {
            return "must set no variable txn.NAME or sess.NAME but those called my_NAME";
        }
        if (words.getFirst().equals("acl")
                && words.size() > 1
                && OUR_LISTS.contains(words.get(1))) {
            return "must not add to the list '" + words.get(1) + "' of Signalbox";
        }
        return null;
    }
}
