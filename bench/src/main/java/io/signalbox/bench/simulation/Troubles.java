package io.signalbox.bench.simulation;

import io.signalbox.schemas.ConfigRecord.Claim;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Brings the faults about that do not happen by themselves. One thread. */
final class Troubles {
    static final String TWIN = "twin/watcher";
    private static final int SHORT_FREEZE = 14;
    private static final int LONG_FREEZE = 80;
    private static final Duration LAG = Duration.ofSeconds(20);
    private static final Duration LONG_LAG = Duration.ofSeconds(100);

    private final World world;
    private final List<Engine> engines;
    private final List<WatcherNode> watchers;
    private final List<Node> nodes;
    private final List<ApplierNode> appliers;
    private Duration lag;

    Troubles(
            World world,
            List<Engine> engines,
            List<WatcherNode> watchers,
            List<Node> nodes,
            List<ApplierNode> appliers) {
        this.world = world;
        this.engines = engines;
        this.watchers = watchers;
        this.nodes = nodes;
        this.appliers = appliers;
        // Nothing stands still for longer than compaction lets a record lie.
        this.lag = world.has(Fault.LONG_FREEZE) ? LONG_LAG : LAG;
    }

    /** Something goes wrong. */
    void cause() {
        Node node = world.pick(nodes);
        switch (world.below(16)) {
            case 0, 1 -> crashOrStart(node);
            case 2, 12, 13, 14 -> crashOrStart(world.pick(owners()));
            case 3, 4 -> freeze(node);
            case 5, 6 -> failSend(node);
            case 7 -> engineTrouble(world.pick(engines));
            case 8 -> pause();
            case 9 -> cut();
            case 10 -> haproxyTrouble(world.pick(appliers));
            case 11 -> loseTopic();
            case 15 -> {
                if (world.strikes(Fault.STRAY_CLAIM, 0.5)) {
                    appendStrayClaim();
                }
            }
            default -> {
                if (!node.alive()) {
                    node.start();
                }
            }
        }
    }

    /** The processes that own something. */
    List<Node> owners() {
        return nodes.stream()
                .filter(n -> n instanceof RegistryNode || n instanceof RendererNode)
                .toList();
    }

    private void crashOrStart(Node node) {
        if (!node.alive()) {
            node.start();
        } else if (world.has(Fault.CRASH)) {
            world.struck();
            node.crash();
            if (world.in(0.6)) {
                node.start();
            }
        }
    }

    private void freeze(Node node) {
        if (!node.runs() || node instanceof ApplierNode) {
            return;
        }
        if (world.strikes(Fault.LONG_FREEZE, 0.4)) {
            node.freeze(Duration.ofSeconds(2 + world.below(LONG_FREEZE)));
        } else if (world.strikes(Fault.FREEZE, 1)) {
            node.freeze(Duration.ofSeconds(2 + world.below(SHORT_FREEZE)));
        }
    }

    private void failSend(Node node) {
        if (node.runs() && world.strikes(Fault.FAILED_SEND, 1)) {
            node.failSend();
        }
    }

    private void pause() {
        if (world.strikes(Fault.BROKER_PAUSE, 0.3)) {
            world.pauseBroker(Duration.ofSeconds(1 + world.below(8)));
        }
    }

    private void cut() {
        WatcherNode watcher = world.pick(watchers);
        if (watcher.alive() && world.strikes(Fault.CUT_STREAM, 1)) {
            watcher.cut("cut");
        }
    }

    private void loseTopic() {
        if (world.in(0.5)) {
            loseState();
        } else if (world.strikes(Fault.GROUP_LOST, 0.3)) {
            recreateGroup();
            owners().stream().filter(node -> world.in(0.7)).forEach(Node::start);
        }
    }

    /** The group's topic is deleted while nobody writes it; appliers come to take it in time. */
    private void recreateGroup() {
        world.note(() -> "the group's topic is created again");
        owners().forEach(Node::crash);
        world.producers.forEach(producer -> producer.refuse(world.group));
        world.group.recreate();
        appliers.stream().filter(node -> world.in(0.5)).forEach(ApplierNode::adoptTopic);
    }

    /** The operator lets all appliers take the topic that there is. */
    void adoptTopics() {
        appliers.forEach(ApplierNode::adoptTopic);
    }

    /** The state is deleted while nobody writes it; renderers may read before it is rebuilt. */
    private void loseState() {
        if (world.strikes(Fault.STATE_LOST, 0.3)) {
            recreateState();
            owners().stream().filter(node -> world.in(0.7)).forEach(Node::start);
        }
    }

    /** The same, and nobody reads or writes it for now. */
    void recreateState() {
        world.note(() -> "service-state is created again");
        world.rebuilt = true;
        owners().forEach(Node::crash);
        for (Log<ServiceState> log : world.state.values()) {
            world.producers.forEach(producer -> producer.refuse(log));
            log.recreate();
        }
    }

    /**
     * A renderer that was given the group for a moment comes to claim it, and no further; it may
     * have begun anew since, and own the group again.
     */
    void appendStrayClaim() {
        Claim claim = new Claim("renderer" + (1 + world.below(3)));
        world.append(world.group, Keys.of(claim), claim, claim.renderer());
    }

    private void haproxyTrouble(ApplierNode applier) {
        if (world.strikes(Fault.HAPROXY_CRASH, 0.5)) {
            applier.haproxy.crash();
        } else if (world.strikes(Fault.FOREIGN_RELOAD, 0.7)) {
            applier.foreignReload();
        }
    }

    private void engineTrouble(Engine engine) {
        switch (world.below(3)) {
            case 0 -> {
                if (world.strikes(Fault.ENGINE_AWAY, 1)) {
                    engine.goAway(Duration.ofSeconds(1 + world.below(8)));
                }
            }
            case 1 -> {
                if (world.strikes(Fault.ENGINE_REPLACED, 0.8)) {
                    engine.replace();
                    startAgain(engine);
                }
            }
            default -> {
                if (world.strikes(Fault.ADDRESS_CHANGED, 0.4)) {
                    engine.changeAddress();
                    startAgain(engine);
                }
            }
        }
    }

    /** The machine starts again, and a watcher with it. */
    private void startAgain(Engine engine) {
        List<WatcherNode> here = watchers.stream().filter(w -> w.engine.equals(engine)).toList();
        here.forEach(Node::crash);
        world.pick(here).start();
    }

    /** The second machine is switched off for good. */
    void end() {
        List<WatcherNode> twins = watchers.stream().filter(w -> w.name.startsWith(TWIN)).toList();
        for (WatcherNode twin : twins) {
            twin.crash();
            engines.remove(twin.engine);
            watchers.remove(twin);
            nodes.remove(twin);
        }
    }

    /** Nobody lags any more. */
    void compactSooner() {
        lag = LAG;
    }

    void compact() {
        Instant old = world.now.minus(lag);
        Instant oldest = old.minus(lag);
        world.state.values().forEach(log -> log.compact(old, oldest));
        world.control.compact(old, oldest);
        world.group.compact(old, oldest);
    }
}
