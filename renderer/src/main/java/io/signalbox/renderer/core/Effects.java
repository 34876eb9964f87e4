package io.signalbox.renderer.core;

import io.signalbox.schemas.Cause;
import io.signalbox.schemas.ConfigRecord.Content;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.ConfigRecord.Service;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what changes HAProxy from what only changes what is said: notes, causes, times. */
final class Effects {
    private static final Cause ANY = new Cause(0, 0, "", null, Instant.EPOCH, Instant.EPOCH, null);

    private Effects() {}

    /** Whether HAProxy does the same with both contents. */
    static boolean same(@Nullable Content before, Content after) {
        return (before instanceof Service one && after instanceof Service other)
                ? wordless(one).equals(wordless(other))
                : after.equals(before);
    }

    private static Service wordless(Service service) {
        return service.with(
                service.servers().stream().map(server -> server.withCause(ANY)).toList(),
                service.routes().stream().map(Effects::untimed).toList(),
                List.of());
    }

    private static HeldRoute untimed(HeldRoute route) {
        return new HeldRoute(route.host(), route.path(), Instant.EPOCH, route.match());
    }
}
