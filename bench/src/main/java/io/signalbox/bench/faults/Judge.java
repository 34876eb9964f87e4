package io.signalbox.bench.faults;

import io.signalbox.bench.faults.EngineClient.Found;
import io.signalbox.cli.load.HttpConnection;
import io.signalbox.cli.load.HttpConnection.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says whether HAProxy serves what the engine runs: the engine's word against HAProxy's runtime
 * socket, and then real requests. Knows nothing of Signalbox but how a server's name ends.
 * Thread-safe.
 */
final class Judge {
    private static final Pattern ANSWERED_BY = Pattern.compile("\"host\":\"(\\w+)\"");
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int TIMEOUT_MS = 5_000;
    private static final int REQUESTS_PER_CONTAINER = 40;
    private static final int PORT = 8080;

    private final EngineClient engine;
    private final ProxySocket socket;
    private final InetSocketAddress proxy;
    private final Set<String> services = new ConcurrentSkipListSet<>();
    private final Set<String> leftOut = new ConcurrentSkipListSet<>();

    Judge(EngineClient engine, ProxySocket socket, InetSocketAddress proxy) {
        this.engine = engine;
        this.socket = socket;
        this.proxy = proxy;
    }

    /**
     * Waits until HAProxy serves what the engine runs, and requests confirm it.
     *
     * @param sinceNanos when it could have begun to, by {@link System#nanoTime}
     * @return the time from then until the runtime socket agreed with the engine for good
     * @throws NotConverged with the last difference
     */
    Duration converge(long sinceNanos, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String difference;
        do {
            difference = difference(engine::list);
            if (difference.isEmpty()) {
                long agreed = System.nanoTime();
                difference = difference(engine::inspectAll) + requests();
                if (difference.isEmpty()) {
                    return Duration.ofNanos(Math.max(0, agreed - sinceNanos));
                }
            }
            Thread.sleep(PAUSE);
        } while (System.nanoTime() < end);
        throw new NotConverged(difference);
    }

    /** Does not look at a service: whether it is to be served, the case itself judges. */
    void leaveOut(String service) {
        leftOut.add(service);
    }

    /** Looks at it again. */
    void take(String service) {
        leftOut.remove(service);
    }

    /**
     * What HAProxy serves and the engine does not run, or the other way round; empty if nothing.
     */
    String difference() {
        return difference(engine::list);
    }

    private String difference(Supplier<List<Found>> truth) {
        try {
            Map<String, Found> running = new TreeMap<>();
            Map<String, String> serving = socket.serving();
            for (Found container : truth.get()) {
                services.add(container.service());
                if (leftOut.contains(container.service())) {
                    serving.remove(container.shortId());
                } else if (container.running() && !container.addresses().isEmpty()) {
                    running.put(container.shortId(), container);
                }
            }
            return difference(running, serving);
        } catch (IOException | RuntimeException e) {
            return e.toString();
        }
    }

    private static String difference(Map<String, Found> running, Map<String, String> serving) {
        Set<String> wrong = new TreeSet<>();
        for (Map.Entry<String, Found> entry : running.entrySet()) {
            Set<String> right =
                    entry.getValue().addresses().stream()
                            .map(address -> address + ":" + PORT)
                            .collect(Collectors.toSet());
            String served = serving.getOrDefault(entry.getKey(), "nothing");
            if (!right.contains(served)) {
                wrong.add(
                        "%s %s is at %s, HAProxy has %s"
                                .formatted(
                                        entry.getValue().service(), entry.getKey(), right, served));
            }
        }
        Set<String> surplus = new TreeSet<>(serving.keySet());
        surplus.removeAll(running.keySet());
        surplus.forEach(id -> wrong.add(id + " does not run, HAProxy serves " + serving.get(id)));
        return wrong.isEmpty() ? "" : wrong.size() + " differ: " + wrong.iterator().next();
    }

    /** Asks every service that ever was, until each of its containers has answered. */
    private String requests() {
        Map<String, Set<String>> wanted =
                engine.list().stream()
                        .filter(Found::running)
                        .collect(
                                Collectors.groupingBy(
                                        Found::service,
                                        Collectors.mapping(Found::shortId, Collectors.toSet())));
        for (String service : services) {
            if (leftOut.contains(service)) {
                continue;
            }
            Set<String> missing = new HashSet<>(wanted.getOrDefault(service, Set.of()));
            Set<String> right = Set.copyOf(missing);
            int tries = Math.max(2, right.size() * REQUESTS_PER_CONTAINER);
            for (int i = 0; i < tries && (!missing.isEmpty() || right.isEmpty()); i++) {
                String answer = answer(EngineClient.hostOf(service));
                boolean good = right.isEmpty() ? answer.matches("404|503") : right.contains(answer);
                if (!good) {
                    return service + " is answered by " + answer + ", not by one of " + right;
                }
                missing.remove(answer);
            }
            if (!missing.isEmpty()) {
                return service + " is never answered by " + missing;
            }
        }
        return "";
    }

    private String answer(String host) {
        try (HttpConnection connection = new HttpConnection(proxy, TIMEOUT_MS)) {
            Response response = connection.send("GET", host, "/", false);
            Matcher matcher = ANSWERED_BY.matcher(response.body());
            return response.status() == 200 && matcher.find()
                    ? matcher.group(1)
                    : Integer.toString(response.status());
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** HAProxy did not come to serve what the engine runs in time. */
    static final class NotConverged extends RuntimeException {
        NotConverged(String difference) {
            super("not converged: " + difference);
        }
    }
}
