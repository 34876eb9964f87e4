package io.signalbox.schemas;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a service's HTTP requests and responses. What is empty, null or false is not
 * done. A request is first redirected, then refused for who sends it, where it comes from or how
 * many there are, then answered for maintenance, then asked for a password; what is left is changed
 * and goes to a server.
 *
 * @param headers what is changed, in this order
 * @param path how a server sees the path
 * @param redirects requests that are answered with another address
 * @param hsts how long browsers shall use nothing but TLS
 * @param compression which responses are compressed
 * @param auth who may come in
 * @param access from where requests may come
 * @param rate how many requests a client may send
 * @param cors which foreign pages may read responses
 * @param maintenance answered to all requests in the service's stead
 * @param errorPages shown in place of HAProxy's own errors
 * @param clientCertificate whether only clients come in that showed a certificate which their entry
 *     point believes
 */
public record HttpPolicy(
        List<HeaderRule> headers,
        PathRules path,
        Redirects redirects,
        @Nullable Hsts hsts,
        @Nullable Compression compression,
        @Nullable Auth auth,
        Access access,
        @Nullable Rate rate,
        @Nullable Cors cors,
        @Nullable Maintenance maintenance,
        List<ErrorPage> errorPages,
        boolean clientCertificate) {

    /** Without certificates of clients. */
    public HttpPolicy(
            List<HeaderRule> headers,
            PathRules path,
            Redirects redirects,
            @Nullable Hsts hsts,
            @Nullable Compression compression,
            @Nullable Auth auth,
            Access access,
            @Nullable Rate rate,
            @Nullable Cors cors,
            @Nullable Maintenance maintenance,
            List<ErrorPage> errorPages) {
        this(
                headers,
                path,
                redirects,
                hsts,
                compression,
                auth,
                access,
                rate,
                cors,
                maintenance,
                errorPages,
                false);
    }

    /** Nothing is done. */
    public static final HttpPolicy NONE =
            new HttpPolicy(
                    List.of(),
                    PathRules.NONE,
                    Redirects.NONE,
                    null,
                    null,
                    null,
                    Access.NONE,
                    null,
                    null,
                    null,
                    List.of());

    /** What of it holds for connections: who may come, how often, and whether anybody may. */
    HttpPolicy ofConnections() {
        return new HttpPolicy(
                List.of(),
                PathRules.NONE,
                Redirects.NONE,
                null,
                null,
                null,
                access,
                rate,
                null,
                maintenance,
                List.of(),
                clientCertificate);
    }

    public HttpPolicy {
        headers = List.copyOf(headers);
        errorPages = List.copyOf(errorPages);
    }

    /** Requests go to the servers, responses come from them. */
    public enum Direction {
        REQUEST,
        RESPONSE
    }

    /** What is done to a header: a further one of that name, this one alone, or none. */
    public enum HeaderAction {
        ADD,
        SET,
        DELETE
    }

    /**
     * One change of a header.
     *
     * @param value printable ASCII as it is sent; empty for {@code DELETE}
     */
    public record HeaderRule(Direction direction, HeaderAction action, String name, String value) {}

    /**
     * How a server sees the path, in this order: the route's own prefix is taken away, the first
     * pattern that fits is replaced, then a prefix is put before it.
     *
     * @param strip whether the prefix that led here is taken away
     * @param rewrites tried in this order
     * @param prefix beginning with a slash, without one at the end; empty for none
     */
    public record PathRules(boolean strip, List<PathRewrite> rewrites, String prefix) {

        /** As the client sent it. */
        public static final PathRules NONE = new PathRules(false, List.of(), "");

        public PathRules {
            rewrites = List.copyOf(rewrites);
        }
    }

    /**
     * One pattern of paths and what takes its place.
     *
     * @param pattern a regular expression
     * @param replacement may refer to groups by {@code \1} to {@code \9}
     */
    public record PathRewrite(String pattern, String replacement) {}

    /**
     * Requests that are answered with another address, in this order: to TLS, to another host, to
     * another path.
     *
     * @param https the status with which plain requests are sent to TLS; null for never
     */
    public record Redirects(
            @Nullable Integer https, List<HostRedirect> hosts, List<PathRedirect> paths) {

        /** None. */
        public static final Redirects NONE = new Redirects(null, List.of(), List.of());

        public Redirects {
            hosts = List.copyOf(hosts);
            paths = List.copyOf(paths);
        }
    }

    /**
     * From one host to another; path and query stay.
     *
     * @param from empty for every host but {@code to}
     */
    public record HostRedirect(String from, String to, int status) {}

    /**
     * From paths that fit a regular expression to another address.
     *
     * @param to may refer to groups by {@code \1} to {@code \9}
     */
    public record PathRedirect(String pattern, String to, int status) {}

    /** HTTP Strict Transport Security, said where the request came through TLS. */
    public record Hsts(Duration maxAge, boolean subdomains, boolean preload) {}

    /**
     * Compression of responses.
     *
     * @param types media types; empty for the usual texts
     */
    public record Compression(List<String> types) {
        public Compression {
            types = List.copyOf(types);
        }
    }

    /**
     * Basic authentication. Without a user that can be checked nobody comes in.
     *
     * @param realm shown by browsers
     * @param users those who may come in
     * @param list the name of a list of users that each proxy has for itself, used instead; empty
     *     for none
     */
    public record Auth(String realm, List<User> users, String list) {

        /** With users of the service's own. */
        public Auth(String realm, List<User> users) {
            this(realm, users, "");
        }

        public Auth {
            users = List.copyOf(users);
        }
    }

    /**
     * A user.
     *
     * @param hash a hash of {@code crypt(3)}
     */
    public record User(String name, String hash) {}

    /**
     * From where requests may come.
     *
     * @param allow networks in CIDR notation; empty for all
     * @param deny networks in CIDR notation, also of those allowed
     */
    public record Access(List<String> allow, List<String> deny) {

        /** From everywhere. */
        public static final Access NONE = new Access(List.of(), List.of());

        /** From nowhere: no client has this address. */
        public static final Access NOBODY = new Access(List.of("255.255.255.255/32"), List.of());

        public Access {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }
    }

    /** How many requests one client address may send in a time; more are answered with 429. */
    public record Rate(int requests, Duration per) {}

    /**
     * Cross-origin resource sharing.
     *
     * @param origins those that may read responses; {@code *} alone for all, empty for none
     * @param maxAge how long a browser may remember the answer to a preflight; null for its own
     */
    public record Cors(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> exposed,
            boolean credentials,
            @Nullable Duration maxAge) {
        public Cors {
            origins = List.copyOf(origins);
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
            exposed = List.copyOf(exposed);
        }
    }

    /**
     * The service is not to be used for now; requests are answered with 503.
     *
     * @param text shown to the client; empty for a standard one
     */
    public record Maintenance(String text) {}

    /** What is shown for a status that HAProxy answers with by itself. */
    public record ErrorPage(int status, String text) {}
}
