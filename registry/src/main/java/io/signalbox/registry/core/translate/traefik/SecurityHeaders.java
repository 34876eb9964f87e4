package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The middleware that sets headers. */
final class SecurityHeaders {
    private static final String SET = "signalbox.headers.response.set.";
    private static final Map<String, String> VALUES =
            Map.of(
                    "customframeoptionsvalue", "X-Frame-Options",
                    "custombrowserxssvalue", "X-XSS-Protection",
                    "contentsecuritypolicy", "Content-Security-Policy",
                    "contentsecuritypolicyreportonly", "Content-Security-Policy-Report-Only",
                    "referrerpolicy", "Referrer-Policy",
                    "permissionspolicy", "Permissions-Policy",
                    "featurepolicy", "Feature-Policy");
    private static final Map<String, List<String>> SWITCHES =
            Map.of(
                    "framedeny", List.of("X-Frame-Options", "DENY"),
                    "contenttypenosniff", List.of("X-Content-Type-Options", "nosniff"),
                    "browserxssfilter", List.of("X-XSS-Protection", "1; mode=block"));
    private static final Map<String, String> CORS =
            Map.of(
                    "accesscontrolalloworiginlist", "signalbox.cors.origins",
                    "accesscontrolallowmethods", "signalbox.cors.methods",
                    "accesscontrolallowheaders", "signalbox.cors.headers",
                    "accesscontrolexposeheaders", "signalbox.cors.exposed");

    private final Props props;
    private final Draft draft;

    private SecurityHeaders(Props props, Draft draft) {
        this.props = props;
        this.draft = draft;
    }

    static void of(Props props, Draft draft) {
        SecurityHeaders headers = new SecurityHeaders(props, draft);
        VALUES.forEach(
                (word, name) ->
                        headers.said(word)
                                .ifPresent(one -> draft.put(SET + name, one.value(), one)));
        SWITCHES.forEach(headers::switched);
        headers.hsts();
        headers.redirect();
        headers.cors();
    }

    private Optional<Said> said(String word) {
        return props.get("headers." + word);
    }

    private void switched(String word, List<String> header) {
        said(word)
                .ifPresent(
                        one -> {
                            String key = SET + header.getFirst();
                            if (one.isFalse()) {
                                draft.notNeeded(one, "it is not set unless asked for");
                            } else if (!one.isTrue()) {
                                draft.refuse(one, "bad-boolean", "it is 'true' or 'false'", null);
                            } else if (draft.value(key) != null) {
                                draft.notNeeded(one, "its value is said beside it");
                            } else {
                                draft.put(key, header.getLast(), one);
                            }
                        });
    }

    private void hsts() {
        Optional<Said> seconds = said("stsseconds");
        if (seconds.isEmpty() || seconds.get().value().strip().equals("0")) {
            return;
        }
        String value =
                "max-age="
                        + seconds.get().value().strip()
                        + (props.isTrue("headers.stsincludesubdomains")
                                ? "; includeSubDomains"
                                : "")
                        + (props.isTrue("headers.stspreload") ? "; preload" : "");
        for (String word : List.of("stsseconds", "stsincludesubdomains", "stspreload")) {
            said(word).ifPresent(one -> draft.put("signalbox.hsts", value, one));
        }
    }

    private void redirect() {
        if (props.isTrue("headers.sslredirect")) {
            String status = props.isTrue("headers.ssltemporaryredirect") ? "307" : "308";
            for (String word : List.of("sslredirect", "ssltemporaryredirect")) {
                said(word).ifPresent(one -> draft.put("signalbox.redirect.https", status, one));
            }
        }
    }

    private void cors() {
        CORS.forEach(
                (word, key) -> {
                    List<Said> list = props.list("headers." + word);
                    String value = String.join(",", Props.values(list));
                    list.forEach(one -> draft.put(key, value, one));
                });
        said("accesscontrolallowcredentials")
                .ifPresent(one -> draft.put("signalbox.cors.credentials", one.value(), one));
        said("accesscontrolmaxage")
                .ifPresent(
                        one ->
                                draft.put(
                                        "signalbox.cors.max-age",
                                        GoTime.text(one.value()).orElse(one.value()),
                                        one));
    }
}
