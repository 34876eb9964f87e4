package io.signalbox.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.haproxy.RealHaproxy.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real HAProxy finds for random requests among random routes the service that the rule says. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class RoutingPropertyIT {

    private static final List<String> HOSTS = List.of("a.b", "b", "a.b.c", "x.a.b", "ab");
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "a%2Fb", "A", ".");
    private static final int REQUESTS = 300;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldFindTheMostSpecificRouteByWholeSegments(Release release) {
        Seeded.check(
                3,
                random -> {
                    var routes = routes(random);
                    var port = RealHaproxy.freePort();
                    try (var _ = start(release, port, routes)) {
                        for (var i = 0; i < REQUESTS; i++) {
                            var host = one(random, HOSTS);
                            var path = path(random, "");
                            var answer = new RealRequest(port).get(disguised(random, host), path);
                            assertThat(answer.header("x-service"))
                                    .as("%s%s among %s", host, path, routes)
                                    .isEqualTo(rule(routes, host, path));
                        }
                    }
                });
    }

    /** The rule, without maps and keys; "" for no service. */
    private static String rule(SortedMap<RouteKey, ServiceName> routes, String host, String path) {
        for (var from : List.of(host, "")) {
            var rest = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            while (true) {
                var here = rest;
                var service =
                        routes.entrySet().stream()
                                .filter(
                                        route ->
                                                route.getKey().host().equals(from)
                                                        && route.getKey()
                                                                .path()
                                                                .equals(
                                                                        here.isEmpty()
                                                                                ? "/"
                                                                                : here))
                                .findAny();
                if (service.isPresent()) {
                    return service.get().getValue().value();
                }
                if (rest.isEmpty()) {
                    break;
                }
                rest = rest.substring(0, rest.lastIndexOf('/'));
            }
        }
        return "";
    }

    private static SortedMap<RouteKey, ServiceName> routes(Random random) {
        var routes = new TreeMap<RouteKey, ServiceName>();
        for (var i = 0; i < 30; i++) {
            var host = random.nextInt(4) == 0 ? "" : one(random, HOSTS);
            var path = path(random, "/");
            routes.put(
                    new RouteKey(host, path.length() > 1 && path.endsWith("/") ? "/" : path),
                    new ServiceName("s" + i));
        }
        return routes;
    }

    private static String path(Random random, String atLeast) {
        var path = new StringBuilder(random.nextInt(8) == 0 ? "/" : "");
        for (var i = random.nextInt(4); i > 0; i--) {
            path.append('/').append(one(random, SEGMENTS));
        }
        if (atLeast.isEmpty() && random.nextInt(3) == 0) {
            path.append('/');
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static String disguised(Random random, String host) {
        var cased = random.nextBoolean() ? host : host.toUpperCase(Locale.ROOT);
        return cased + (random.nextBoolean() ? "" : ".") + (random.nextBoolean() ? "" : ":81");
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private RealHaproxy start(Release release, int port, SortedMap<RouteKey, ServiceName> routes)
            throws IOException {
        var files =
                new Configuration(
                                Frame.of(Samples.frame(new ListenAddress("127.0.0.1", port))),
                                List.of(),
                                List.of(),
                                routes,
                                1,
                                1)
                        .files(RealHaproxy.local(directory), release.version().capabilities());
        return RealHaproxy.start(release, directory, telling(files));
    }

    /** The same, and each answer says which service was found. */
    static Configuration.Files telling(Configuration.Files files) {
        var told =
                files.haproxyCfg()
                        .replaceAll(
                                "(?m)^( *)log-format .*$",
                                "$0\n$1http-after-response set-header x-service %[var(txn.service)]");
        assertThat(told).isNotEqualTo(files.haproxyCfg());
        return new Configuration.Files(told, files.maps());
    }
}
