package io.signalbox.renderer.core;

import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Server;
import io.signalbox.schemas.ConfigRecord.Service;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what changes HAProxy from what only changes what is said: notes, causes, times. */
final class Effects {
    private Effects() {}

    /** Whether HAProxy does the same with both contents. */
    static boolean same(@Nullable Content before, Content after) {
        if (!(before instanceof Service one) || !(after instanceof Service other)) {
            return after.equals(before);
        }
        return one.backend().equals(other.backend())
                && one.serverOptions().equals(other.serverOptions())
                && one.policy().equals(other.policy())
                && sameRoutes(one.routes(), other.routes())
                && sameServers(one.servers(), other.servers());
    }

    private static boolean sameRoutes(List<HeldRoute> one, List<HeldRoute> other) {
        return one.stream()
                .map(Effects::untimed)
                .toList()
                .equals(other.stream().map(Effects::untimed).toList());
    }

    private static HeldRoute untimed(HeldRoute route) {
        return new HeldRoute(route.host(), route.path(), Instant.EPOCH, route.match());
    }

    private static boolean sameServers(List<Server> one, List<Server> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int at = 0; at < one.size(); at++) {
            Server server = one.get(at);
            if (!server.equals(withCause(other.get(at), server))) {
                return false;
            }
        }
        return true;
    }

    private static Server withCause(Server server, Server of) {
        return new Server(
                server.name(),
                server.host(),
                server.container(),
                server.startedAt(),
                server.weight(),
                server.stopping(),
                server.candidates(),
                of.cause());
    }
}
