package io.signalbox.bench.simulation;

import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.Keys;
import io.signalbox.schemas.Liveness;
import io.signalbox.schemas.Partitions;
import io.signalbox.schemas.Topic;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.watcher.core.Input;
import io.signalbox.watcher.core.Inspection;
import io.signalbox.watcher.core.Output;
import io.signalbox.watcher.core.WatcherCore;
import io.signalbox.watcher.core.WatcherLimits;
import io.signalbox.watcher.core.WatcherMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A watcher: {@link WatcherCore}, with what is under way to and from the engine and the log. */
final class WatcherNode extends Node {
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
    private static final int MOVES = 6;

    final Engine engine;
    private final Log<Event> events;
    private final Log<Liveness> liveness;
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final Deque<Input> hints = new ArrayDeque<>();
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private WatcherCore core;
    private @Nullable HostIdentity identity;
    private @Nullable Producer producer;
    private long attempt;
    private long stream;
    private boolean open;
    private long controlPosition;

    WatcherNode(World world, String name, Engine engine) {
        super(world, name);
        this.engine = engine;
        this.core = new WatcherCore(engine.host, LIMITS);
        int partition = Partitions.of(engine.host, Topic.CONTAINER_EVENTS.partitions());
        String beat = Keys.hostBeat(engine.host);
        this.events =
                world.events.computeIfAbsent(partition, number -> new Log<>("events-" + number));
        world.state.computeIfAbsent(partition, number -> new Log<>("state-" + number));
        this.liveness =
                world.liveness.computeIfAbsent(
                        Partitions.of(beat, Topic.LIVENESS.partitions()),
                        number -> new Log<>("liveness-" + number));
        engine.listen(this::hear);
    }

    @Override
    void boot() {
        core = new WatcherCore(engine.host, LIMITS);
        controlPosition = 0;
        identity = engine.identity();
        carryOut(core.start(world.now));
    }

    @Override
    void died() {
        producer = null;
        open = false;
        inputs.clear();
        hints.clear();
        calls.clear();
    }

    /** Whether it speaks for its host in the session that is current. */
    boolean speaks(long session) {
        return alive()
                && core.status().mode() == WatcherMode.ACTIVE
                && core.status().session() == session;
    }

    @Override
    public String toString() {
        return name
                + (alive() ? " " + core.status().mode() + " " + core.status().session() : " dead");
    }

    @Override
    void step() {
        if (!world.now.isBefore(core.next())) {
            carryOut(core.onTime(world.now));
        }
        if (open && !engine.answers()) {
            cut("the engine is away");
        }
        for (int move = 0; move < MOVES; move++) {
            move();
        }
    }

    private void move() {
        switch (world.below(4)) {
            case 0 -> {
                Runnable call = calls.poll();
                if (call != null) {
                    call.run();
                }
            }
            case 1 -> take(hints.poll());
            case 2 -> take(heard());
            default -> take(inputs.poll());
        }
    }

    private void take(@Nullable Input input) {
        if (input != null) {
            carryOut(core.handle(input, world.now));
        }
    }

    private @Nullable Input heard() {
        int most = 1 + world.below(4);
        WatcherControl newest = null;
        for (Log.Entry<WatcherControl> entry : world.read(world.control, controlPosition, most)) {
            controlPosition = entry.offset() + 1;
            if (entry.key().equals(engine.host)) {
                newest = entry.value();
            }
        }
        return newest == null ? null : new Input.Heard(newest);
    }

    // ---------------------------------------------------------------- the engine's events

    private void hear(Engine.Happened event) {
        if (!open || world.strikes(Fault.LOST_EVENT, 0.1)) {
            return;
        }
        Input input = input(event);
        hints.add(input);
        if (world.strikes(Fault.REPEATED_EVENT, 0.1)) {
            hints.add(input);
        }
        if (hints.size() > 1 && world.strikes(Fault.REORDERED_EVENT, 0.2)) {
            Input last = hints.removeLast();
            Input before = hints.removeLast();
            hints.add(last);
            hints.add(before);
        }
    }

    private Input input(Engine.Happened event) {
        return event.signal() > 0
                ? new Input.Killed(stream, event.container(), event.signal(), event.at())
                : new Input.Hinted(stream, event.container(), event.action(), event.at());
    }

    /** Its event stream ends. */
    void cut(String why) {
        if (open) {
            world.note(() -> name + " loses its stream: " + why);
            open = false;
            hints.clear();
            inputs.add(new Input.StreamLost(stream, why));
        }
    }

    // ---------------------------------------------------------------- what the core wants

    private void carryOut(List<Output> outputs) {
        outputs.forEach(this::carryOut);
    }

    private void carryOut(Output output) {
        switch (output) {
            case Output.OpenStream(long number) -> {
                stream = number;
                open = false;
                hints.clear();
                calls.add(() -> openStream(number));
            }
            case Output.CloseStream _ -> {
                open = false;
                hints.clear();
            }
            case Output.Inspect(String container) -> calls.add(() -> inspect(container));
            case Output.ListContainers(long call) -> calls.add(() -> list(call));
            case Output.OpenSession(long number, Fact.SessionOpened opened) ->
                    openSession(number, opened);
            case Output.CloseSession _ -> closeProducer();
            case Output.Publish publish -> publish(publish);
            case Output.Beat(long number, Liveness.HostBeat beat) -> beat(number, beat);
            case Output.Report(Output.Matter matter, String detail) ->
                    world.note(() -> name + " " + matter + " " + detail);
        }
    }

    private void openStream(long number) {
        HostIdentity met = identity;
        if (number != stream || met == null) {
            return;
        }
        if (!engine.answers()) {
            calls.add(() -> openStream(number));
            return;
        }
        open = true;
        HostIdentity now = engine.identity();
        HostIdentity told = new HostIdentity(now.engineId(), "boot", met.address(), "20.10");
        inputs.add(new Input.StreamOpened(number, told));
        List<Input> recent = new ArrayList<>();
        engine.justNow().forEach(event -> recent.add(input(event)));
        hints.addAll(recent);
    }

    private void inspect(String container) {
        boolean fails = !engine.answers() || (!world.healed && world.below(60) == 0);
        inputs.add(
                new Input.Inspected(
                        container,
                        fails ? new Inspection.Failed("no answer") : engine.inspect(container)));
    }

    private void list(long call) {
        inputs.add(
                engine.answers()
                        ? new Input.Listed(call, engine.list())
                        : new Input.ListFailed(call, "no answer"));
    }

    private void openSession(long number, Fact.SessionOpened opened) {
        closeProducer();
        attempt = number;
        Producer mine = producer(() -> inputs.add(new Input.SendFailed(number, "not sent")));
        producer = mine;
        Event event = event(Event.NO_SESSION, 0, Event.DOCKER, opened);
        mine.send(
                events,
                engine.host,
                event,
                offset -> inputs.add(new Input.SessionAcknowledged(number, offset)));
    }

    private void closeProducer() {
        Producer mine = producer;
        if (mine != null) {
            mine.close();
            producer = null;
        }
    }

    private void publish(Output.Publish publish) {
        if (publish.fact() instanceof Fact.ContainerStopping(String container, Instant run)
                && engine.runsUnasked(container, run)) {
            throw new Violation(
                    "stopped-unasked",
                    "%s says that %s of %s stops".formatted(name, run, container));
        }
        Producer mine = producer;
        if (mine != null && publish.attempt() == attempt) {
            long seq = publish.seq();
            mine.send(
                    events,
                    engine.host,
                    event(publish.session(), seq, publish.source(), publish.fact()),
                    _ -> inputs.add(new Input.FactAcknowledged(publish.attempt(), seq)));
        }
    }

    private Event event(long session, long seq, String source, Fact fact) {
        return new Event(engine.host, session, seq, world.now, null, source, fact);
    }

    private void beat(long number, Liveness.HostBeat beat) {
        Producer mine = producer;
        if (mine != null && number == attempt) {
            mine.send(
                    liveness,
                    Keys.of(beat),
                    beat,
                    _ -> inputs.add(new Input.BeatAcknowledged(number)));
        }
    }
}
