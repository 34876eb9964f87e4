package io.signalbox.bench.simulation;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.PublishedPort;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.HostIdentity;
import io.signalbox.watcher.core.Inspection;
import io.signalbox.watcher.core.StopSignals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Docker engine: containers that live, stop, ignore their stop signal, change addresses and go.
 * Addresses and ports are given again to others soon. One thread.
 */
final class Engine {
    static final int PORT = 8080;
    static final int STOP_SECONDS = 4;
    private static final int MOST_CONTAINERS = 5;
    private static final int ADDRESSES = 8;
    private static final Duration LOOK_BACK = Duration.ofSeconds(2);

    final String host;
    private final World world;
    private final int number;
    private final TreeMap<String, Life> lives = new TreeMap<>();
    private final Deque<Happened> history = new ArrayDeque<>();
    private final List<Consumer<Happened>> listeners = new ArrayList<>();
    private final Set<String> signalled = new HashSet<>();
    private Instant clock = World.START;
    private Instant awayUntil = Instant.MIN;
    private String engineId;
    private int created;
    private int engines;
    private int addresses;

    /** An event; {@code signal} is 0 where it is none. */
    record Happened(String container, String action, int signal, Instant at) {}

    Engine(World world, String host, int number) {
        this.world = world;
        this.host = host;
        this.number = number;
        this.engineId = host + "-engine-0";
    }

    void listen(Consumer<Happened> listener) {
        listeners.add(listener);
    }

    HostIdentity identity() {
        return new HostIdentity(engineId, "boot", hostAddress(), "20.10");
    }

    private String hostAddress() {
        return "192.168." + number + "." + (1 + addresses);
    }

    // ---------------------------------------------------------------- what happens

    /** Something happens to a container. */
    void act() {
        switch (world.below(12)) {
            case 0, 1, 2, 10 -> create();
            case 3 -> some(State.EXITED, this::start);
            case 4, 5 -> some(State.RUNNING, this::stop);
            case 6 -> some(State.RUNNING, this::die);
            case 7, 11 -> some(State.RUNNING, this::restart);
            case 8 -> some(State.RUNNING, this::readdress);
            default -> some(State.EXITED, this::remove);
        }
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

    private void create() {
        if (lives.size() < MOST_CONTAINERS) {
            int service = (number + created) % 2;
            String id = "c%d%010dffff".formatted(number, created++);
            Life life = new Life(id, "svc" + service);
            lives.put(id, life);
            start(life);
        }
    }

    private void start(Life life) {
        clock = clock.plusNanos(1_000);
        boolean back = world.strikes(Fault.CLOCK_BACK, 0.2);
        life.startedAt = back ? clock.minusSeconds(1_000) : clock;
        if (back) {
            // An earlier signal cannot be told from one for this run.
            signalled.add(run(life.id, life.startedAt));
        }
        life.state = State.RUNNING;
        life.diesAt = null;
        life.address = freeAddress();
        emit(life, "start", 0);
    }

    private int freeAddress() {
        Set<Integer> taken = new TreeSet<>();
        lives.values().forEach(life -> taken.add(life.address));
        int address = 1 + world.below(ADDRESSES);
        while (taken.contains(address)) {
            address = address % ADDRESSES + 1;
        }
        return address;
    }

    private void stop(Life life) {
        if (life.diesAt == null) {
            boolean ignores = world.strikes(Fault.STUBBORN, 0.5);
            life.diesAt = ignores ? Instant.MAX : clock.plusSeconds(world.below(STOP_SECONDS + 1));
            emit(life, "kill", StopSignals.TERM);
        }
    }

    private void restart(Life life) {
        emit(life, "kill", StopSignals.TERM);
        die(life);
        start(life);
    }

    private void die(Life life) {
        life.state = State.EXITED;
        life.address = 0;
        emit(life, "die", 0);
    }

    private void readdress(Life life) {
        life.address = freeAddress();
        emit(life, "network connect", 0);
    }

    private void remove(Life life) {
        lives.remove(life.id);
        emit(life, "destroy", 0);
    }

    private void emit(Life life, String action, int signal) {
        clock = clock.plusNanos(1_000);
        if (signal > 0) {
            signalled.add(run(life.id, life.startedAt));
        }
        Happened event = new Happened(life.id, action, signal, clock);
        world.note(() -> "engine " + host + ": " + event);
        if (answers()) {
            history.add(event);
            listeners.forEach(listener -> listener.accept(event));
        }
    }

    private void some(State state, Consumer<Life> what) {
        List<Life> fitting = lives.values().stream().filter(life -> life.state == state).toList();
        if (!fitting.isEmpty()) {
            what.accept(world.pick(fitting));
        }
    }

    // ---------------------------------------------------------------- faults

    /** It does not answer for so long; some of its containers end meanwhile. */
    void goAway(Duration time) {
        world.note(() -> "engine " + host + " is away for " + time);
        awayUntil = world.now.plus(time);
        history.clear();
        for (Life life : List.copyOf(lives.values())) {
            if (life.state == State.RUNNING && world.in(0.4)) {
                die(life);
            }
        }
    }

    void comeBack() {
        awayUntil = Instant.MIN;
    }

    /** Another engine without any container stands here now. */
    void replace() {
        world.note(() -> "engine " + host + " is replaced");
        engines++;
        engineId = host + "-engine-" + engines;
        lives.clear();
        history.clear();
    }

    /** All its containers are removed, and nobody hears of it. */
    void clear() {
        world.note(() -> "engine " + host + " removes its containers unseen");
        lives.clear();
        history.clear();
    }

    void changeAddress() {
        addresses++;
        world.note(() -> "host " + host + " has address " + hostAddress());
    }

    // ---------------------------------------------------------------- what it answers

    boolean answers() {
        return !world.now.isBefore(awayUntil);
    }

    /** What happened a moment ago, as a new event stream begins with. */
    List<Happened> justNow() {
        Instant since = clock.minus(LOOK_BACK);
        while (!history.isEmpty() && history.getFirst().at().isBefore(since)) {
            history.removeFirst();
        }
        return List.copyOf(history);
    }

    /** Whether that run is the container's present one and was sent no stop signal. */
    boolean runsUnasked(String container, Instant startedAt) {
        Life life = lives.get(container);
        return life != null
                && life.state == State.RUNNING
                && startedAt.equals(life.startedAt)
                && !signalled.contains(run(container, startedAt));
    }

    private static String run(String container, @Nullable Instant startedAt) {
        return container + "@" + startedAt;
    }

    List<String> list() {
        return List.copyOf(lives.keySet());
    }

    Inspection inspect(String id) {
        Life life = lives.get(id);
        return life == null
                ? new Inspection.Missing()
                : new Inspection.Found(picture(life), StopSignals.TERM);
    }

    /** Whether an application listens there. */
    boolean listens(String address, int port) {
        return lives.values().stream()
                .filter(life -> life.state == State.RUNNING)
                .anyMatch(
                        life ->
                                (address.equals(containerAddress(life)) && port == PORT)
                                        || (address.equals(hostAddress())
                                                && port == hostPort(life)));
    }

    /** All that requests may be sent to. */
    Set<Justified> truth() {
        Set<Justified> servers = new TreeSet<>();
        for (Life life : lives.values()) {
            if (life.state == State.RUNNING) {
                servers.add(LedgerHost.justified(host, picture(life), hostAddress(), false));
            }
        }
        return servers;
    }

    private String containerAddress(Life life) {
        return "10.0." + number + "." + life.address;
    }

    private static int hostPort(Life life) {
        return 20_000 + life.address;
    }

    private Container picture(Life life) {
        boolean runs = life.state == State.RUNNING;
        return new Container(
                life.id,
                "name-" + life.id,
                "image",
                life.state,
                Health.NONE,
                life.startedAt,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                runs
                        ? List.of(
                                new NetworkAttachment(
                                        "n" + number, "net", containerAddress(life), null, false))
                        : List.of(),
                runs
                        ? List.of(new PublishedPort(PORT, Protocol.TCP, "0.0.0.0", hostPort(life)))
                        : List.of(),
                List.of(),
                labels(life),
                Map.of(),
                STOP_SECONDS);
    }

    /** Each fourth shares a route, each fourth sends to TLS. */
    private static Map<String, String> labels(Life life) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("signalbox.service", life.service);
        labels.put("signalbox.host", life.service + ".example, *." + life.service + ".example");
        labels.put("signalbox.port", Integer.toString(PORT));
        int hash = life.id.hashCode();
        switch (hash >> 5 & 3) {
            case 0 -> {
                labels.put("signalbox.routes.shared.host", "shared.example");
                labels.put("signalbox.routes.shared.percent", Integer.toString(hash & 31));
            }
            case 1 -> labels.put("signalbox.redirect.https", "true");
            default -> {}
        }
        return labels;
    }

    /** One container. */
    private static final class Life {
        private final String id;
        private final String service;
        private State state = State.CREATED;
        private @Nullable Instant startedAt;
        private @Nullable Instant diesAt;
        private int address;

        private Life(String id, String service) {
            this.id = id;
            this.service = service;
        }
    }
}
