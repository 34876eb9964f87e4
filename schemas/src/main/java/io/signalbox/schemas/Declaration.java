package io.signalbox.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one container (or endpoint, or operator) says about one service.
 *
 * @param service the service's name
 * @param dialect which dialect it was written in ({@code signalbox}, …)
 * @param groups the proxy groups that are to serve it; never empty, sorted
 * @param port the TCP port the application listens on
 * @param network the network by name whose address is to be used; null when the group decides
 * @param routes what leads to the service; may be empty (known, not routed)
 * @param policy how the service is to be treated
 */
public record Declaration(
        String service,
        String dialect,
        List<String> groups,
        int port,
        @Nullable String network,
        List<Route> routes,
        Policy policy) {

    public Declaration {
        groups = List.copyOf(groups);
        routes = List.copyOf(routes);
    }

    /** Whether connections lead to the service, and not requests. */
    public boolean isTcp() {
        return routes.stream().anyMatch(Route::isTcp);
    }

    /**
     * One way to the service.
     *
     * @param name the route's own name; {@code default} for the unnamed one
     * @param host host name in lower case without a trailing dot, exact unless {@code match} says
     *     otherwise; empty for any host
     * @param path prefix by whole segments, beginning with a slash, without one at the end ({@code
     *     /} itself aside), unless {@code match} says otherwise
     * @param match what else it asks of a request; null for nothing
     */
    public record Route(String name, String host, String path, @Nullable RouteMatch match) {

        /** A route that asks for nothing but host and path. */
        public Route(String name, String host, String path) {
            this(name, host, path, null);
        }

        /** Whether it leads connections, and not requests. */
        public boolean isTcp() {
            return match != null && match.tcp();
        }
    }
}
