package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import java.util.List;

/**
 * The text that stands for a route: names of splits are made from it, and routes of the same rank
 * stand in its order. Running proxies have such names and clients have such cookies, so it must
 * never change for a route that could be said before: what is added to routes is written only where
 * it is said.
 */
final class RouteIdentity {
    private static final String NOTHING = written(RouteMatch.NONE);

    private RouteIdentity() {}

    static String of(RoutePattern route) {
        return "RoutePattern[host="
                + value(route.host())
                + ", path="
                + value(route.path())
                + ", match="
                + of(route.match())
                + "]";
    }

    static String of(RouteMatch match) {
        return match.equals(RouteMatch.NONE) ? NOTHING : written(match);
    }

    /** By text. */
    static int compare(RouteMatch one, RouteMatch other) {
        return one.equals(other) ? 0 : of(one).compareTo(of(other));
    }

    /**
     * A value that does not look like the end of its field: what stands between fields gets a
     * character into it that no value has.
     */
    private static String value(String value) {
        return value.replace(", ", ",\n ");
    }

    private static String written(RouteMatch match) {
        return "RouteMatch[hostKind="
                + match.hostKind()
                + ", pathKind="
                + match.pathKind()
                + ", excludedPaths="
                + list(match.excludedPaths())
                + ", methods="
                + list(match.methods())
                + ", headers="
                + fields(match.headers())
                + ", queries="
                + fields(match.queries())
                + ", entryPoints="
                + list(match.entryPoints())
                + ", scheme="
                + match.scheme()
                + ", webSocket="
                + match.webSocket()
                + ", sources="
                + list(match.sources())
                + ", priority="
                + match.priority()
                + ", percent="
                + match.percent()
                + ", percentSticky="
                + match.percentSticky()
                + (match.tcp() ? ", tcp=true]" : "]");
    }

    private static String list(List<String> values) {
        return "[" + String.join(", ", values) + "]";
    }

    private static String fields(List<FieldMatch> fields) {
        return list(fields.stream().map(RouteIdentity::field).toList());
    }

    private static String field(FieldMatch field) {
        return "FieldMatch[name="
                + field.name()
                + ", kind="
                + field.kind()
                + ", value="
                + value(field.value())
                + "]";
    }
}
