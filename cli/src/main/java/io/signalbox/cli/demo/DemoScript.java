package io.signalbox.cli.demo;

import io.signalbox.cli.load.ApplyFeed;
import io.signalbox.cli.load.ApplyFeed.Effect;
import io.signalbox.cli.load.Containers;
import io.signalbox.cli.load.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;

/**
 * What the demonstration does to containers, over and over: scale up, add a service, roll to
 * another version, scale down, remove the service. Each step waits until HAProxy follows. Run by
 * one thread; {@link #services()} may be read by others.
 */
final class DemoScript {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STEADY = "shop";
    private static final String PASSING = "news";

    private final Containers docker;
    private final ApplyFeed feed;
    private final DemoLog log;
    private final Map<String, Deque<String>> services = new TreeMap<>();
    private int made;
    private int version = 1;

    DemoScript(Containers docker, ApplyFeed feed, DemoLog log) {
        this.docker = docker;
        this.feed = feed;
        this.log = log;
    }

    /** The host name that the load begins with. */
    static String steadyHost() {
        return host(STEADY);
    }

    /** Starts the first server of the steady service and waits until it is served. */
    void begin() throws InterruptedException, TimeoutException {
        start(STEADY, "new service " + STEADY);
        start("blog", "new service blog");
    }

    /** One whole round; ends early when interrupted. */
    void round(Load load) throws InterruptedException, TimeoutException {
        for (int i = 0; i < 3; i++) {
            start(STEADY, "scale up " + STEADY);
        }
        start(PASSING, "new service " + PASSING);
        load.add(host(PASSING));
        version = 3 - version;
        for (int left = count(STEADY); left > 0; left--) {
            start(STEADY, "roll " + STEADY + " to version " + version);
            stop(STEADY, "roll " + STEADY + ": stop the old one");
        }
        while (count(STEADY) > 1) {
            stop(STEADY, "scale down " + STEADY);
        }
        load.remove(host(PASSING));
        settle(load);
        stop(PASSING, "remove service " + PASSING);
    }

    /** How many containers each service has now. */
    synchronized Map<String, Integer> services() {
        Map<String, Integer> counts = new TreeMap<>();
        services.forEach((name, ids) -> counts.put(name, ids.size()));
        return counts;
    }

    private static String host(String service) {
        return service + ".demo";
    }

    /** Lets requests under way for a host that is asked for no longer come to their end. */
    private static void settle(Load load) throws InterruptedException {
        long goal = load.tally().answered() + load.tally().failed() + 200;
        while (load.tally().answered() + load.tally().failed() < goal) {
            Thread.sleep(10);
        }
    }

    private void start(String service, String what) throws InterruptedException, TimeoutException {
        Map<String, String> labels =
                Map.of(
                        "signalbox.enable",
                        "true",
                        "signalbox.service",
                        service,
                        "signalbox.host",
                        host(service));
        made++;
        String name = "signalbox-demo-" + service + "-" + made;
        String id = docker.create("signalbox/sample:" + version, name, labels, List.of());
        Instant began = Instant.now();
        docker.start(id);
        await(what, id, began);
        synchronized (this) {
            services.computeIfAbsent(service, _ -> new ArrayDeque<>()).addLast(id);
        }
    }

    private void stop(String service, String what) throws InterruptedException, TimeoutException {
        String id;
        synchronized (this) {
            Deque<String> ids = services.getOrDefault(service, new ArrayDeque<>());
            id = ids.removeFirst();
            if (ids.isEmpty()) {
                services.remove(service);
            }
        }
        Instant began = Instant.now();
        docker.stop(id);
        await(what, id, began);
        docker.remove(id);
    }

    private void await(String what, String id, Instant began)
            throws InterruptedException, TimeoutException {
        Optional<Effect> effect = feed.await(id, began, PATIENCE);
        if (effect.isEmpty()) {
            throw new TimeoutException(
                    what + ": HAProxy did not follow within " + PATIENCE.toSeconds() + " s");
        }
        log.changed(what, effect.get());
    }

    private synchronized int count(String service) {
        return new ArrayList<>(services.getOrDefault(service, new ArrayDeque<>())).size();
    }
}
