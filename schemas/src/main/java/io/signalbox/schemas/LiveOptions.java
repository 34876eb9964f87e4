package io.signalbox.schemas;

import io.signalbox.schemas.HttpPolicy.Hsts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of a service's policy HAProxy looks up for each request, so that a change of it needs no
 * reload; the text of the service's backend says nothing of it.
 *
 * @param redirectHttps the status with which plain requests are sent to TLS; null for never
 * @param closed whether the service is under maintenance, with the standard text; null for no
 * @param serverTimeout how long a server may be silent; null when the group decides
 * @param tunnelTimeout how long both sides of a connection that is no longer HTTP may be silent;
 *     null when the group decides
 * @param hsts said where the request came through TLS; null for nothing
 * @param clientCertificate whether requests without a certificate of the client are refused
 */
public record LiveOptions(
        @Nullable Integer redirectHttps,
        @Nullable Closed closed,
        @Nullable Duration serverTimeout,
        @Nullable Duration tunnelTimeout,
        @Nullable Hsts hsts,
        boolean clientCertificate) {

    /** Without certificates of clients. */
    public LiveOptions(
            @Nullable Integer redirectHttps,
            @Nullable Closed closed,
            @Nullable Duration serverTimeout,
            @Nullable Duration tunnelTimeout,
            @Nullable Hsts hsts) {
        this(redirectHttps, closed, serverTimeout, tunnelTimeout, hsts, false);
    }

    /** What holds where nothing is said. */
    public static final LiveOptions NONE = new LiveOptions(null, null, null, null, null);

    /** The same, and requests without a certificate of the client are refused. */
    public LiveOptions withClientCertificate() {
        return new LiveOptions(redirectHttps, closed, serverTimeout, tunnelTimeout, hsts, true);
    }

    /** When a request for a service under maintenance is answered. */
    public enum Closed {
        /** Before the backend's own rules. */
        AT_ONCE,
        /** Where the backend's own rules have a place for it. */
        IN_TURN
    }
}
