package io.signalbox.haproxy;

/** Whether host and path of a request fit a route, without an HAProxy. */
final class RouteFit {
    private RouteFit() {}

    /** The host in lower case, without port. */
    static boolean host(RoutePattern route, String host) {
        var wanted = route.host();
        if (wanted.isEmpty()) {
            return true;
        }
        return switch (route.match().hostKind()) {
            case EXACT -> host.equals(wanted);
            case WILDCARD -> host.endsWith(wanted.substring(1)) && isNear(route, host);
            case PREFIX -> host.startsWith(wanted.substring(0, wanted.length() - 1));
            case REGEX -> new RouteRegex(wanted).fits(host);
        };
    }

    /** In the map hosts are looked for only so many labels below. */
    private static boolean isNear(RoutePattern route, String host) {
        var below = host.substring(0, host.length() - route.host().length() + 1);
        var byMap = route.key().isPresent() || route.match().tcp();
        return !byMap || below.chars().filter(c -> c == '.').count() < RouteKey.DEEPEST;
    }

    /** The path without query. */
    static boolean path(RoutePattern route, String path) {
        var wanted = route.path();
        var fits =
                switch (route.match().pathKind()) {
                    case PREFIX -> wanted.equals("/") || begins(path, wanted);
                    case BEGINNING -> path.startsWith(wanted);
                    case EXACT -> path.equals(wanted);
                    case WILDCARD -> path.matches(RouteRegex.ofWildcard(wanted));
                    case REGEX -> new RouteRegex(wanted).fits(path);
                };
        return fits && route.match().excludedPaths().stream().noneMatch(out -> begins(path, out));
    }

    private static boolean begins(String path, String segments) {
        return (path + "/").startsWith(segments.equals("/") ? "/" : segments + "/");
    }
}
