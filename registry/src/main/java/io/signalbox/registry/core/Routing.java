package io.signalbox.registry.core;

import java.util.Comparator;

/**
 * A route's rule: the exact host or any, and a path prefix by whole segments. The most specific one
 * comes first: a host before any host, then more segments, then the longer path.
 */
record Routing(String host, String path) implements Comparable<Routing> {
    private static final Comparator<Routing> MOST_SPECIFIC_FIRST =
            Comparator.comparing((Routing route) -> route.host.isEmpty())
                    .thenComparingLong(route -> -segments(route.path))
                    .thenComparingInt(route -> -route.path.length())
                    .thenComparing(Routing::host)
                    .thenComparing(Routing::path);

    /** Whether a request goes by a route; the request's host is normalised. */
    static boolean matches(
            String routeHost, String routePath, String requestHost, String requestPath) {
        if (!routeHost.isEmpty() && !routeHost.equals(requestHost)) {
            return false;
        }
        int query = requestPath.indexOf('?');
        String path = query < 0 ? requestPath : requestPath.substring(0, query);
        return routePath.equals("/") || path.equals(routePath) || path.startsWith(routePath + "/");
    }

    @Override
    public int compareTo(Routing other) {
        return MOST_SPECIFIC_FIRST.compare(this, other);
    }

    private static long segments(String path) {
        return path.equals("/") ? 0 : path.chars().filter(c -> c == '/').count();
    }
}
