package io.signalbox.watcher.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An engine in memory, with containers that live, stop, ignore their stop signal, and go. */
final class SimulatedEngine {
    private static final int STOP_SECONDS = 4;

    private final Random random;
    private final Map<String, Life> lives = new TreeMap<>();
    private final Consumer<Happened> events;
    private Instant clock = Instant.parse("2026-01-01T00:00:00Z");
    private int next;
    private boolean clockSteps;
    private boolean stubborn;

    /** An event; {@code signal} is 0 where it is none. */
    record Happened(String container, String action, int signal, Instant at) {}

    SimulatedEngine(Random random, Consumer<Happened> events) {
        this.random = random;
        this.events = events;
    }

    void misbehave(boolean stepsItsClock, boolean ignoresSignals) {
        clockSteps = stepsItsClock;
        stubborn = ignoresSignals;
    }

    void second() {
        clock = clock.plusSeconds(1);
        for (Life life : List.copyOf(lives.values())) {
            if (life.state == State.RUNNING
                    && life.diesAt != null
                    && !clock.isBefore(life.diesAt)) {
                die(life);
            }
        }
    }

    void act() {
        switch (random.nextInt(8)) {
            case 0 -> create();
            case 1 -> some(State.EXITED).ifPresent(this::start);
            case 2, 3 -> some(State.RUNNING).ifPresent(this::stop);
            case 4 -> some(State.RUNNING).ifPresent(this::die);
            case 5 -> some(State.RUNNING).ifPresent(this::restart);
            case 6 -> some(State.RUNNING).ifPresent(this::readdress);
            default -> some(State.EXITED).ifPresent(this::remove);
        }
    }

    void create() {
        if (lives.size() < 5) {
            Life life = new Life("c" + next++);
            lives.put(life.id, life);
            start(life);
        }
    }

    void start(Life life) {
        clock = clock.plusNanos(1_000);
        boolean stepsBack = clockSteps && random.nextInt(5) == 0;
        life.startedAt = stepsBack ? clock.minusSeconds(1_000) : clock;
        life.state = State.RUNNING;
        life.diesAt = null;
        emit(life, "start", 0);
    }

    void stop(Life life) {
        if (life.diesAt == null) {
            boolean ignores = stubborn && random.nextBoolean();
            life.diesAt = ignores ? Instant.MAX : clock.plusSeconds(random.nextInt(STOP_SECONDS));
            emit(life, "kill", StopSignals.TERM);
        }
    }

    private void restart(Life life) {
        emit(life, "kill", StopSignals.TERM);
        die(life);
        start(life);
    }

    void die(Life life) {
        life.state = State.EXITED;
        emit(life, "die", 0);
    }

    private void readdress(Life life) {
        life.address++;
        emit(life, "network connect", 0);
    }

    private void remove(Life life) {
        lives.remove(life.id);
        emit(life, "destroy", 0);
    }

    private void emit(Life life, String action, int signal) {
        clock = clock.plusNanos(1_000);
        events.accept(new Happened(life.id, action, signal, clock));
    }

    private java.util.Optional<Life> some(State state) {
        List<Life> fitting = new ArrayList<>();
        lives.values().stream().filter(life -> life.state == state).forEach(fitting::add);
        return fitting.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    Life life(String id) {
        return java.util.Objects.requireNonNull(lives.get(id));
    }

    List<String> list() {
        return List.copyOf(lives.keySet());
    }

    Inspection inspect(String id) {
        Life life = lives.get(id);
        return life == null
                ? new Inspection.Missing()
                : new Inspection.Found(life.picture(), StopSignals.TERM);
    }

    Map<String, Container> pictures() {
        Map<String, Container> pictures = new TreeMap<>();
        lives.forEach((id, life) -> pictures.put(id, life.picture()));
        return pictures;
    }

    /** One container. */
    static final class Life {
        private final String id;
        private State state = State.CREATED;
        private @Nullable Instant startedAt;
        private @Nullable Instant diesAt;
        private int address = 1;

        private Life(String id) {
            this.id = id;
        }

        Container picture() {
            return SimulatedEngine.picture(id, state, startedAt, "10.0.0." + address);
        }
    }

    static Container picture(String id, State state, @Nullable Instant startedAt, String address) {
        return new Container(
                id,
                "name-" + id,
                "image",
                state,
                Health.NONE,
                startedAt,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(new NetworkAttachment("n1", "net", address, null, false)),
                List.of(),
                List.of(),
                Map.of("signalbox.enable", "true"),
                Map.of(),
                STOP_SECONDS);
    }
}
