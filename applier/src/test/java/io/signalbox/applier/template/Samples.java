package io.signalbox.applier.template;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.applier.core.template.TemplateData;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RouteKey;
import io.signalbox.schemas.ConfigRecord.ServerOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services to try templates on. */
final class Samples {
    private Samples() {}

    static TemplateData data() {
        return TemplateData.of(
                "default",
                List.of(
                        service(
                                "web",
                                List.of(Route.plain(new RouteKey("shop.example.com", "/cart"))),
                                server("web.abc", "2001:db8::5", 80, false)),
                        service(
                                "stupid_server",
                                List.of(),
                                server("stupid_server.server-2", "10.10.10.11", 9000, false),
                                server("stupid_server.server-1", "10.10.10.10", 9000, false),
                                server("stupid_server.server-3", "10.10.10.12", 9000, true))),
                Map.of("web.abc", "host-a"));
    }

    private static WantedService service(String name, List<Route> routes, WantedServer... servers) {
        return new WantedService(
                name,
                List.of(),
                new ServerOptions(2000, 3, 1),
                Optional.empty(),
                List.of(servers),
                routes,
                List.of());
    }

    private static WantedServer server(String name, String address, int port, boolean stopping) {
        return new WantedServer(name, "", address, port, false, 1, stopping);
    }
}
