package io.signalbox.applier;

import io.signalbox.schemas.GroupDefinition.EntryPoint;
import io.signalbox.schemas.GroupDefinition.Listen;
import io.signalbox.schemas.GroupDefinition.Tls;
import io.signalbox.schemas.GroupDefinition.TlsProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entry points of HTTP on 127.0.0.1, as tests of TLS and of trust want them. */
final class EntryPoints {
    private static final Tls INTERMEDIATE = new Tls(TlsProfile.INTERMEDIATE, "", false);

    private EntryPoints() {}

    /** One with TLS of which clients show nothing. */
    static EntryPoint tls(int port) {
        return tls(port, INTERMEDIATE);
    }

    /** One with TLS. */
    static EntryPoint tls(int port, Tls tls) {
        return of(port, tls, false);
    }

    /** One with TLS behind a proxy that speaks the PROXY protocol. */
    static EntryPoint proxiedTls(int port, String... trusted) {
        return of(port, INTERMEDIATE, true, trusted);
    }

    /** One without TLS behind a proxy that speaks the PROXY protocol. */
    static EntryPoint proxied(int port, String... trusted) {
        return of(port, null, true, trusted);
    }

    /** One without TLS. */
    static EntryPoint plain(int port, String... trusted) {
        return of(port, null, false, trusted);
    }

    @SuppressWarnings("NullAway") // a nested type's @Nullable is not seen across modules
    private static EntryPoint of(
            int port, @Nullable Tls tls, boolean acceptProxy, String... trusted) {
        return new EntryPoint(
                "port-" + port,
                new Listen("127.0.0.1", port),
                tls,
                null,
                acceptProxy,
                List.of(trusted));
    }
}
