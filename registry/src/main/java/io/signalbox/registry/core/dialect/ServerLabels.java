package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Policy.Check;
import io.signalbox.schemas.Policy.Check.Kind;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.Policy.Servers.Protocol;
import io.signalbox.schemas.Policy.Standing;
import io.signalbox.schemas.Policy.Sticky;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how HAProxy treats servers, and what a container asks for itself as one. */
final class ServerLabels {
    private static final String CODE = "bad-server";
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final int MOST_ERRORS = 1_000;
    private static final int HEAVIEST = 256;
    private static final List<String> PROTOCOLS = List.of("http", "h2c", "https", "h2");
    private static final List<String> VERSIONS = List.of("v1", "v2");

    private ServerLabels() {}

    /**
     * How HAProxy treats each server.
     *
     * @param check how servers are checked; null where the group decides
     */
    static Servers servers(LabelReader labels, @Nullable Check check) {
        Integer errorLimit = labels.number(ServerKeys.SERVER_ERROR_LIMIT, CODE, 1, MOST_ERRORS);
        if (errorLimit != null && check != null && check.kind() == Kind.NONE) {
            labels.refuse(
                    ServerKeys.SERVER_ERROR_LIMIT,
                    CODE,
                    "only a check brings a server back that errors took out",
                    null);
            errorLimit = null;
        }
        return new Servers(
                labels.number(ServerKeys.SERVER_MAXCONN, CODE, 1, MOST_CONNECTIONS),
                labels.number(ServerKeys.SERVER_MAXQUEUE, CODE, 1, MOST_CONNECTIONS),
                labels.said(ServerKeys.SERVER_SLOWSTART, Times::timeout),
                errorLimit,
                protocol(labels.oneOf(ServerKeys.SERVER_PROTOCOL, CODE, PROTOCOLS)),
                version(labels.oneOf(ServerKeys.SERVER_PROXY_PROTOCOL, CODE, VERSIONS)));
    }

    /**
     * What the container asks for itself.
     *
     * @param sticky how clients stay with their server; null when they do not
     */
    static Standing standing(LabelReader labels, @Nullable Sticky sticky) {
        String cookie = StickyLabels.value(labels);
        return new Standing(
                labels.number(ServerKeys.SERVER_WEIGHT, CODE, 0, HEAVIEST),
                labels.truth(ServerKeys.SERVER_BACKUP),
                sticky == null ? "" : cookie);
    }

    private static @Nullable Protocol protocol(@Nullable String word) {
        return switch (word) {
            case null -> null;
            case "h2c" -> Protocol.H2C;
            case "https" -> Protocol.HTTPS;
            case "h2" -> Protocol.H2;
            default -> Protocol.HTTP;
        };
    }

    private static @Nullable Integer version(@Nullable String word) {
        return switch (word) {
            case null -> null;
            case "v1" -> 1;
            default -> 2;
        };
    }
}
