package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.FurtherOptions;
import io.signalbox.schemas.ConfigRecord.Note;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import io.signalbox.schemas.Policy.Servers;
import io.signalbox.schemas.Policy.Servers.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service of a saved configuration as bytes. */
final class SavedService {
    private static final int NOTHING = -1;

    private SavedService() {}

    static void write(BytesOut out, WantedService service) {
        out.text(service.name());
        out.texts(service.backend());
        out.number(service.options().checkIntervalMs());
        out.number(service.options().fall());
        out.number(service.options().rise());
        write(out, service.options().further());
        time(out, service.drain().orElse(null));
        out.list(
                service.servers(),
                server -> {
                    write(out, server);
                    out.flag(server.backup());
                });
        out.list(service.routes(), route -> SavedRoute.write(out, route));
        out.list(
                service.leftOut(),
                note -> {
                    out.text(note.code());
                    out.text(note.subject());
                    out.text(note.message());
                });
    }

    static WantedService read(BytesIn in) {
        return new WantedService(
                in.text(),
                in.texts(),
                new ServerOptions(in.number(), (int) in.number(), (int) in.number(), further(in)),
                Optional.ofNullable(time(in)),
                in.list(
                        () -> {
                            WantedServer server = server(in);
                            return in.flag() ? server.asBackup() : server;
                        }),
                in.list(() -> SavedRoute.read(in)),
                notes(in));
    }

    /** A service of the first format. */
    static WantedService readFirst(BytesIn in) {
        return new WantedService(
                in.text(),
                in.texts(),
                new ServerOptions(in.number(), (int) in.number(), (int) in.number()),
                Optional.empty(),
                in.list(() -> server(in)),
                in.list(() -> Route.plain(new RouteKey(in.text(), in.text()))),
                notes(in));
    }

    /** The drain times of the first format, behind all the rest. */
    static void readDrains(BytesIn in, Map<String, WantedService> services) {
        if (in.goesOn()) {
            in.list(() -> Map.entry(in.text(), Duration.ofNanos(in.number())))
                    .forEach(
                            drain ->
                                    services.computeIfPresent(
                                            drain.getKey(),
                                            (_, service) -> service.draining(drain.getValue())));
        }
    }

    private static List<Note> notes(BytesIn in) {
        return in.list(() -> new Note(in.text(), in.text(), in.text()));
    }

    private static void write(BytesOut out, WantedServer server) {
        out.text(server.name());
        out.text(server.run());
        out.text(server.address());
        out.number(server.port());
        out.flag(server.proxied());
        out.number(server.weight());
        out.flag(server.stopping());
    }

    private static WantedServer server(BytesIn in) {
        return new WantedServer(
                in.text(),
                in.text(),
                in.text(),
                (int) in.number(),
                in.flag(),
                (int) in.number(),
                in.flag());
    }

    private static void write(BytesOut out, FurtherOptions further) {
        Servers servers = further.servers();
        out.flag(further.cookie());
        number(out, servers.maxConnections());
        number(out, servers.maxQueue());
        time(out, servers.slowStart());
        number(out, servers.errorLimit());
        Protocol protocol = servers.protocol();
        out.text(protocol == null ? "" : protocol.name());
        number(out, servers.proxyProtocol());
    }

    private static FurtherOptions further(BytesIn in) {
        boolean cookie = in.flag();
        Integer maxConnections = number(in);
        Integer maxQueue = number(in);
        Duration slowStart = time(in);
        Integer errorLimit = number(in);
        String protocol = in.text();
        return new FurtherOptions(
                cookie,
                new Servers(
                        maxConnections,
                        maxQueue,
                        slowStart,
                        errorLimit,
                        protocol.isEmpty() ? null : Protocol.valueOf(protocol),
                        number(in)));
    }

    private static void number(BytesOut out, @Nullable Integer value) {
        out.number(value == null ? NOTHING : value);
    }

    private static @Nullable Integer number(BytesIn in) {
        long value = in.number();
        return value == NOTHING ? null : Integer.valueOf((int) value);
    }

    private static void time(BytesOut out, @Nullable Duration value) {
        out.number(value == null ? NOTHING : value.toNanos());
    }

    private static @Nullable Duration time(BytesIn in) {
        long nanos = in.number();
        return nanos == NOTHING ? null : Duration.ofNanos(nanos);
    }
}
