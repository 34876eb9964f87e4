package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cookie values of servers that have their own as bytes: behind all the rest and under a name,
 * if there are any, so that what does without them is what it always was.
 */
final class SavedCookies {
    static final String NAME = "cookies";

    private SavedCookies() {}

    static void write(BytesOut out, Collection<WantedService> services) {
        List<WantedService> some =
                services.stream().filter(service -> !ofServers(service).isEmpty()).toList();
        if (some.isEmpty()) {
            return;
        }
        out.text(NAME);
        out.list(
                some,
                service -> {
                    out.text(service.name());
                    out.list(
                            ofServers(service),
                            server -> {
                                out.text(server.name());
                                out.text(server.cookie());
                            });
                });
    }

    private static List<WantedServer> ofServers(WantedService service) {
        return service.servers().stream().filter(server -> !server.cookie().isEmpty()).toList();
    }

    static void read(BytesIn in, Map<String, WantedService> services) {
        in.list(() -> Map.entry(in.text(), cookies(in)))
                .forEach(
                        saved ->
                                services.computeIfPresent(
                                        saved.getKey(),
                                        (_, service) -> service.withCookies(saved.getValue())));
    }

    private static Map<String, String> cookies(BytesIn in) {
        Map<String, String> byServer = new HashMap<>();
        in.list(() -> Map.entry(in.text(), in.text()))
                .forEach(cookie -> byServer.put(cookie.getKey(), cookie.getValue()));
        return byServer;
    }
}
