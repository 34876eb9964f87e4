package io.signalbox.applier.core.disk;

import io.signalbox.applier.core.disk.SavedText.In;
import io.signalbox.applier.core.disk.SavedText.Out;
import io.signalbox.applier.core.plan.Wanted;
import io.signalbox.applier.core.plan.WantedService;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The routes of a saved configuration that ask for more than host and path, or are shared. */
final class SavedRoutes {
    private static final int NONE = -1;

    private SavedRoutes() {}

    /** Such a route of one service. */
    private record Of(String service, Route route) {}

    /** Whether there are any. */
    static boolean isIn(Wanted wanted) {
        return wanted.services().values().stream()
                .anyMatch(service -> !service.routes().stream().allMatch(Route::isPlain));
    }

    static void write(Out out, Wanted wanted) {
        List<Of> routes = new ArrayList<>();
        for (WantedService service : wanted.services().values()) {
            service.routes().stream()
                    .filter(route -> !route.isPlain())
                    .forEach(route -> routes.add(new Of(service.name(), route)));
        }
        if (!routes.isEmpty()) {
            out.list(routes, of -> write(out, of));
        }
    }

    private static void write(Out out, Of of) {
        RoutePattern pattern = of.route().pattern();
        RouteMatch match = pattern.match();
        out.text(of.service());
        out.text(pattern.host());
        out.text(pattern.path());
        out.text(match.hostKind().name());
        out.text(match.pathKind().name());
        out.texts(match.excludedPaths());
        out.texts(match.methods());
        out.list(match.headers(), field -> write(out, field));
        out.list(match.queries(), field -> write(out, field));
        out.texts(match.entryPoints());
        out.text(match.scheme());
        Boolean webSocket = match.webSocket();
        out.text(webSocket == null ? "" : webSocket.toString());
        out.texts(match.sources());
        Integer priority = match.priority();
        out.number(priority == null ? NONE : priority);
        out.number(of.route().share().orElse(NONE));
        out.flag(of.route().sticky());
    }

    private static void write(Out out, FieldMatch field) {
        out.text(field.name());
        out.text(field.kind().name());
        out.text(field.value());
    }

    static void read(In in, SortedMap<String, WantedService> services) {
        if (!in.goesOn()) {
            return;
        }
        for (Of of : in.list(() -> read(in))) {
            services.computeIfPresent(of.service(), (_, service) -> service.with(of.route()));
        }
    }

    private static Of read(In in) {
        String service = in.text();
        String host = in.text();
        String path = in.text();
        RouteMatch match =
                new RouteMatch(
                        HostKind.valueOf(in.text()),
                        PathKind.valueOf(in.text()),
                        in.texts(),
                        in.texts(),
                        in.list(() -> field(in)),
                        in.list(() -> field(in)),
                        in.texts(),
                        in.text(),
                        switch (in.text()) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> null;
                        },
                        in.texts(),
                        optional(in.number()).orElse(null),
                        null,
                        false);
        return new Of(
                service,
                new Route(RoutePattern.of(host, path, match), optional(in.number()), in.flag()));
    }

    private static Optional<Integer> optional(long number) {
        return number == NONE ? Optional.empty() : Optional.of((int) number);
    }

    private static FieldMatch field(In in) {
        return new FieldMatch(in.text(), FieldMatch.Kind.valueOf(in.text()), in.text());
    }
}
