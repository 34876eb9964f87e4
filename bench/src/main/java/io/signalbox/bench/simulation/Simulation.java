package io.signalbox.bench.simulation;

import io.signalbox.registry.core.StateView;
import io.signalbox.schemas.GroupView;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.ServiceState.Instance;
import io.signalbox.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One run: engines, watchers, registries, renderers and appliers under the faults of its seed, each
 * safety rule checked at every step; then all faults stop, and everything must come to say what the
 * engines say. The same seed gives the same run. One thread.
 */
public final class Simulation {
    private static final List<String> HOSTS = List.of("alpha", "beta", "gamma", "delta", "omega");
    private static final int SHORT = 1_500;
    private static final int LONG = 4_000;
    private static final Duration STEP = Duration.ofMillis(40);
    private static final int STEPS_PER_SECOND = 25;
    private static final int PATIENCE_SECONDS = 120;
    private static final int CALM_SECONDS = 8;

    private final World world;
    private final Coordinator coordinator;
    private final List<Engine> engines = new ArrayList<>();
    private final List<WatcherNode> watchers = new ArrayList<>();
    private final List<RegistryNode> registries = new ArrayList<>();
    private final List<RendererNode> renderers = new ArrayList<>();
    private final List<ApplierNode> appliers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Troubles troubles;
    private final int planned;
    private long steps;

    /**
     * How a run ended.
     *
     * @param violation what was wrong; empty for nothing
     * @param traceHash over all that happened; of nothing unless it was traced
     * @param trace what happened, if it was traced
     */
    public record Outcome(
            long seed,
            long steps,
            long faults,
            Optional<String> violation,
            String traceHash,
            List<String> trace) {}

    private Simulation(long seed, boolean traced) {
        world = new World(seed, traced);
        coordinator = new Coordinator(world);
        for (Fault fault : Fault.values()) {
            if (world.in(0.4)) {
                world.faults.add(fault);
            }
        }
        planned = seed % 3 == 0 ? LONG : SHORT;
        world.note(() -> "seed " + seed + ", " + world.faults);
        build();
        troubles = new Troubles(world, engines, watchers, nodes, appliers);
    }

    private void build() {
        int hosts = 1 + world.below(2);
        int first = world.below(HOSTS.size());
        for (int number = 0; number < hosts; number++) {
            String host = HOSTS.get((first + number) % HOSTS.size());
            engine(host, number + 1, host + "/watcher", 1 + world.below(2));
        }
        if (world.has(Fault.HOST_TWICE)) {
            engine(HOSTS.get(first), 9, Troubles.TWIN, 1);
        }
        for (int number = 1; number <= 2; number++) {
            registries.add(new RegistryNode(world, "registry" + number, coordinator));
            renderers.add(new RendererNode(world, "renderer" + number, coordinator));
            String host = HOSTS.get((first + number - 1) % HOSTS.size());
            appliers.add(new ApplierNode(world, "applier" + number, host, engines));
        }
        nodes.addAll(watchers);
        nodes.addAll(registries);
        nodes.addAll(renderers);
        nodes.addAll(appliers);
        for (Node node : nodes) {
            boolean later = node instanceof WatcherNode && !node.equals(watchers.getFirst());
            if (!later || world.in(0.6)) {
                node.start();
            }
        }
    }

    private void engine(String host, int number, String name, int many) {
        Engine engine = new Engine(world, host, number);
        engines.add(engine);
        for (int index = 0; index < many; index++) {
            watchers.add(new WatcherNode(world, name + index, engine));
        }
    }

    /** Runs a seed. */
    public static Outcome run(long seed, boolean traced) {
        Simulation simulation = new Simulation(seed, traced);
        Optional<String> violation = Optional.empty();
        try {
            simulation.chaos();
            simulation.crises().bringAbout();
            simulation.heal();
        } catch (Violation e) {
            violation = Optional.of(String.valueOf(e.getMessage()));
            simulation.world.note(() -> "*** " + e.getMessage());
        } catch (RuntimeException e) {
            String where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            violation = Optional.of("exception: " + e + where);
            simulation.world.note(() -> "*** " + e + where);
        }
        return new Outcome(
                seed,
                simulation.steps,
                simulation.world.injected,
                violation,
                simulation.world.trace.hash(),
                simulation.world.trace.lines());
    }

    private Crises crises() {
        return new Crises(world, troubles, this, engines, nodes);
    }

    // ---------------------------------------------------------------- chaos

    private void chaos() {
        for (int step = 0; step < planned; step++) {
            world.now = world.now.plus(STEP);
            if (step % STEPS_PER_SECOND == 0) {
                second();
            }
            double choice = world.random.nextDouble();
            if (choice < 0.34) {
                land();
            } else if (choice < 0.37) {
                world.pick(engines).act();
            } else if (choice < 0.39) {
                troubles.cause();
            } else {
                step(world.pick(nodes));
            }
        }
    }

    /** Lets a node do a little, if it can. */
    void step(Node node) {
        steps++;
        if (node.runs()) {
            node.step();
        }
    }

    private void land() {
        if (world.paused()) {
            return;
        }
        world.producers.removeIf(producer -> !producer.isOpen() && producer.idle());
        List<Producer> ready = world.producers.stream().filter(one -> !one.idle()).toList();
        if (ready.isEmpty()) {
            return;
        }
        Producer producer = world.pick(ready);
        double chance = producer.isOpen() ? (running(producer) ? 0.9 : 0.4) : 0.15;
        if (world.in(chance)) {
            int many = 1 + world.below(4);
            for (int record = 0; record < many && !producer.idle(); record++) {
                producer.land();
            }
        }
    }

    private boolean running(Producer producer) {
        return nodes.stream().anyMatch(n -> n.name.equals(producer.owner()) && n.runs());
    }

    /** Another second has passed. */
    void second() {
        engines.forEach(Engine::second);
        long second = Duration.between(World.START, world.now).toSeconds();
        if (second % 4 == 1) {
            coordinator.look(registries, renderers);
        }
        for (Log<Liveness> log : world.liveness.values()) {
            log.keep(2_000);
        }
        if (second % 5 == 0 && (world.healed || world.has(Fault.COMPACTION))) {
            troubles.compact();
        }
    }

    // ---------------------------------------------------------------- afterwards

    private void heal() {
        world.note(() -> "--- all faults stop");
        world.healed = true;
        world.endPause();
        troubles.end();
        troubles.adoptTopics();
        nodes.forEach(Node::thaw);
        for (Engine engine : engines) {
            engine.comeBack();
            if (watchers.stream().noneMatch(w -> w.engine.equals(engine) && w.alive())) {
                watchers.stream()
                        .filter(w -> w.engine.equals(engine))
                        .limit(1)
                        .forEach(Node::start);
            }
        }
        nodes.stream().filter(node -> !(node instanceof WatcherNode)).forEach(Node::start);
        settle("");
        troubles.compactSooner();
        restart(List.of(registries.getFirst(), renderers.getFirst(), appliers.getFirst()));
        settle("again-");
        restart(List.of(renderers.getLast(), appliers.getLast()));
        settle("cold-");
    }

    private static void restart(List<? extends Node> some) {
        some.forEach(Node::crash);
        some.forEach(Node::start);
    }

    /** Everything must say what the engines say within its time, and go on to say so. */
    private void settle(String when) {
        Optional<Violation> wrong = wrong(when);
        settleDown(when, wrong);
        remains(when);
    }

    private void settleDown(String when, Optional<Violation> first) {
        Optional<Violation> wrong = first;
        int calm = 0;
        for (int second = 0; calm < CALM_SECONDS; second++) {
            second();
            for (int round = 0; round < 4; round++) {
                world.now = world.now.plusMillis(250);
                round(_ -> true);
            }
            if (second % 3 == 0) {
                wrong = wrong(when);
            }
            calm = wrong.isPresent() ? 0 : calm + 1;
            if (second > PATIENCE_SECONDS && wrong.isPresent()) {
                throw wrong.get();
            }
        }
    }

    /** The last record of each key is the one that counts: compaction may leave no other. */
    private void remains(String when) {
        world.state.forEach(
                (partition, log) -> {
                    StateView view = new StateView();
                    log.read(0, Integer.MAX_VALUE / 2)
                            .forEach(entry -> view.read(entry.key(), entry.value()));
                    if (!view.overwritten().isEmpty()) {
                        throw new Violation(
                                when + "state-overwritten",
                                "last in partition %d are not %s"
                                        .formatted(partition, view.overwritten()));
                    }
                });
        GroupView view = new GroupView();
        world.group
                .read(0, Integer.MAX_VALUE / 2)
                .forEach(entry -> view.read(entry.offset(), entry.key(), entry.value()));
        if (view.overwritten().stream().anyMatch(key -> Keys.parsePart(key).isPresent())) {
            throw new Violation(
                    when + "parts-overwritten", "not the last records: " + view.overwritten());
        }
    }

    /** All nodes do a little, and what these producers have under way lands. */
    void round(Predicate<Producer> landing) {
        for (Node node : nodes) {
            step(node);
        }
        land(landing);
    }

    /** All that these producers have under way lands. */
    void land(Predicate<Producer> landing) {
        for (Producer producer : List.copyOf(world.producers)) {
            while (!world.paused() && landing.test(producer) && !producer.idle()) {
                producer.land();
            }
        }
        world.producers.removeIf(producer -> !producer.isOpen() && producer.idle());
    }

    private Optional<Violation> wrong(String when) {
        try {
            check(when);
            return Optional.empty();
        } catch (Violation e) {
            return Optional.of(e);
        }
    }

    private void check(String when) {
        for (Engine engine : engines) {
            int partition = partition(engine);
            long session = world.ledger.session(partition, engine.host);
            if (watchers.stream()
                    .noneMatch(w -> w.engine.host.equals(engine.host) && w.speaks(session))) {
                throw new Violation(
                        when + "nobody-speaks",
                        "current session of %s is %d, watchers %s"
                                .formatted(engine.host, session, watchers));
            }
        }
        if (renderers.stream().noneMatch(RendererNode::owns)) {
            throw new Violation(when + "nobody-renders", renderers.toString());
        }
        Set<Justified> truth = new TreeSet<>();
        engines.forEach(engine -> truth.addAll(engine.truth()));
        Checks.same(when + "log-not-truth", "the log", truth, world.ledger.now());
        Checks.same(when + "state-not-log", "service-state", ids(truth), stateIds());
        for (ApplierNode applier : appliers) {
            Checks.same(
                    when + "haproxy-not-truth",
                    applier.name,
                    applier.expected(truth),
                    applier.serving());
        }
    }

    private static int partition(Engine engine) {
        return Partitions.of(engine.host, Topic.CONTAINER_EVENTS.partitions());
    }

    private static Set<String> ids(Set<Justified> servers) {
        Set<String> ids = new TreeSet<>();
        servers.forEach(
                one ->
                        ids.add(
                                one.host()
                                        + "/"
                                        + one.container()
                                        + "@"
                                        + one.run()
                                        + (one.stopping() ? " stopping" : "")));
        return ids;
    }

    /** What somebody reads who begins now. */
    private Set<String> stateIds() {
        Set<String> ids = new TreeSet<>();
        world.state.forEach(
                (partition, log) -> {
                    StateView view = new StateView();
                    log.read(0, Integer.MAX_VALUE / 2)
                            .forEach(entry -> view.read(entry.key(), entry.value()));
                    view.accepted().stream()
                            .filter(value -> Keys.parseInstance(Keys.of(value)).isPresent())
                            .map(Instance.class::cast)
                            .filter(
                                    one ->
                                            !one.gone()
                                                    && one.state()
                                                            == io.signalbox.schemas.Container.State
                                                                    .RUNNING)
                            .forEach(
                                    one ->
                                            ids.add(
                                                    one.host()
                                                            + "/"
                                                            + one.container()
                                                            + "@"
                                                            + one.startedAt()
                                                            + (one.stopping() ? " stopping" : "")));
                });
        return ids;
    }
}
