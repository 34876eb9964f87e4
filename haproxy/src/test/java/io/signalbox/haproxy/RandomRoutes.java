package io.signalbox.haproxy;

import io.signalbox.schemas.RouteMatch.FieldMatch.Kind;
import io.signalbox.schemas.RouteMatch.HostKind;
import io.signalbox.schemas.RouteMatch.PathKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/** Random routes and requests, and a model of which route a request takes. */
final class RandomRoutes {
    private static final List<String> HOSTS = List.of("a.b", "b", "x.a.b", "y.x.a.b", "c.b", "a.c");
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", ".well-known");

    private RandomRoutes() {}

    record Claim(String service, Route route) {}

    record Request(String host, String path, String method, boolean header) {
        String head() {
            return method
                    + " "
                    + path
                    + " HTTP/1.1\r\nHost: "
                    + host
                    + (header ? "\r\nX-A: 1" : "");
        }
    }

    static Request request(Random random) {
        return new Request(
                one(random, HOSTS),
                path(random, 4) + (random.nextInt(5) == 0 ? "/" : ""),
                random.nextBoolean() ? "GET" : "POST",
                random.nextBoolean());
    }

    static Claim route(Random random, int number) {
        var matches = Matches.ANY;
        var host = "";
        switch (random.nextInt(6)) {
            case 0 -> {
                host = "*." + one(random, HOSTS);
                matches = matches.host(HostKind.WILDCARD);
            }
            case 1 -> {
                host = one(random, List.of("a", "x.a", "c")) + ".*";
                matches = matches.host(HostKind.PREFIX);
            }
            case 2 -> {
                host = one(random, List.of("[ac]\\.b", "(x\\.)?a\\..+", ".*b"));
                matches = matches.host(HostKind.REGEX);
            }
            case 3, 4 -> host = one(random, HOSTS);
            default -> {
                // Any.
            }
        }
        var path = path(random, 3);
        switch (random.nextInt(8)) {
            case 0 -> {
                path = path.equals("/") ? "/a" : path;
                matches = matches.path(PathKind.BEGINNING);
            }
            case 1 -> matches = matches.path(PathKind.EXACT);
            case 2 -> {
                path = path.equals("/") ? "/*" : path + "*";
                matches = matches.path(PathKind.WILDCARD);
            }
            case 3 -> {
                path = one(random, List.of("/[ab].*", "/.*b", "(/a)?/b"));
                matches = matches.path(PathKind.REGEX);
            }
            default -> {
                // Prefix.
            }
        }
        matches = random.nextInt(4) == 0 ? matches.method("GET") : matches;
        matches = random.nextInt(5) == 0 ? matches.header("x-a", Kind.PRESENT, "") : matches;
        matches = random.nextInt(6) == 0 ? matches.excluded("/a/b", "/b") : matches;
        matches = random.nextInt(8) == 0 ? matches.priority(1 + random.nextInt(3)) : matches;
        return new Claim(
                "s" + number,
                new Route(RoutePattern.of(host, path, matches.match()), Optional.empty(), false));
    }

    /** The service of the route that goes first of all that fit; "" for none. */
    static String model(SortedMap<String, List<Route>> routes, Request request) {
        return routes.entrySet().stream()
                .flatMap(all -> all.getValue().stream().map(r -> new Claim(all.getKey(), r)))
                .filter(claim -> fits(claim.route().pattern(), request))
                .min(firstOf(routes))
                .map(claim -> first(routes, claim))
                .orElse("");
    }

    /** Of services that claim the same route, the first by name has it. */
    private static String first(SortedMap<String, List<Route>> routes, Claim claim) {
        return routes.entrySet().stream()
                .filter(
                        all ->
                                all.getValue().stream()
                                        .anyMatch(r -> r.pattern().equals(claim.route().pattern())))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static boolean fits(RoutePattern pattern, Request request) {
        var match = pattern.match();
        return pattern.fits(request.host(), request.path())
                && (match.methods().isEmpty() || match.methods().contains(request.method()))
                && (match.headers().isEmpty() || request.header());
    }

    private static Comparator<Claim> firstOf(SortedMap<String, List<Route>> routes) {
        return Comparator.<Claim>comparingInt(claim -> -priority(pattern(claim)))
                .thenComparingInt(claim -> hostKind(pattern(claim)))
                .thenComparingInt(
                        claim ->
                                hostKind(pattern(claim)) == 1 || hostKind(pattern(claim)) == 2
                                        ? -pattern(claim).host().length()
                                        : 0)
                .thenComparing(claim -> !literal(claim).matches("/\\.well-known(/.*)?"))
                .thenComparingInt(claim -> -literal(claim).replaceAll("[^/]", "").length())
                .thenComparingInt(claim -> -literal(claim).length())
                .thenComparingInt(claim -> pathKind(pattern(claim)))
                .thenComparingInt(claim -> -further(pattern(claim)))
                .thenComparing(claim -> first(routes, claim));
    }

    private static RoutePattern pattern(Claim claim) {
        return claim.route().pattern();
    }

    private static int priority(RoutePattern pattern) {
        var priority = pattern.match().priority();
        return priority == null ? 0 : priority;
    }

    private static int hostKind(RoutePattern pattern) {
        var kinds = List.of(HostKind.EXACT, HostKind.WILDCARD, HostKind.PREFIX, HostKind.REGEX);
        return pattern.host().isEmpty() ? 4 : kinds.indexOf(pattern.match().hostKind());
    }

    private static String literal(Claim claim) {
        var path = pattern(claim).path();
        return switch (pattern(claim).match().pathKind()) {
            case REGEX -> "";
            case WILDCARD -> path.replace("*", "");
            case PREFIX -> path.equals("/") ? "" : path;
            case EXACT, BEGINNING -> path;
        };
    }

    private static int pathKind(RoutePattern pattern) {
        return switch (pattern.match().pathKind()) {
            case EXACT -> 0;
            case PREFIX -> pattern.path().equals("/") ? 5 : 1;
            case BEGINNING -> 2;
            case WILDCARD -> 3;
            case REGEX -> 4;
        };
    }

    private static int further(RoutePattern pattern) {
        var match = pattern.match();
        return (match.methods().isEmpty() ? 0 : 1)
                + match.headers().size()
                + (match.excludedPaths().isEmpty() ? 0 : 1);
    }

    private static String path(Random random, int most) {
        var path = new StringBuilder();
        for (var i = random.nextInt(most); i > 0; i--) {
            path.append('/').append(one(random, SEGMENTS));
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
