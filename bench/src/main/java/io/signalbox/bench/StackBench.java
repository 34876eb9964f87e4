package io.signalbox.bench;

import io.signalbox.bench.faults.LogReader;
import io.signalbox.bench.stack.Stack;
import io.signalbox.bench.stack.StackLoad;
import io.signalbox.cli.load.ApplyFeed.Effect;
import io.signalbox.schemas.ApplyResult;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.LogCodecs;
import io.signalbox.schemas.Topic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures the Compose file: each figure is printed as it is known, and those beyond their limit
 * are kept. Used by one thread, its methods in their order.
 */
final class StackBench {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final double READY_SECONDS = 60;
    private static final double PROPAGATION_MS = 300;
    private static final double FLEET_SECONDS = 5;
    private static final double CATCH_UP_SECONDS = 2;
    private static final int CHANGED_MEANWHILE = 3;

    private final Stack stack;
    private final int rate;
    private final List<String> missed = new ArrayList<>();

    /** Measures this stack, with so many requests a second on each HAProxy. */
    StackBench(Stack stack, int rate) {
        this.stack = stack;
        this.rate = rate;
    }

    /** The figures beyond their limits. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    /** From nothing to the first answer of the sample through each HAProxy. */
    void bringUp() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        stack.up();
        say("containers started", seconds(begin));
        serve(stack.proxies(Stack.FLEETS), stack.containers("sample"));
        limit("sample answers through both fleets", seconds(begin), READY_SECONDS);
        stack.awaitHealthy(PATIENCE);
        limit("all containers healthy", seconds(begin), READY_SECONDS);
    }

    /** The sample from one container to many and back, under load. */
    void scale(int rounds, int servers) throws IOException, InterruptedException {
        List<Map<String, Instant>> started = new ArrayList<>();
        try (StackLoad load = load(stack.proxies(Stack.FLEETS))) {
            for (int round = 1; round <= rounds; round++) {
                started.add(scaleOnce(load, servers, round));
            }
            say(load);
        }
        measurePropagation(started);
    }

    private Map<String, Instant> scaleOnce(StackLoad load, int servers, int round)
            throws IOException, InterruptedException {
        List<String> before = stack.containers("sample");
        stack.scale("sample", servers);
        List<String> all = stack.containers("sample");
        await(load, all);
        Map<String, Instant> started = new LinkedHashMap<>();
        for (String container : all) {
            if (!before.contains(container)) {
                started.put(container, stack.startedAt(container));
            }
        }
        stack.scale("sample", 1);
        load.forgetServers();
        await(load, stack.containers("sample"));
        System.out.printf("round %d of scaling done%n", round);
        return started;
    }

    /** From the log: the engine's time of each start, and each HAProxy's of what came of it. */
    private void measurePropagation(List<Map<String, Instant>> rounds) throws IOException {
        Map<String, List<ApplyResult>> byApplier =
                stack.read(Topic.APPLY_RESULTS, LogCodecs::results).stream()
                        .map(LogReader.Entry::value)
                        .collect(
                                Collectors.groupingBy(
                                        result -> result.group() + "/" + result.applier()));
        Series series = new Series();
        for (Map<String, Instant> started : rounds) {
            started.forEach(
                    (container, since) ->
                            byApplier.forEach(
                                    (applier, results) ->
                                            add(series, results, container, since, applier)));
        }
        System.out.printf(
                Locale.ROOT,
                "container started → in force, %d changes in %d HAProxys: %s; %s%n      p50 by hop, ms:"
                        + " %s%n      p99 by hop, ms: %s%n",
                series.whole().count(),
                byApplier.size(),
                series.whole().line(),
                series.ways(),
                series.hops(),
                series.hops(0.99));
        check("propagation p99", series.whole().at(0.99), PROPAGATION_MS, "ms");
    }

    private void add(
            Series series,
            List<ApplyResult> results,
            String container,
            Instant since,
            String applier) {
        Effect effect = effect(results, container, since);
        if (effect == null) {
            missed.add("no result of " + applier + " for container " + container);
        } else {
            Instant event = effect.cause().dockerTime();
            series.add(event == null ? since : event, effect.result().appliedAt(), effect);
        }
    }

    /** A fleet that was not there, from its container's start to the first answer. */
    void addFleet() throws IOException, InterruptedException {
        stack.defineLateFleet();
        stack.startLateFleet();
        List<String> fleet = List.of(Stack.LATE_FLEET);
        serve(stack.proxies(fleet), stack.containers("sample"));
        Instant started = stack.startedAt(stack.containers(Stack.LATE_FLEET).getFirst());
        double took = Duration.between(started, Instant.now()).toMillis() / 1e3;
        limit("a new fleet: container started → sample answers", took, FLEET_SECONDS);
    }

    /** An HAProxy without its way to Kafka, while the sample changes. */
    void cutOff(Duration time) throws IOException, InterruptedException {
        String container = stack.containers("edge").getFirst();
        List<InetSocketAddress> proxy = List.of(stack.proxy(container));
        List<String> known = stack.containers("sample");
        try (StackLoad load = load(proxy)) {
            await(load, known);
            stack.docker("network disconnect " + stack.network("log") + " " + container);
            System.out.printf("an HAProxy is cut off from Kafka for %d s%n", time.toSeconds());
            Thread.sleep(time.dividedBy(2));
            stack.scale("sample", CHANGED_MEANWHILE);
            Thread.sleep(time.dividedBy(2));
            load.forgetServers();
            await(load, known);
            if (!load.servedByNoOther(known)) {
                missed.add("the HAProxy that was cut off served what it cannot know");
            }
            List<String> all = stack.containers("sample");
            stack.docker("network connect " + stack.network("log") + " " + container);
            long connected = System.nanoTime();
            await(load, all);
            limit("Kafka is back → caught up", seconds(connected), CATCH_UP_SECONDS);
            say(load);
        }
    }

    /** The first result of one HAProxy in which the container's start is wholly in force. */
    private static @Nullable Effect effect(
            List<ApplyResult> results, String container, Instant since) {
        Cause cause = null;
        for (ApplyResult result : results) {
            if (result.outcome() != ApplyResult.Outcome.APPLIED) {
                continue;
            }
            if (cause == null) {
                cause =
                        result.causes().stream()
                                .filter(one -> isStart(one, container, since))
                                .findFirst()
                                .orElse(null);
            }
            if (cause != null
                    && result.pending().stream()
                            .noneMatch(one -> one.endsWith("." + container.substring(0, 12)))) {
                return new Effect(cause, result);
            }
        }
        return null;
    }

    private static boolean isStart(Cause cause, String container, Instant since) {
        Instant event = cause.dockerTime();
        return cause.subject().endsWith("/" + container)
                && !(event == null ? cause.observedAt() : event).isBefore(since);
    }

    private StackLoad load(Collection<InetSocketAddress> proxies) {
        return StackLoad.start(proxies, stack.host(), rate);
    }

    private void serve(Collection<InetSocketAddress> proxies, Collection<String> containers)
            throws InterruptedException {
        try (StackLoad load = load(proxies)) {
            await(load, containers);
        }
    }

    private static void await(StackLoad load, Collection<String> containers)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!load.servedByAll(containers)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "not all of %d containers are served by each HAProxy: %s"
                                .formatted(containers.size(), load.failures()));
            }
            Thread.sleep(PAUSE);
        }
    }

    private void say(StackLoad load) {
        System.out.printf(
                Locale.ROOT, "%,d requests answered, %d failed%n", load.answered(), load.failed());
        if (load.failed() > 0) {
            missed.add(load.failed() + " requests failed: " + load.failures());
        }
    }

    private static void say(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%s: %.1f s%n", what, seconds);
    }

    private void limit(String what, double seconds, double most) {
        say(what, seconds);
        check(what, seconds, most, "s");
    }

    private void check(String what, double value, double most, String unit) {
        if (!(value <= most)) {
            missed.add("%s: %.1f %s, limit %.0f".formatted(what, value, unit, most));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
