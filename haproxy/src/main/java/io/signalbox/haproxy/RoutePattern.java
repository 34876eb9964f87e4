package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of a request, in values that HAProxy can have: two routes with the same pattern
 * are one route, which one service holds or several share. The most specific comes first.
 *
 * @param host a wildcard and a prefix with their asterisk, a regular expression as it is; empty for
 *     any host
 * @param path without any mark of its kind
 * @param match the rest, without any share
 */
public record RoutePattern(String host, String path, RouteMatch match)
        implements Comparable<RoutePattern> {

    /** The highest priority that can be said. */
    public static final int MOST_PRIORITY = 1_000_000;

    private static final Comparator<RoutePattern> ORDER =
            Comparator.comparingLong(RoutePattern::rank)
                    .reversed()
                    .thenComparing(RoutePattern::host)
                    .thenComparing(RoutePattern::path)
                    .thenComparing(RoutePattern::match, RouteIdentity::compare);

    public RoutePattern {
        match = match.sharing(null, false);
        if (host.isEmpty() && match.hostKind() != HostKind.EXACT) {
            throw new IllegalValue("host", "must be said where it is a pattern", host);
        }
        RouteConditions.check(host, path, match);
        if (match.tcp()) {
            var _ = TcpKey.of(host, path, match);
        }
        if (!isPlain(match)
                && Placeholder.isIn(host + " " + path + " " + RouteIdentity.of(match))) {
            throw new IllegalValue("route", "must not contain a placeholder", host + path);
        }
    }

    /** A route that asks for nothing but this host, or any, and the beginning of the path. */
    public RoutePattern(String host, String path) {
        this(host, path, RouteMatch.NONE);
    }

    /** The route of a key in the map of routes. */
    static RoutePattern of(RouteKey key) {
        return key.isBelow()
                ? new RoutePattern(
                        key.host(),
                        key.path(),
                        RouteConditions.ofKinds(HostKind.WILDCARD, PathKind.PREFIX))
                : new RoutePattern(key.host(), key.path());
    }

    /**
     * A route as it was declared.
     *
     * @param match null for nothing
     * @throws IllegalValue where HAProxy cannot have it
     */
    public static RoutePattern of(String host, String path, @Nullable RouteMatch match) {
        return new RoutePattern(host, path, match == null ? RouteMatch.NONE : match);
    }

    /** Its place among others: the higher one gets the request. */
    public long rank() {
        return RouteRank.of(this);
    }

    /**
     * The key in the map of routes; empty where only a rule can say it, for which a reload is due.
     */
    public Optional<RouteKey> key() {
        return isPlain(match) ? Optional.of(new RouteKey(host, path)) : Optional.empty();
    }

    /** The key in the map of connections; empty for a route of requests. */
    public Optional<TcpKey> tcpKey() {
        return match.tcp() ? Optional.of(TcpKey.of(host, path, match)) : Optional.empty();
    }

    /** Whether no map can say it. */
    public boolean isRule() {
        return key().isEmpty() && !match.tcp();
    }

    private static boolean isPlain(RouteMatch match) {
        var byMap =
                match.hostKind() == HostKind.EXACT
                        ? RouteMatch.NONE
                        : RouteConditions.ofKinds(HostKind.WILDCARD, PathKind.PREFIX);
        return match.equals(byMap);
    }

    /** Whether it depends on more of a request than host and path. */
    public boolean dependsOnMore() {
        return !match.methods().isEmpty()
                || !match.headers().isEmpty()
                || !match.queries().isEmpty()
                || !match.entryPoints().isEmpty()
                || !match.scheme().isEmpty()
                || match.webSocket() != null
                || !match.sources().isEmpty();
    }

    /** Whether host and path of a request fit; excluded paths do not. */
    public boolean fits(String requestHost, String requestPath) {
        return !match.tcp() && RouteFit.host(this, requestHost) && RouteFit.path(this, requestPath);
    }

    /** Whether a connection may take it that asks for the name by TLS. */
    public boolean fitsName(String name) {
        return match.tcp() && RouteFit.host(this, name);
    }

    /** As people write it: host and path, and in brackets what else it asks for. */
    public String text() {
        if (match.tcp()) {
            return TcpKey.of(host, path, match).shown();
        }
        var further = RouteConditions.of(match);
        return written() + (further.isEmpty() ? "" : " [" + String.join(", ", further) + "]");
    }

    private String written() {
        var hostText = match.hostKind() == HostKind.REGEX ? "~" + host : host;
        return hostText
                + switch (match.pathKind()) {
                    case PREFIX, WILDCARD -> path;
                    case BEGINNING -> "^" + path;
                    case EXACT -> "=" + path;
                    case REGEX -> "~" + path;
                };
    }

    @Override
    public int compareTo(RoutePattern other) {
        return ORDER.compare(this, other);
    }
}
