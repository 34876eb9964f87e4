package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.schemas.WatcherControl;
import io.signalbox.schemas.WatcherControl.StoppingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Drives a core by hand: an engine that answers when told, a log that acknowledges when told. */
final class CoreDriver {
    static final HostIdentity IDENTITY = new HostIdentity("e1", "b", "10.0.0.1", "20.10");
    static final Instant ENGINE_START = Instant.parse("2026-01-01T00:00:00Z");

    final WatcherCore core;
    final Map<String, Container> engine = new TreeMap<>();
    private final List<Output> outputs = new ArrayList<>();
    Instant now = Instant.EPOCH;
    long offset = 100;

    CoreDriver() {
        this(WatcherLimits.DEFAULT);
    }

    CoreDriver(WatcherLimits limits, String... sources) {
        core = new WatcherCore("h", limits, List.of(sources));
        outputs.addAll(core.start(now));
    }

    /** A watcher that has said its first snapshot, of what the engine has. */
    CoreDriver active() {
        streamOpens();
        opens();
        answerAll();
        return this;
    }

    void give(Input input) {
        outputs.addAll(core.handle(input, now));
    }

    void pass(Duration time) {
        now = now.plus(time);
        outputs.addAll(core.onTime(now));
    }

    /** Time passes in beats that are acknowledged. */
    void passBeating(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            pass(Duration.ofMillis(500));
            give(new Input.BeatAcknowledged(attempt()));
            answerAll();
        }
    }

    void streamOpens() {
        give(new Input.StreamOpened(stream(), IDENTITY));
    }

    void opens() {
        give(new Input.SessionAcknowledged(attempt(), ++offset));
    }

    /** Answers every list and inspection that is asked for, until none is. */
    void answerAll() {
        for (int index = 0; index < outputs.size(); index++) {
            switch (outputs.get(index)) {
                case Output.Inspect(String id) -> {
                    outputs.set(index, new Output.Report(Output.Matter.GAP, "answered"));
                    answer(id);
                }
                case Output.ListContainers(long call) -> {
                    outputs.set(index, new Output.Report(Output.Matter.GAP, "answered"));
                    give(new Input.Listed(call, List.copyOf(engine.keySet())));
                }
                case Output.OpenStream _, Output.CloseStream _, Output.OpenSession _ -> {}
                case Output.CloseSession _, Output.Publish _, Output.Beat _ -> {}
                case Output.Report _ -> {}
            }
        }
    }

    void answer(String id) {
        Container picture = engine.get(id);
        give(
                new Input.Inspected(
                        id,
                        picture == null
                                ? new Inspection.Missing()
                                : new Inspection.Found(picture, StopSignals.TERM)));
    }

    void acknowledgeAll() {
        published().forEach(p -> give(new Input.FactAcknowledged(p.attempt(), p.seq())));
    }

    void hint(String id, String action) {
        give(new Input.Hinted(stream(), id, action, engineTime(Duration.ofSeconds(50))));
    }

    void kill(String id, int signal, Duration sinceEngineStart) {
        give(new Input.Killed(stream(), id, signal, engineTime(sinceEngineStart)));
    }

    void hear(long current, long refused, long resync, boolean suspected, StoppingRun... runs) {
        give(
                new Input.Heard(
                        new WatcherControl(
                                "h", current, refused, "why", resync, suspected, List.of(runs))));
    }

    static Instant engineTime(Duration sinceStart) {
        return ENGINE_START.plus(sinceStart);
    }

    /** Puts a running container there, started this long after the engine. */
    void runs(String id, Duration startedAfter) {
        engine.put(
                id,
                SimulatedEngine.picture(id, State.RUNNING, engineTime(startedAfter), "10.0.0.1"));
    }

    void exits(String id) {
        Container before = java.util.Objects.requireNonNull(engine.get(id));
        engine.put(id, SimulatedEngine.picture(id, State.EXITED, before.startedAt(), "10.0.0.1"));
    }

    void moves(String id, String address) {
        Container before = java.util.Objects.requireNonNull(engine.get(id));
        engine.put(id, SimulatedEngine.picture(id, before.state(), before.startedAt(), address));
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Forgets what came out so far. */
    void forget() {
        stream();
        attempt();
        outputs.clear();
    }

    List<Output.Publish> published() {
        return outputs.stream()
                .filter(Output.Publish.class::isInstance)
                .map(Output.Publish.class::cast)
                .toList();
    }

    List<Fact> facts() {
        return published().stream().<Fact>map(Output.Publish::fact).toList();
    }

    <T extends Output> List<T> all(Class<T> kind) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    long stream() {
        return last(stream, Output.OpenStream.class, Output.OpenStream::stream, s -> stream = s);
    }

    long attempt() {
        return last(
                attempt, Output.OpenSession.class, Output.OpenSession::attempt, a -> attempt = a);
    }

    private long stream;
    private long attempt;

    private <T extends Output> long last(
            long known,
            Class<T> kind,
            java.util.function.ToLongFunction<T> number,
            java.util.function.LongConsumer keep) {
        long newest = all(kind).stream().mapToLong(number).max().orElse(known);
        keep.accept(Math.max(known, newest));
        return Math.max(known, newest);
    }

    static Fact observed(@Nullable Container picture) {
        return new Fact.ContainerObserved(java.util.Objects.requireNonNull(picture));
    }

    static StoppingRun run(String id, Duration startedAfter) {
        return new StoppingRun(id, engineTime(startedAfter));
    }

    static Fact stopping(String id, Duration startedAfter) {
        return new Fact.ContainerStopping(id, engineTime(startedAfter));
    }

    static Fact stayed(String id, Duration startedAfter) {
        return new Fact.ContainerStayed(id, engineTime(startedAfter));
    }

    long session() {
        return core.status().session();
    }

    boolean hasSession() {
        return session() != Event.NO_SESSION;
    }
}
