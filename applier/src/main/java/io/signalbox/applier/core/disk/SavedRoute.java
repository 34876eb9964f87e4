package io.signalbox.applier.core.disk;

import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.Optional;

/** A route of a saved configuration as bytes. */
final class SavedRoute {
    private static final int NONE = -1;

    /** Stands in the place of the path's kind in a route of connections. */
    private static final String TCP = "TCP";

    private SavedRoute() {}

    static void write(BytesOut out, Route route) {
        RoutePattern pattern = route.pattern();
        RouteMatch match = pattern.match();
        out.text(pattern.host());
        out.text(pattern.path());
        out.flag(route.isPlain());
        if (!route.isPlain()) {
            write(out, match);
            out.number(route.share().orElse(NONE));
            out.flag(route.sticky());
        }
    }

    private static void write(BytesOut out, RouteMatch match) {
        out.text(match.hostKind().name());
        out.text(match.tcp() ? TCP : match.pathKind().name());
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
    }

    private static void write(BytesOut out, FieldMatch field) {
        out.text(field.name());
        out.text(field.kind().name());
        out.text(field.value());
    }

    static Route read(BytesIn in) {
        String host = in.text();
        String path = in.text();
        if (in.flag()) {
            return new Route(new RoutePattern(host, path), Optional.empty(), false);
        }
        return new Route(RoutePattern.of(host, path, match(in)), optional(in.number()), in.flag());
    }

    private static RouteMatch match(BytesIn in) {
        HostKind host = HostKind.valueOf(in.text());
        String kind = in.text();
        boolean tcp = kind.equals(TCP);
        return new RouteMatch(
                host,
                tcp ? PathKind.PREFIX : PathKind.valueOf(kind),
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
                false,
                tcp);
    }

    private static Optional<Integer> optional(long number) {
        return number == NONE ? Optional.empty() : Optional.of((int) number);
    }

    private static FieldMatch field(BytesIn in) {
        return new FieldMatch(in.text(), FieldMatch.Kind.valueOf(in.text()), in.text());
    }
}
