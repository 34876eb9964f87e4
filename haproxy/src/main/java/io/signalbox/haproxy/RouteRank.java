package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;

/**
 * The place of a route among all others that a request may fit, as a number of 62 bits: the highest
 * gets the request. From the left: the priority that is said; the kind of the host (this one, all
 * below one, all that begin so, a regular expression, any) and its length; whether the path begins
 * with {@code /.well-known}; the segments of the path, its length, its kind; and how many further
 * things the route asks for.
 */
final class RouteRank {
    private static final int HOST_KIND_BITS = 3;
    private static final int HOST_LENGTH_BITS = 8;
    private static final int SEGMENT_BITS = 10;
    private static final int PATH_LENGTH_BITS = 11;
    private static final int PATH_KIND_BITS = 3;
    private static final int CONDITION_BITS = 6;
    private static final String WELL_KNOWN = "/.well-known";

    private RouteRank() {}

    static long of(RoutePattern route) {
        var priority = route.match().priority();
        var rank = priority == null ? 0L : priority.longValue();
        rank = with(rank, HOST_KIND_BITS, hostKind(route));
        rank = with(rank, HOST_LENGTH_BITS, hostLength(route));
        rank = with(rank, 1, isWellKnown(route) ? 1 : 0);
        var literal = literalPath(route);
        rank = with(rank, SEGMENT_BITS, literal.chars().filter(c -> c == '/').count());
        rank = with(rank, PATH_LENGTH_BITS, literal.length());
        rank = with(rank, PATH_KIND_BITS, pathKind(route));
        return with(rank, CONDITION_BITS, conditions(route.match()));
    }

    private static long with(long rank, int bits, long value) {
        return (rank << bits) | Math.min(value, (1L << bits) - 1);
    }

    private static int hostKind(RoutePattern route) {
        if (route.host().isEmpty()) {
            return 0;
        }
        return switch (route.match().hostKind()) {
            case EXACT -> 4;
            case WILDCARD -> 3;
            case PREFIX -> 2;
            case REGEX -> 1;
        };
    }

    private static int hostLength(RoutePattern route) {
        return switch (route.match().hostKind()) {
            case WILDCARD, PREFIX -> route.host().length();
            case EXACT, REGEX -> 0;
        };
    }

    private static boolean isWellKnown(RoutePattern route) {
        var path = literalPath(route);
        return path.equals(WELL_KNOWN) || path.startsWith(WELL_KNOWN + "/");
    }

    /** What of the path stands there for itself. */
    private static String literalPath(RoutePattern route) {
        return switch (route.match().pathKind()) {
            case PREFIX -> route.path().equals("/") ? "" : route.path();
            case BEGINNING, EXACT -> route.path();
            case WILDCARD -> route.path().replace("*", "");
            case REGEX -> "";
        };
    }

    private static int pathKind(RoutePattern route) {
        return switch (route.match().pathKind()) {
            case PREFIX -> route.path().equals("/") ? 0 : 4;
            case BEGINNING -> 3;
            case WILDCARD -> 2;
            case REGEX -> 1;
            case EXACT -> 5;
        };
    }

    private static int conditions(RouteMatch match) {
        var count = match.headers().size() + match.queries().size();
        count += match.methods().isEmpty() ? 0 : 1;
        count += match.entryPoints().isEmpty() ? 0 : 1;
        count += match.sources().isEmpty() ? 0 : 1;
        count += match.excludedPaths().isEmpty() ? 0 : 1;
        count += match.scheme().isEmpty() ? 0 : 1;
        return count + (match.webSocket() == null ? 0 : 1);
    }
}
