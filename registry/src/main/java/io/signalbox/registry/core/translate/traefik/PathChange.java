package io.signalbox.registry.core.translate.traefik;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The middlewares that change the path that servers see. */
final class PathChange {
    private static final String REWRITE = "signalbox.path.rewrite";

    private PathChange() {}

    /** Prefixes are taken away by characters, the first that fits. */
    static void strip(Props props, Draft draft) {
        List<Said> said = props.list("stripprefix.prefixes");
        List<String> prefixes = new ArrayList<>();
        for (String prefix : Props.values(said)) {
            String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
            if (!bare.startsWith("/")) {
                said.forEach(
                        one -> draft.refuse(one, "bad-path", "a prefix begins with a slash", null));
                return;
            }
            prefixes.add(GoRegex.quoted(bare.substring(1)));
        }
        if (prefixes.isEmpty()) {
            return;
        }
        String value =
                prefixes.size() == 1
                        ? "^/" + prefixes.getFirst() + "/?(.*)$ /\\1"
                        : "^/(" + String.join("|", prefixes) + ")/?(.*)$ /\\2";
        said.forEach(one -> draft.put(REWRITE, value, one));
    }

    static void add(Props props, Draft draft) {
        props.get("addprefix.prefix")
                .ifPresent(one -> draft.put("signalbox.path.prefix", one.value(), one));
    }

    static void replace(Props props, Draft draft) {
        props.get("replacepath.path")
                .ifPresent(one -> draft.put(REWRITE, "^/.*$ " + one.value(), one));
    }

    static void replaceRegex(Props props, Draft draft) {
        Optional<Said> regex = props.get("replacepathregex.regex");
        Optional<Said> replacement = props.get("replacepathregex.replacement");
        if (regex.isEmpty() || replacement.isEmpty()) {
            return;
        }
        String from = regex.get().value().strip();
        boolean whole = from.endsWith("$") || from.endsWith("(.*)") || from.endsWith(".*");
        if (!from.startsWith("^/") || !whole) {
            String rule = "it fits from the path's beginning to its end: ^/…(.*)";
            draft.refuse(regex.get(), "unsupported", rule, REWRITE);
            return;
        }
        String to = replacement.get().value().strip().replaceAll("\\$\\{?(\\d)\\}?", "\\\\$1");
        String value = (from.endsWith("$") ? from : from + "$") + " " + to;
        draft.put(REWRITE, value, regex.get());
        draft.put(REWRITE, value, replacement.get());
    }
}
