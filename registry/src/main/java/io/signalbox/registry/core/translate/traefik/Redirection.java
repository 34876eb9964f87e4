package io.signalbox.registry.core.translate.traefik;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The middlewares that send clients elsewhere. Method and body stay, as 308 and 307 have it. */
final class Redirection {
    private static final String PERMANENT = "308";
    private static final String TEMPORARY = "307";
    private static final Pattern FROM =
            Pattern.compile(
                    "\\^?(?:https\\?|https|http|\\(http\\|https\\)|\\(https\\|http\\))"
                            + "://((?:[A-Za-z0-9_-]|\\\\?\\.)+)/(\\(\\.\\*\\)|\\.\\*)\\$?");
    private static final Pattern TO =
            Pattern.compile("https?://([A-Za-z0-9_.-]+(?::\\d+)?)/(?:\\$1|\\$\\{1\\})");

    private Redirection() {}

    static void scheme(Props props, Draft draft) {
        Optional<Said> scheme = props.get("redirectscheme.scheme");
        if (scheme.isEmpty()) {
            return;
        }
        Said said = scheme.get();
        if (!said.value().strip().equalsIgnoreCase("https")) {
            draft.refuse(said, "bad-redirect", "redirects lead to https", "https");
            return;
        }
        String status = props.isTrue("redirectscheme.permanent") ? PERMANENT : TEMPORARY;
        draft.put("signalbox.redirect.https", status, said);
        props.get("redirectscheme.permanent")
                .ifPresent(one -> draft.put("signalbox.redirect.https", status, one));
    }

    static void regex(Props props, Draft draft) {
        Optional<Said> regex = props.get("redirectregex.regex");
        Optional<Said> target = props.get("redirectregex.replacement");
        if (regex.isEmpty() || target.isEmpty()) {
            props.beginning("redirectregex.")
                    .forEach(
                            one ->
                                    draft.refuse(
                                            one,
                                            "bad-redirect",
                                            "it has regex and replacement",
                                            null));
            return;
        }
        Matcher from = FROM.matcher(regex.get().value().strip());
        Matcher to = TO.matcher(target.get().value().strip());
        if (!from.matches() || !to.matches() || !from.group(2).startsWith("(")) {
            String rule = "it is followed from ^https?://<host>/(.*) to https://<host>/$1 alone";
            draft.refuse(regex.get(), "unsupported", rule, "signalbox.redirect.path");
            return;
        }
        String status = props.isTrue("redirectregex.permanent") ? PERMANENT : TEMPORARY;
        String host = from.group(1).replace("\\", "");
        String value = host + " " + to.group(1) + " " + status;
        props.beginning("redirectregex.")
                .forEach(one -> draft.put("signalbox.redirect.host", value, one));
    }
}
