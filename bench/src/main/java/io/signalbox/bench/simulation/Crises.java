package io.signalbox.bench.simulation;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What chance alone brings about too seldom: troubles that are only any together, at the end of a
 * run's troubles. One thread.
 */
final class Crises {
    private static final int UNSENT_SECONDS = 2;
    private static final int ZOMBIE_SECONDS = 9;
    private static final int AWAY_SECONDS = 22;
    private static final int STARTING_SECONDS = 4;
    private static final int MOST_MINGLED = 80;
    private static final int NEVER = -1;

    private final World world;
    private final Troubles troubles;
    private final Simulation simulation;
    private final List<Engine> engines;
    private final List<Node> nodes;

    Crises(
            World world,
            Troubles troubles,
            Simulation simulation,
            List<Engine> engines,
            List<Node> nodes) {
        this.world = world;
        this.troubles = troubles;
        this.simulation = simulation;
        this.engines = engines;
        this.nodes = nodes;
    }

    /** Those that this run has. */
    void bringAbout() {
        withoutRenderers();
        zombies();
        newLeader();
        emptyState();
        overtaken();
    }

    /**
     * The renderers die in the midst of what they write and stay away until compaction has left
     * only the last records, which is sooner where nothing stands still for long; appliers begin
     * with these.
     */
    private void withoutRenderers() {
        if (world.has(Fault.LONG_FREEZE) || !world.has(Fault.RENDERERS_AWAY)) {
            return;
        }
        List<Node> renderers = all(RendererNode.class);
        Set<String> names = names(renderers);
        goOn(UNSENT_SECONDS, producer -> !names.contains(producer.owner()));
        for (Producer producer : List.copyOf(world.producers)) {
            int some = names.contains(producer.owner()) ? world.below(6) : 0;
            for (int record = 0; record < some && !producer.idle(); record++) {
                producer.land();
            }
        }
        world.note(() -> "--- the renderers are away");
        renderers.forEach(Node::crash);
        goOn(AWAY_SECONDS, _ -> true);
        troubles.compact();
        restart(all(ApplierNode.class));
        goOn(STARTING_SECONDS, _ -> true);
        renderers.forEach(Node::start);
        goOn(STARTING_SECONDS, _ -> true);
    }

    /**
     * All owners die with something under way; it lands only after the next ones have gone on for a
     * while, or even these are dead.
     */
    private void zombies() {
        if (!world.has(Fault.LATE_RECORDS)) {
            return;
        }
        List<Node> owners = troubles.owners();
        Set<String> names = names(owners);
        Set<String> renderers = names(all(RendererNode.class));
        boolean much = world.in(0.8);
        if (much) {
            watchAnew();
        }
        goOn(1, producer -> !renderers.contains(producer.owner()));
        goOn(1 + world.below(UNSENT_SECONDS), producer -> !names.contains(producer.owner()));
        world.note(() -> "--- the owners die");
        restart(owners);
        goOn(ZOMBIE_SECONDS, Producer::isOpen);
        if (much) {
            muchToSay(names);
        } else if (world.in(0.5)) {
            owners.forEach(Node::crash);
        }
        simulation.round(_ -> true);
        owners.forEach(Node::start);
    }

    /**
     * The next owners have much to say of one fact, or something to the watchers, while what was
     * under way lands in between.
     */
    private void muchToSay(Set<String> owners) {
        boolean unseen = world.strikes(Fault.UNSEEN_REMOVALS, 0.6);
        boolean poisoned = !unseen && world.strikes(Fault.POISON, 1);
        if (unseen) {
            engines.forEach(Engine::clear);
            watchAnew();
        } else if (poisoned) {
            world.poisonNext();
        }
        goOn(UNSENT_SECONDS, one -> one.isOpen() && !owners.contains(one.owner()));
        if (poisoned) {
            simulation.land(Producer::isOpen);
            simulation.land(producer -> !producer.isOpen());
        } else {
            mingle(NEVER);
        }
    }

    /** The state is created again, and renderers read it before it is rebuilt. */
    private void emptyState() {
        if (world.strikes(Fault.STATE_LOST, 0.5)) {
            troubles.recreateState();
            all(RendererNode.class).forEach(Node::start);
            goOn(STARTING_SECONDS, _ -> true);
            troubles.owners().forEach(Node::start);
            goOn(STARTING_SECONDS, _ -> true);
        }
    }

    /** Another claim comes in the midst of what the group's owner writes. */
    private void overtaken() {
        if (world.has(Fault.STRAY_CLAIM)) {
            Set<String> names = names(all(RendererNode.class));
            goOn(UNSENT_SECONDS, producer -> !names.contains(producer.owner()));
            mingle(world.below(20));
        }
    }

    /** Appliers begin while the broker's end lies behind. */
    private void newLeader() {
        if (world.has(Fault.LAGGING_END)) {
            goOn(STARTING_SECONDS, _ -> true);
            restart(all(ApplierNode.class));
            goOn(STARTING_SECONDS, _ -> true);
        }
    }

    private void watchAnew() {
        List<Node> watchers = all(WatcherNode.class).stream().filter(Node::alive).toList();
        restart(watchers);
    }

    /** What is under way lands one by one in any order, and those that read it go on. */
    private void mingle(int claimAt) {
        world.note(() -> "--- all lands in any order");
        List<Node> renderers = all(RendererNode.class);
        List<Node> appliers = all(ApplierNode.class);
        for (int turn = 0; turn < MOST_MINGLED; turn++) {
            List<Producer> ready = world.producers.stream().filter(one -> !one.idle()).toList();
            if (!ready.isEmpty() && !world.paused()) {
                world.pick(ready).land();
            }
            if (turn == claimAt) {
                troubles.appendStrayClaim();
            }
            simulation.step(world.pick(renderers));
            appliers.forEach(simulation::step);
            simulation.step(world.pick(nodes));
        }
    }

    /** Containers come and go for some seconds, and only these producers' records land. */
    private void goOn(int seconds, Predicate<Producer> landing) {
        for (int second = 0; second < seconds; second++) {
            simulation.second();
            world.pick(engines).act();
            world.pick(engines).act();
            for (int round = 0; round < 4; round++) {
                world.now = world.now.plusMillis(250);
                simulation.round(landing);
            }
        }
    }

    private static void restart(List<Node> some) {
        some.forEach(Node::crash);
        some.forEach(Node::start);
    }

    private List<Node> all(Class<? extends Node> kind) {
        return nodes.stream().filter(kind::isInstance).toList();
    }

    private static Set<String> names(List<Node> some) {
        return some.stream().map(node -> node.name).collect(Collectors.toSet());
    }
}
