package io.signalbox.bench.routes;

import io.signalbox.cli.load.HttpConnection;
import io.signalbox.haproxy.MapEntry;
import io.signalbox.haproxy.Reply;
import io.signalbox.haproxy.RuntimeCommand;
import io.signalbox.schemas.ConfigRecord.HeldRoute;
import io.signalbox.schemas.RouteMatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Compares HAProxys that differ in their routes only, run by run side by side. */
public final class RoutesBench {
    private static final int CONNECTIONS = 4;
    private static final int TIMEOUT_MS = 10_000;
    private static final int CHANGES = 200;
    private static final int PATTERNS = 100;
    private static final RouteMatch EXPRESSION =
            new RouteMatch(
                    RouteMatch.HostKind.REGEX,
                    RouteMatch.PathKind.PREFIX,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    null,
                    List.of(),
                    null,
                    null,
                    false);
    private static final double MOST_MORE = 1.10;
    private static final double MOST_CHANGE_MS = 20;

    private final Path binary;
    private final int many;
    private final int requests;
    private final int runs;

    /** A benchmark of that many routes, requests of each run, and runs. */
    public RoutesBench(Path binary, int many, int requests, int runs) {
        this.binary = binary;
        this.many = many;
        this.requests = requests;
        this.runs = runs;
    }

    /** Measures, prints, and says whether the limits are kept. */
    public boolean measure() throws IOException, InterruptedException, ExecutionException {
        Path directory = Files.createTempDirectory("signalbox");
        List<HeldRoute> routes = routes(many);
        try (Responder application = new Responder();
                RoutedHaproxy one =
                        new RoutedHaproxy(
                                binary, directory.resolve("one"), routes(1), application.port());
                RoutedHaproxy all =
                        new RoutedHaproxy(
                                binary, directory.resolve("many"), routes, application.port())) {
            load(one, 1, requests / 4);
            load(all, many, requests / 4);
            List<Double> few = new ArrayList<>();
            List<Double> full = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                few.add(load(one, 1, requests));
                full.add(load(all, many, requests));
                ratios.add(full.getLast() / few.getLast());
            }
            double ratio = median(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "1 route: %.1f us of CPU a request; %d exact hosts and path prefixes: %.1f us"
                            + " (%+.1f %%)%n",
                    median(few),
                    many,
                    median(full),
                    (ratio - 1) * 100);
            double change = change(all);
            patterns(application, directory.resolve("patterns"), one);
            return ratio <= MOST_MORE && change <= MOST_CHANGE_MS;
        }
    }

    /** The same request beside routes with regular expressions, each of which is tried. */
    private void patterns(Responder application, Path directory, RoutedHaproxy one)
            throws IOException, InterruptedException, ExecutionException {
        List<HeldRoute> routes = new ArrayList<>(routes(1));
        for (int number = 0; number < PATTERNS; number++) {
            routes.add(
                    new HeldRoute(
                            "shop-[a-z]+-" + number + "\\.example\\.(com|org)",
                            "/",
                            Instant.EPOCH,
                            EXPRESSION));
        }
        List<Double> ratios = new ArrayList<>();
        try (RoutedHaproxy patterns =
                new RoutedHaproxy(binary, directory, routes, application.port())) {
            load(patterns, 1, requests / 4);
            for (int run = 0; run < runs; run++) {
                double few = load(one, 1, requests);
                ratios.add(load(patterns, 1, requests) / few);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "beside %d routes with a regular expression for the host: %+.0f %%%n",
                PATTERNS,
                (median(ratios) - 1) * 100);
    }

    /** Hosts with two paths each. */
    private static List<HeldRoute> routes(int many) {
        List<HeldRoute> routes = new ArrayList<>();
        for (int number = 0; number < many; number++) {
            String path = number % 2 == 0 ? "/" : "/api/v" + number % 7;
            routes.add(new HeldRoute(host(number), path, Instant.EPOCH));
        }
        return routes;
    }

    private static String host(int number) {
        return "shop-" + number / 2 + ".customers.example.com";
    }

    /** CPU time of one request in microseconds; every answer must be a good one. */
    private double load(RoutedHaproxy haproxy, int routes, int count)
            throws IOException, InterruptedException, ExecutionException {
        long before = haproxy.cpuTime().toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(client);
                all.add(
                        clients.submit(
                                () -> {
                                    ask(haproxy.port(), routes, count / CONNECTIONS, random);
                                    return null;
                                }));
            }
            for (Future<?> client : all) {
                client.get();
            }
        }
        return (haproxy.cpuTime().toNanos() - before) / 1e3 / count;
    }

    private static void ask(int port, int routes, int count, RandomGenerator random)
            throws IOException {
        try (HttpConnection connection =
                new HttpConnection(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        TIMEOUT_MS)) {
            for (int request = 0; request < count; request++) {
                int number = random.nextInt(routes);
                String path = number % 2 == 0 ? "/index.html" : "/api/v" + number % 7 + "/items";
                int status = connection.send("GET", host(number), path, true).status();
                if (status != 200) {
                    throw new IOException(host(number) + path + " was answered with " + status);
                }
            }
        }
    }

    /** The time of a command that sets one entry among all of them, p99 in milliseconds. */
    private double change(RoutedHaproxy haproxy) throws IOException {
        List<Double> times = new ArrayList<>();
        String value = value(haproxy);
        for (int change = 0; change < CHANGES; change++) {
            String key = host(2 * (change % (many / 2))) + "/";
            long began = System.nanoTime();
            Reply reply =
                    haproxy.run(
                                    new RuntimeCommand.SetMapEntry(
                                            haproxy.routes(), new MapEntry(key, value)))
                            .getFirst();
            times.add((System.nanoTime() - began) / 1e6);
            if (!(reply instanceof Reply.Ok)) {
                throw new IOException("HAProxy refused to set " + key + ": " + reply);
            }
        }
        Collections.sort(times);
        double p99 = times.get(CHANGES * 99 / 100 - 1);
        System.out.printf(
                Locale.ROOT,
                "a change of one of %d: p50 %.2f ms, p99 %.2f ms, no reload%n",
                many,
                median(times),
                p99);
        return p99;
    }

    private String value(RoutedHaproxy haproxy) throws IOException {
        Reply reply = haproxy.run(new RuntimeCommand.ShowMap(haproxy.routes())).getFirst();
        String first = reply.text().lines().findFirst().orElseThrow();
        return first.substring(first.lastIndexOf(' ') + 1);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
