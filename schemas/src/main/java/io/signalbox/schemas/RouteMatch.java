package io.signalbox.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of a request beyond an exact host and a prefix of the path by whole segments.
 *
 * @param hostKind how the route's host is meant
 * @param pathKind how the route's path is meant
 * @param excludedPaths prefixes by whole segments that do not come here
 * @param methods one of these; empty for all
 * @param headers all of these
 * @param queries all of these parameters of the query
 * @param entryPoints one of these, by name; empty for all
 * @param scheme {@code http}, {@code https}, or empty for both
 * @param webSocket whether it asks for a WebSocket; null where that does not matter
 * @param sources client addresses in CIDR notation; empty for all
 * @param priority 1 to 1,000,000; a higher one goes before all lower ones and before routes without
 *     one, whatever else they ask; null for none
 * @param percent the share of the route's requests that this service gets, 0 to 100, of a route
 *     that several services have; null where the route is claimed as a whole
 * @param percentSticky whether a client stays with the service that it was given
 * @param tcp whether connections are led and not requests: at the one entry point that is named,
 *     those whose client asks by TLS for the host, or all where it is empty; the path is {@code /}
 */
public record RouteMatch(
        HostKind hostKind,
        PathKind pathKind,
        List<String> excludedPaths,
        List<String> methods,
        List<FieldMatch> headers,
        List<FieldMatch> queries,
        List<String> entryPoints,
        String scheme,
        @Nullable Boolean webSocket,
        List<String> sources,
        @Nullable Integer priority,
        @Nullable Integer percent,
        boolean percentSticky,
        boolean tcp) {

    /** Of requests. */
    public RouteMatch(
            HostKind hostKind,
            PathKind pathKind,
            List<String> excludedPaths,
            List<String> methods,
            List<FieldMatch> headers,
            List<FieldMatch> queries,
            List<String> entryPoints,
            String scheme,
            @Nullable Boolean webSocket,
            List<String> sources,
            @Nullable Integer priority,
            @Nullable Integer percent,
            boolean percentSticky) {
        this(
                hostKind,
                pathKind,
                excludedPaths,
                methods,
                headers,
                queries,
                entryPoints,
                scheme,
                webSocket,
                sources,
                priority,
                percent,
                percentSticky,
                false);
    }

    /**
     * Of connections at an entry point.
     *
     * @param hostKind how the name is meant that clients ask for
     */
    public static RouteMatch tcp(String entryPoint, HostKind hostKind) {
        return new RouteMatch(
                hostKind,
                PathKind.PREFIX,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(entryPoint),
                "",
                null,
                List.of(),
                null,
                null,
                false,
                true);
    }

    /** Asks nothing, claims the route as a whole. */
    public static final RouteMatch NONE =
            new RouteMatch(
                    HostKind.EXACT,
                    PathKind.PREFIX,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    null,
                    List.of(),
                    null,
                    null,
                    false);

    public RouteMatch {
        excludedPaths = List.copyOf(excludedPaths);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        queries = List.copyOf(queries);
        entryPoints = List.copyOf(entryPoints);
        sources = List.copyOf(sources);
    }

    /** The same with that share of the route's requests; null for the whole route. */
    public RouteMatch sharing(@Nullable Integer share, boolean sticky) {
        return new RouteMatch(
                hostKind,
                pathKind,
                excludedPaths,
                methods,
                headers,
                queries,
                entryPoints,
                scheme,
                webSocket,
                sources,
                priority,
                share,
                sticky,
                tcp);
    }

    /** The same, or null where it says nothing. */
    public @Nullable RouteMatch orNull() {
        return equals(NONE) ? null : this;
    }

    /** How a host is meant. */
    public enum HostKind {
        /** This host alone, or any where it is empty. */
        EXACT,
        /** All hosts below it: {@code *.example.com}. */
        WILDCARD,
        /** All hosts that begin so: {@code api.*}. */
        PREFIX,
        /** All hosts that a regular expression fits. */
        REGEX
    }

    /** How a path is meant. */
    public enum PathKind {
        /** Whole segments. */
        PREFIX,
        /** Characters. */
        BEGINNING,
        /** This path alone. */
        EXACT,
        /** {@code *} stands for any characters. */
        WILDCARD,
        /** A regular expression. */
        REGEX
    }

    /**
     * A header or a parameter of the query.
     *
     * @param name of a header in lower case
     * @param value what it must be, by kind; empty where it must only be there
     */
    public record FieldMatch(String name, Kind kind, String value) {

        /** How the value is meant. */
        public enum Kind {
            PRESENT,
            EXACT,
            CONTAINS,
            REGEX
        }
    }
}
