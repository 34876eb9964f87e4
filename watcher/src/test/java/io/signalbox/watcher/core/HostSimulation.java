package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.watcher.core.SimulatedEngine.Happened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One host with an engine, one or two watchers, a log and a registry, on one seeded scheduler:
 * every message may be late, every part may fail, until all faults stop.
 */
final class HostSimulation {
    /** A source that is configured no more, and said something in its time. */
    private static final String UNUSED = "unused";

    private static final Container UNUSED_PICTURE =
            SimulatedEngine.picture("old", Container.State.RUNNING, Instant.EPOCH, "10.2.0.1");

    private static final HostIdentity IDENTITY = new HostIdentity("e", "b", "10.0.0.1", "20.10");
    private static final WatcherLimits LIMITS =
            new WatcherLimits(
                    200,
                    1 << 20,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    2);

    final Random random;
    final SimulatedEngine engine;
    final SimulatedList files;
    final SimulatedList names;
    final HostFold fold = new HostFold();
    final List<String> trace = new ArrayList<>();
    final SimulatedLog log;
    private final List<Node> nodes = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private boolean faults = true;
    private final boolean losesEvents;
    private final boolean cutsStreams;
    private final boolean failsSends;
    private final boolean crashes;

    HostSimulation(long seed) {
        random = new Random(seed);
        engine = new SimulatedEngine(random, this::happened);
        engine.misbehave(random.nextBoolean(), random.nextBoolean());
        fold.entries().put("old", new HostFold.Entry(UNUSED, UNUSED_PICTURE, false));
        files = new SimulatedList(Event.FILE, random, this::changed);
        names = new SimulatedList(Event.DNS, random, this::changed);
        losesEvents = random.nextBoolean();
        cutsStreams = random.nextBoolean();
        failsSends = random.nextBoolean();
        crashes = random.nextBoolean();
        log = new SimulatedLog(random, random.nextBoolean(), this::reached);
        int watchers = 1 + random.nextInt(2);
        for (int index = 0; index < watchers; index++) {
            nodes.add(new Node("w" + index));
        }
        nodes.getFirst().start();
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            if (step % 20 == 0) {
                second();
            }
            double choice = random.nextDouble();
            if (choice < 0.04) {
                engine.act();
            } else if (choice < 0.05) {
                (random.nextBoolean() ? files : names).act();
            } else if (choice < 0.07) {
                fail();
            } else if (choice < 0.4) {
                log.land();
            } else {
                nodes.get(random.nextInt(nodes.size())).step();
            }
        }
    }

    /** All faults stop; everything gets the time that it needs. */
    void heal(int seconds) {
        faults = false;
        log.heal();
        trace.add("--- all faults stop");
        engine.misbehave(false, false);
        nodes.forEach(node -> node.look(files));
        nodes.forEach(node -> node.look(names));
        nodes.getFirst().start();
        for (int second = 0; second < seconds; second++) {
            second();
            for (int step = 0; step < 200; step++) {
                log.land();
                nodes.forEach(Node::step);
            }
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    private void second() {
        now = now.plusSeconds(1);
        engine.second();
        if (fold.tick()) {
            say();
        }
        nodes.forEach(Node::onTime);
    }

    private void say() {
        WatcherControl control = fold.control();
        trace.add(now + " control " + control);
        nodes.forEach(node -> node.heard.add(control));
    }

    /** A record is in the log. */
    private void reached(long offset, Event event) {
        trace.add(
                "%s @%d %d/%d %s"
                        .formatted(now, offset, event.session(), event.seq(), event.fact()));
        if (fold.take(offset, event)) {
            say();
        }
    }

    private void happened(Happened event) {
        trace.add(now + " engine " + event);
        nodes.forEach(node -> node.hear(event));
    }

    /** A list changed; a watcher hears of it when it looks. */
    private void changed(SimulatedList list) {
        trace.add(now + " " + list);
        nodes.forEach(node -> node.look(list));
    }

    private void fail() {
        Node node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (cutsStreams) {
                    node.cut();
                }
            }
            case 1 -> {
                if (failsSends) {
                    node.failSend();
                }
            }
            case 2 -> {
                if (crashes) {
                    node.crash();
                }
            }
            default -> {
                if (!node.alive && (node == nodes.getFirst() || random.nextBoolean())) {
                    node.start();
                }
            }
        }
    }

    /** One watcher with what is under way to and from it. */
    final class Node {
        private final String name;
        private final Deque<Input> inputs = new ArrayDeque<>();
        private final Deque<Input> events = new ArrayDeque<>();
        private final Deque<WatcherControl> heard = new ArrayDeque<>();
        private final Deque<Runnable> calls = new ArrayDeque<>();
        private WatcherCore core = core();
        private SimulatedLog.@Nullable Producer producer;
        private long stream;
        private boolean open;
        private boolean alive;

        Node(String name) {
            this.name = name;
        }

        WatcherStatus status() {
            return core.status();
        }

        boolean alive() {
            return alive;
        }

        void start() {
            if (!alive) {
                trace.add(now + " " + name + " starts");
                alive = true;
                core = core();
                carryOut(core.start(now));
                inputs.add(new Input.Shown(UNUSED, List.of(), true));
                look(files);
                look(names);
            }
        }

        private static WatcherCore core() {
            return new WatcherCore(HostFold.HOST, LIMITS, List.of(Event.FILE, Event.DNS, UNUSED));
        }

        /** Answers out of order do not happen: what a source tells goes one way. */
        void look(SimulatedList list) {
            if (alive) {
                inputs.add(faults && random.nextInt(3) == 0 ? list.inPart() : list.whole());
            }
        }

        void crash() {
            if (alive) {
                trace.add(now + " " + name + " crashes");
                alive = false;
                open = false;
                closeProducer();
                inputs.clear();
                events.clear();
                heard.clear();
                calls.clear();
            }
        }

        private void closeProducer() {
            SimulatedLog.Producer mine = producer;
            if (mine != null) {
                mine.close();
                producer = null;
            }
        }

        void cut() {
            if (open) {
                trace.add(now + " " + name + " loses its stream");
                open = false;
                events.clear();
                inputs.add(new Input.StreamLost(stream, "cut"));
            }
        }

        void failSend() {
            SimulatedLog.Producer mine = producer;
            if (mine != null && mine.hasUnsent()) {
                inputs.add(new Input.SendFailed(mine.attempt(), "failed"));
            }
        }

        void hear(Happened event) {
            if (!open || (faults && losesEvents && random.nextInt(10) == 0)) {
                return;
            }
            Input input =
                    event.signal() > 0
                            ? new Input.Killed(
                                    stream, event.container(), event.signal(), event.at())
                            : new Input.Hinted(
                                    stream, event.container(), event.action(), event.at());
            events.add(input);
            if (faults && losesEvents && random.nextInt(10) == 0) {
                events.add(input);
            }
            if (faults && losesEvents && events.size() > 1 && random.nextInt(5) == 0) {
                Input last = events.removeLast();
                Input before = events.removeLast();
                events.add(last);
                events.add(before);
            }
        }

        void onTime() {
            if (alive) {
                carryOut(core.onTime(now));
            }
        }

        void step() {
            if (!alive) {
                return;
            }
            int choice = random.nextInt(4);
            if (choice == 0 && !calls.isEmpty()) {
                calls.removeFirst().run();
            }
            Input input =
                    switch (choice) {
                        case 1 -> events.poll();
                        case 2 -> heard.isEmpty() ? null : new Input.Heard(heard.removeFirst());
                        default -> inputs.poll();
                    };
            if (input != null) {
                carryOut(core.handle(input, now));
            }
        }

        private void carryOut(List<Output> outputs) {
            outputs.forEach(this::carryOut);
        }

        private void carryOut(Output output) {
            switch (output) {
                case Output.OpenStream(long number) -> {
                    stream = number;
                    open = false;
                    events.clear();
                    calls.add(() -> openStream(number));
                }
                case Output.CloseStream _ -> {
                    open = false;
                    events.clear();
                }
                case Output.Inspect(String container) -> calls.add(() -> inspect(container));
                case Output.ListContainers(long call) ->
                        calls.add(() -> inputs.add(new Input.Listed(call, engine.list())));
                case Output.OpenSession(long attempt, Fact.SessionOpened opened) ->
                        open(attempt, opened);
                case Output.CloseSession _ -> closeProducer();
                case Output.Publish publish -> publish(publish);
                case Output.Beat(long attempt, var beat) -> {
                    SimulatedLog.Producer mine = producer;
                    if (mine != null) {
                        mine.send(
                                () -> {
                                    fold.beat(beat.session());
                                    return new Input.BeatAcknowledged(attempt);
                                });
                    }
                }
                case Output.Report(Output.Matter matter, String detail) ->
                        trace.add(now + " " + name + " " + matter + " " + detail);
            }
        }

        private void openStream(long number) {
            if (number == stream) {
                open = true;
                inputs.add(new Input.StreamOpened(number, IDENTITY));
            }
        }

        private void inspect(String container) {
            boolean fails = faults && random.nextInt(40) == 0;
            inputs.add(
                    new Input.Inspected(
                            container,
                            fails
                                    ? new Inspection.Failed("no answer")
                                    : engine.inspect(container)));
        }

        private void open(long attempt, Fact.SessionOpened opened) {
            closeProducer();
            SimulatedLog.Producer mine = log.producer(attempt, inputs::add);
            producer = mine;
            Event event =
                    new Event(HostFold.HOST, Event.NO_SESSION, 0, now, null, "docker", opened);
            mine.send(() -> new Input.SessionAcknowledged(attempt, log.append(event)));
        }

        private void publish(Output.Publish publish) {
            SimulatedLog.Producer mine = producer;
            if (mine == null) {
                return;
            }
            Event event =
                    new Event(
                            HostFold.HOST,
                            publish.session(),
                            publish.seq(),
                            now,
                            publish.dockerTime(),
                            publish.source(),
                            publish.fact());
            mine.send(
                    () -> {
                        log.append(event);
                        return new Input.FactAcknowledged(publish.attempt(), publish.seq());
                    });
        }
    }
}
