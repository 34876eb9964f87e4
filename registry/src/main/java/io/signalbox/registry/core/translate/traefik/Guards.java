package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The middlewares that keep requests out. Two of a kind would have to hold together, which native
 * labels cannot say: the router is closed.
 */
final class Guards {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,7}");

    private Guards() {}

    static void basic(Props props, Draft draft) {
        List<Said> users = props.list("basicauth.users");
        guard("signalbox.auth.users", String.join(",", Props.values(users)), users, draft);
        props.get("basicauth.realm")
                .ifPresent(one -> draft.put("signalbox.auth.realm", one.value(), one));
    }

    static void allow(Props props, Draft draft, String kind) {
        List<Said> ranges = props.list(kind + ".sourcerange");
        guard("signalbox.allow", String.join(",", Props.values(ranges)), ranges, draft);
    }

    static void rate(Props props, Draft draft) {
        Optional<Said> average = props.get("ratelimit.average");
        if (average.isEmpty() || average.get().value().strip().equals("0")) {
            average.ifPresent(one -> draft.notNeeded(one, "0 is no limit"));
            return;
        }
        Optional<Said> period = props.get("ratelimit.period");
        String time =
                period.flatMap(one -> GoTime.text(one.value()))
                        .orElse(period.isEmpty() ? "1s" : "its period");
        String number = average.get().value().strip();
        String value = (NUMBER.matcher(number).matches() ? number : "its average") + "/" + time;
        guard("signalbox.rate", value, List.of(average.get()), draft);
        period.ifPresent(one -> draft.put("signalbox.rate", value, one));
    }

    private static void guard(String nativeKey, String value, List<Said> sources, Draft draft) {
        if (!draft.put(nativeKey, value, sources)) {
            String rule = "two of that kind cannot hold together; the router is not served";
            sources.forEach(one -> draft.close(one, "unsafe-middleware", rule, nativeKey));
        }
    }
}
