package io.signalbox.registry.core.translate.traefik;

import java.util.List;
import java.util.regex.Pattern;

/** Middlewares that are one native label. */
final class Plain {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final String COMPRESS = "signalbox.compress";

    private Plain() {}

    static void compress(Props props, Draft draft) {
        List<Said> types = props.list("compress.includedcontenttypes");
        String value = types.isEmpty() ? "true" : String.join(",", Props.values(types));
        types.forEach(one -> draft.put(COMPRESS, value, one));
        props.get("compress")
                .ifPresent(
                        one -> {
                            if (one.isTrue()) {
                                draft.put(COMPRESS, value, one);
                            } else if (one.isFalse()) {
                                draft.notNeeded(one, "nothing is compressed that is not asked for");
                            } else {
                                draft.refuse(one, "bad-boolean", "it is 'true' or 'false'", null);
                            }
                        });
    }

    static void retry(Props props, Draft draft) {
        props.get("retry.attempts")
                .ifPresent(
                        one -> {
                            if (NUMBER.matcher(one.value().strip()).matches()) {
                                int tries = Integer.parseInt(one.value().strip());
                                String retries = Integer.toString(Math.max(0, tries - 1));
                                draft.put("signalbox.retries", retries, one);
                            } else {
                                draft.refuse(one, "bad-retries", "it is a number", null);
                            }
                        });
    }
}
