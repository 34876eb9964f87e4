package io.signalbox.haproxy;

import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.RouteMatch;
import java.util.Optional;

/**
 * A route of one service.
 *
 * @param share in hundredths of the route's requests; empty for all of them
 * @param sticky whether a client of a shared route stays with the service that it was given
 */
public record Route(RoutePattern pattern, Optional<Integer> share, boolean sticky) {

    private static final int WHOLE = 100;

    public Route {
        share.ifPresent(
                percent -> {
                    if (percent < 0 || percent > WHOLE) {
                        throw new IllegalValue("percent", "must be 0 to 100", percent.toString());
                    }
                });
    }

    /** A route that asks for nothing but host and path, as a whole. */
    public static Route plain(RouteKey key) {
        return new Route(RoutePattern.of(key), Optional.empty(), false);
    }

    /**
     * A route as the log has it.
     *
     * @throws IllegalValue where HAProxy cannot have it
     */
    public static Route of(HeldRoute held) {
        RouteMatch match = held.match();
        return new Route(
                RoutePattern.of(held.host(), held.path(), match),
                match == null ? Optional.empty() : Optional.ofNullable(match.percent()),
                match != null && match.percentSticky());
    }

    /** The key in the map of routes; empty for a rule, and for a route of connections. */
    public Optional<RouteKey> key() {
        return pattern.key();
    }

    /** The key in the map of connections; empty for a route of requests. */
    public Optional<TcpKey> tcpKey() {
        return pattern.tcpKey();
    }

    /** Whether no map can say it, so that a reload is due. */
    public boolean isRule() {
        return pattern.isRule();
    }

    /** Where it leads: to the service, or to the split that the service has a share of. */
    public String target(String service) {
        return share.isEmpty() ? service : Split.id(pattern, sticky);
    }

    /** Whether every frame can say it: one host or any, the beginning of a path, and no shares. */
    public boolean isPlain() {
        return share.isEmpty() && pattern.match().equals(RouteMatch.NONE);
    }

    /** The value in the map of routes. */
    public RouteValue value(String service) {
        return new RouteValue(pattern.rank(), target(service));
    }
}
