package io.signalbox.renderer.core;

import io.signalbox.haproxy.IllegalValue;
import io.signalbox.haproxy.Route;
import io.signalbox.haproxy.RoutePattern;
import io.signalbox.renderer.core.RouteTable.Claim;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.Declaration;
import io.signalbox.schemas.RouteMatch;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a declared route means to a group. */
final class DeclaredRoute {
    private DeclaredRoute() {}

    /** Why HAProxy cannot have the route; null when it can. */
    static @Nullable String against(Declaration.Route route) {
        try {
            Route unused =
                    Route.of(
                            new HeldRoute(
                                    route.host(), route.path(), Instant.EPOCH, route.match()));
            return unused.pattern().host().equals(route.host())
                    ? null
                    : "it is not in its normal form";
        } catch (IllegalValue e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What it asks of a request; HAProxy must be able to have it. */
    static RoutePattern pattern(Declaration.Route route) {
        return RoutePattern.of(route.host(), route.path(), route.match());
    }

    /** What a held route asks of a request; empty for what HAProxy cannot have. */
    static Optional<RoutePattern> pattern(HeldRoute route) {
        try {
            return Optional.of(RoutePattern.of(route.host(), route.path(), route.match()));
        } catch (IllegalValue e) {
            return Optional.empty();
        }
    }

    /** How the service claims it, since that time. */
    static Claim claim(Declaration.Route route, Instant since) {
        RouteMatch match = route.match();
        return match == null
                ? Claim.whole(since)
                : new Claim(since, match.percent(), match.percentSticky());
    }

    /** Whether both ask the same of a request. */
    static boolean isSame(Declaration.Route one, Declaration.Route other) {
        return one.host().equals(other.host())
                && one.path().equals(other.path())
                && Objects.equals(whole(one.match()), whole(other.match()));
    }

    private static @Nullable RouteMatch whole(@Nullable RouteMatch match) {
        return match == null ? null : match.sharing(null, false).orNull();
    }

    /** The route as the part of the service that holds it, or a share of it, says it. */
    static HeldRoute held(
            RoutePattern route, Instant since, @Nullable Integer percent, boolean sticky) {
        return new HeldRoute(
                route.host(), route.path(), since, route.match().sharing(percent, sticky).orNull());
    }
}
