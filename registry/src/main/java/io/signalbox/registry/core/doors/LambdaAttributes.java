package io.signalbox.registry.core.doors;

import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.EndpointLabels;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Dialect;
import io.signalbox.schemas.Policy;
import io.signalbox.schemas.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What leads to a service of Lambda-Registry's.
 *
 * @param byPath whether requests are told apart by the path's beginning, not by host
 * @param predicate the host in lower case; or the path, with its slash
 * @param cookie the application's cookie by which clients stay; empty for none
 */
record LambdaAttributes(boolean byPath, String predicate, String cookie) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final int ANY_PORT = 1;

    /** As a request says them; a path's first slash may be left out. */
    static LambdaAttributes of(boolean byPath, String predicate, String cookie) {
        return new LambdaAttributes(
                byPath, byPath && !predicate.startsWith("/") ? "/" + predicate : predicate, cookie);
    }

    /** Those of a stored service; empty where it is none of this door's. */
    static Optional<LambdaAttributes> of(Declaration declaration) {
        if (declaration.routes().size() != 1) {
            return Optional.empty();
        }
        Route route = declaration.routes().getFirst();
        Policy.Sticky sticky = declaration.policy().sticky();
        boolean byPath = route.host().isEmpty();
        return Optional.of(
                new LambdaAttributes(
                        byPath,
                        byPath ? route.path() : route.host(),
                        sticky == null ? "" : sticky.cookie()));
    }

    /** What is wrong, by the name of the request's field: at most one rule for each. */
    SortedMap<String, String> mistakes() {
        SortedMap<String, String> rules = new TreeMap<>();
        if (!byPath && !HOST.matcher(predicate).matches()) {
            rules.put("predicate", "must be one host name, without a port");
            return rules;
        }
        for (Rejection one : declared("service", ANY_PORT, "default").rejections()) {
            String key = one.key().contains("sticky") ? "cookie" : "predicate";
            rules.putIfAbsent(key, "is refused: " + one.message());
        }
        if (byPath && predicate.chars().anyMatch(c -> "*~^=".indexOf(c) >= 0)) {
            rules.put("predicate", "must be the beginning of a path, by whole segments");
        }
        return rules;
    }

    /** What a served instance of such a service declares. */
    List<Declaration> declarations(String service, int port, String group) {
        return declared(service, port, group).declarations();
    }

    private Declared declared(String service, int port, String group) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(byPath ? "signalbox.path" : "signalbox.host", predicate);
        labels.put("signalbox.group", group);
        if (!cookie.isEmpty()) {
            labels.put("signalbox.sticky", "prefix");
            labels.put("signalbox.sticky.cookie", cookie);
        }
        return EndpointLabels.declare(service, port, labels, Dialect.COSMONAUT);
    }
}
