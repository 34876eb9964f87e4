package io.signalbox.registry.core.translate.cosmonaut;

import io.signalbox.registry.core.translate.Translation;
import io.signalbox.registry.core.translate.Translator;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Cosmonaut's variables: {@code SERVICE_NAME}, {@code PORT}, {@code PREDICATE} and {@code
 * CONFIG_MODE}, all four, and {@code COOKIE}. A predicate of mode {@code path} is a path's first
 * element, which HAProxy matched by characters ({@code url_beg /service} took {@code /services}
 * too); here it matches whole segments, as was meant. The cookie is the application's, before whose
 * value HAProxy puts the server; each server has a value of its own here.
 */
public final class CosmonautTranslator implements Translator {
    private static final String NAME = "SERVICE_NAME";
    private static final String PORT = "PORT";
    private static final String PREDICATE = "PREDICATE";
    private static final String MODE = "CONFIG_MODE";
    private static final String COOKIE = "COOKIE";
    private static final List<String> REQUIRED = List.of(NAME, PORT, PREDICATE, MODE);
    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    @Override
    public Dialect dialect() {
        return Dialect.COSMONAUT;
    }

    @Override
    public Optional<Translation> translate(Container container) {
        Map<String, String> said = container.environment();
        // PORT and COOKIE alone are everybody's words; these three together are Cosmonaut's.
        boolean routed = said.containsKey(PREDICATE) || said.containsKey(MODE);
        if (!said.containsKey(NAME) || !routed) {
            return Optional.empty();
        }
        Translation.Builder made = new Translation.Builder(Dialect.COSMONAUT);
        TreeSet<String> missing = new TreeSet<>(REQUIRED);
        missing.removeAll(said.keySet());
        String service = said.getOrDefault(NAME, "");
        if (!missing.isEmpty()) {
            String rule = "a service also needs " + String.join(", ", missing);
            made.refuse(NAME, service, "incomplete", rule, missing.first());
            return Optional.of(made.build());
        }
        String port = said.getOrDefault(PORT, "");
        made.put(service, "signalbox.service", service, NAME, service);
        made.put(service, "signalbox.port", port, PORT, port);
        cookie(said, service, made);
        predicate(said, service, made);
        return Optional.of(made.build());
    }

    private static void predicate(
            Map<String, String> said, String service, Translation.Builder made) {
        String predicate = said.getOrDefault(PREDICATE, "");
        String mode = said.getOrDefault(MODE, "");
        switch (mode.trim().toLowerCase(Locale.ROOT)) {
            case "host" ->
                    made.put(service, "signalbox.host", predicate, MODE, mode)
                            .put(service, "signalbox.host", predicate, PREDICATE, predicate);
            case "path" -> {
                String path = predicate.startsWith("/") ? predicate : "/" + predicate;
                made.put(service, "signalbox.path", path, MODE, mode)
                        .put(service, "signalbox.path", path, PREDICATE, predicate);
            }
            default -> {
                made.refuse(MODE, mode, "bad-mode", "it is host or path", null);
                made.drop(service);
            }
        }
    }

    private static void cookie(Map<String, String> said, String service, Translation.Builder made) {
        String cookie = said.get(COOKIE);
        if (cookie == null || cookie.isBlank()) {
            return;
        }
        if (!COOKIE_NAME.matcher(cookie).matches()) {
            made.refuse(COOKIE, cookie, "bad-cookie", "it is the name of a cookie", null);
            return;
        }
        made.put(service, "signalbox.sticky", "prefix", COOKIE, cookie);
        made.put(service, "signalbox.sticky.cookie", cookie, COOKIE, cookie);
    }
}
