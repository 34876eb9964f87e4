package io.signalbox.applier.core.plan;

import io.signalbox.haproxy.CheckSettings;
import io.signalbox.haproxy.Identifier;
import io.signalbox.haproxy.Server;
import io.signalbox.haproxy.ServerAddress;
import io.signalbox.haproxy.ServerSettings;
import io.signalbox.haproxy.ServerSettings.Protocol;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Policy;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Servers of a plan as HAProxy's language has them. */
public final class HaproxyServers {
    private HaproxyServers() {}

    /** The server. */
    public static Server of(LiveServer live) {
        return new Server(
                new Identifier(live.name()),
                new ServerAddress(live.address(), live.port()),
                live.id(),
                live.weight(),
                check(live.options()),
                settings(live));
    }

    private static ServerSettings settings(LiveServer live) {
        FurtherOptions further = live.options().further();
        Policy.Servers said = further.servers();
        return new ServerSettings(
                Objects.requireNonNullElse(said.maxConnections(), 0),
                Objects.requireNonNullElse(said.maxQueue(), 0),
                Objects.requireNonNullElse(said.slowStart(), Duration.ZERO),
                Objects.requireNonNullElse(said.errorLimit(), 0),
                protocol(said.protocol()),
                Objects.requireNonNullElse(said.proxyProtocol(), 0),
                live.backup(),
                further.cookie(),
                live.cookie());
    }

    private static Protocol protocol(Policy.Servers.@Nullable Protocol said) {
        return switch (said) {
            case null -> Protocol.HTTP;
            case HTTP -> Protocol.HTTP;
            case H2C -> Protocol.H2C;
            case HTTPS -> Protocol.HTTPS;
            case H2 -> Protocol.H2;
        };
    }

    private static CheckSettings check(ServerOptions options) {
        return options.checkIntervalMs() == 0
                ? CheckSettings.NONE
                : new CheckSettings(
                        Duration.ofMillis(options.checkIntervalMs()),
                        options.fall(),
                        options.rise());
    }
}
