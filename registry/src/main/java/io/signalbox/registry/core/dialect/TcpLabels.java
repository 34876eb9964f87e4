package io.signalbox.registry.core.dialect;

import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.Declaration.Route;
import io.signalbox.schemas.Rejection;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Reads which connections lead to a container. A bad name of a list takes that name alone; a list
 * without a good name, or a bad entry point, its route: it must never be all connections that come
 * instead of some.
 */
final class TcpLabels {
    private static final String NO_ADDRESS = "clients ask by TLS for names, not for addresses";
    private static final String NO_PATTERN =
            "a name is exact, or stands with *. before it for all below it";

    private final Rejections rejections;

    TcpLabels(Rejections rejections) {
        this.rejections = rejections;
    }

    /**
     * The routes of one name, one for each name of a host.
     *
     * @param words what is said of them, by the key behind the prefix
     */
    List<Route> routes(String name, Map<String, String> words, String prefix) {
        String said = words.get(TcpKeys.ENTRYPOINT);
        if (said == null) {
            String rule = "connections come from one entry point, which must be named";
            reject("no-entrypoint", prefix + TcpKeys.ENTRYPOINT, "", rule);
            return List.of();
        }
        String entryPoint = entryPoint(prefix + TcpKeys.ENTRYPOINT, said);
        List<HostPattern> hosts = hosts(prefix + TcpKeys.SNI, words.get(TcpKeys.SNI));
        List<Route> routes = new ArrayList<>();
        if (!entryPoint.isEmpty()) {
            for (HostPattern host : hosts) {
                route(name, entryPoint, host, prefix + TcpKeys.SNI, routes);
            }
        }
        return routes;
    }

    private String entryPoint(String key, String value) {
        try {
            return new Identifier(Values.trimmed(value)).value();
        } catch (IllegalValue e) {
            reject("bad-entrypoint", key, value, e.subject() + " " + e.rule());
            return "";
        }
    }

    private List<HostPattern> hosts(String key, @org.jspecify.annotations.Nullable String value) {
        return value == null ? List.of(HostPattern.ANY) : HostPattern.list(key, value, rejections);
    }

    private void route(
            String name, String entryPoint, HostPattern host, String key, List<Route> routes) {
        HostKind kind = host.kind();
        if (kind != HostKind.EXACT && kind != HostKind.WILDCARD) {
            reject("bad-sni", key, host.text(), NO_PATTERN);
            return;
        }
        try {
            RouteMatch match = RouteMatch.tcp(entryPoint, kind);
            RoutePattern unused = RoutePattern.of(host.text(), "/", match);
            routes.add(new Route(name, unused.host(), "/", match));
        } catch (IllegalValue e) {
            reject("bad-sni", key, host.text(), NO_ADDRESS);
        }
    }

    /** Names what is said of the container's services and holds for requests alone. */
    void reportUnused(SortedMap<String, String> own) {
        own.forEach(
                (word, value) -> {
                    if (TcpKeys.isOfRequests(SignalboxKeys.PREFIX + word)) {
                        reject(
                                "no-effect",
                                SignalboxKeys.PREFIX + word,
                                value,
                                "it is for requests, and the container takes connections alone");
                    }
                });
    }

    private void reject(String code, String key, String value, String rule) {
        String shown = key.endsWith(HttpKeys.AUTH_USERS) ? "" : value;
        Rejection rejection = Rejections.of(code, key, shown, rule);
        rejections.add(rejection);
    }
}
