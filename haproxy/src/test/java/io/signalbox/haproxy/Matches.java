package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch;
import io.signalbox.schemas.RouteMatch.FieldMatch;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What routes of tests ask for: nothing at first, then more with each method. */
record Matches(RouteMatch match) {
    static final Matches ANY = new Matches(RouteMatch.NONE);

    static Route route(String host, String path, Matches matches) {
        return new Route(RoutePattern.of(host, path, matches.match), Optional.empty(), false);
    }

    private Matches with(
            HostKind host,
            PathKind path,
            List<String> excluded,
            List<String> methods,
            List<FieldMatch> headers,
            List<FieldMatch> queries) {
        return new Matches(
                new RouteMatch(
                        host,
                        path,
                        excluded,
                        methods,
                        headers,
                        queries,
                        match.entryPoints(),
                        match.scheme(),
                        match.webSocket(),
                        match.sources(),
                        match.priority(),
                        null,
                        false));
    }

    Matches host(HostKind kind) {
        return with(
                kind,
                match.pathKind(),
                match.excludedPaths(),
                match.methods(),
                match.headers(),
                match.queries());
    }

    Matches path(PathKind kind) {
        return with(
                match.hostKind(),
                kind,
                match.excludedPaths(),
                match.methods(),
                match.headers(),
                match.queries());
    }

    Matches excluded(String... paths) {
        return with(
                match.hostKind(),
                match.pathKind(),
                List.of(paths),
                match.methods(),
                match.headers(),
                match.queries());
    }

    Matches method(String... methods) {
        return with(
                match.hostKind(),
                match.pathKind(),
                match.excludedPaths(),
                List.of(methods),
                match.headers(),
                match.queries());
    }

    Matches header(String name, FieldMatch.Kind kind, String value) {
        return with(
                match.hostKind(),
                match.pathKind(),
                match.excludedPaths(),
                match.methods(),
                List.of(new FieldMatch(name, kind, value)),
                match.queries());
    }

    Matches query(String name, FieldMatch.Kind kind, String value) {
        return with(
                match.hostKind(),
                match.pathKind(),
                match.excludedPaths(),
                match.methods(),
                match.headers(),
                List.of(new FieldMatch(name, kind, value)));
    }

    Matches from(
            List<String> entryPoints,
            String scheme,
            @Nullable Boolean webSocket,
            List<String> sources) {
        return new Matches(
                new RouteMatch(
                        match.hostKind(),
                        match.pathKind(),
                        match.excludedPaths(),
                        match.methods(),
                        match.headers(),
                        match.queries(),
                        entryPoints,
                        scheme,
                        webSocket,
                        sources,
                        match.priority(),
                        null,
                        false));
    }

    Matches priority(int priority) {
        return new Matches(
                new RouteMatch(
                        match.hostKind(),
                        match.pathKind(),
                        match.excludedPaths(),
                        match.methods(),
                        match.headers(),
                        match.queries(),
                        match.entryPoints(),
                        match.scheme(),
                        match.webSocket(),
                        match.sources(),
                        priority,
                        null,
                        false));
    }
}
