package io.signalbox.watcher;

import io.signalbox.process.StartFailure;
import io.signalbox.schemas.Container;
import io.signalbox.watcher.EngineCalls.Answer;
import io.signalbox.watcher.EngineCalls.BodyReader;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of a Swarm as a manager shows them. Events are hints: each leads to a look at that
 * service, and all are listed now and then. An engine that is no manager has none to show; one that
 * does not answer, or a manager without a leader, leaves standing what was seen. Owned by the
 * thread that runs {@link #run}; hints come from any.
 */
final class SwarmServices implements AutoCloseable {
    /** The hint that stands for all services. */
    static final String ALL = "";

    private static final Logger log = LoggerFactory.getLogger(SwarmServices.class);
    private static final BodyReader<String> LIST = EngineCalls.text(64 * 1024 * 1024);
    private static final int MOST_HINTS = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** A manager that starts calls itself a worker at first: so often in a row makes it one. */
    private static final int MANAGER_UNLESS = 3;

    /** What the engine is in a Swarm. */
    private enum Role {
        MANAGER,
        WORKER,
        NONE
    }

    private final EngineCalls calls;
    private final SwarmReader reader;
    private final Duration listEvery;
    private final Consumer<List<Container>> sink;
    private final BlockingQueue<String> hints = new LinkedBlockingQueue<>(MOST_HINTS);
    private final Map<String, Container> services = new TreeMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private Map<String, SwarmReader.Network> networks = Map.of();
    private String api = "";
    private boolean manager;
    private int asWorker;
    private boolean away;
    private @Nullable List<Container> told;

    /**
     * Services that nobody has looked at yet.
     *
     * @param calls closed with this
     * @param listEvery the time between two looks at all of them
     * @param sink takes a picture of each service, in order of their ids, whenever one differs
     */
    SwarmServices(
            EngineCalls calls,
            SwarmReader reader,
            Duration listEvery,
            Consumer<List<Container>> sink) {
        this.calls = calls;
        this.reader = reader;
        this.listEvery = listEvery;
        this.sink = sink;
    }

    /** Something happened to the service of this id, or to {@link #ALL}; never waits. */
    void hint(String service) {
        if (!hints.offer(service)) {
            hints.clear();
            hints.add(ALL);
        }
    }

    /** Looks until it is to stop or its thread is interrupted. */
    void run(BooleanSupplier stop) throws InterruptedException {
        long listAt = System.nanoTime();
        while (!stop.getAsBoolean()) {
            Set<String> due = new HashSet<>();
            String hint = hints.poll(listAt - System.nanoTime(), TimeUnit.NANOSECONDS);
            due.add(hint == null ? ALL : hint);
            hints.drainTo(due);
            if (!look(due)) {
                listAt = System.nanoTime() + RETRY.toNanos();
            } else if (due.contains(ALL)) {
                listAt = System.nanoTime() + listEvery.toNanos();
            }
        }
    }

    /** Looks at these, or at all; whether that was possible. */
    private boolean look(Set<String> due) {
        try {
            if (due.contains(ALL)) {
                if (!lookAtAll()) {
                    return false;
                }
            } else if (manager) {
                for (String id : due) {
                    lookAt(id);
                }
            }
        } catch (Unseen | DecodeException | ClassCastException | StartFailure e) {
            if (!away) {
                away = true;
                log.atWarn().addKeyValue("error", e.getMessage()).log("services are not seen");
            }
            return false;
        }
        if (away) {
            away = false;
            log.atInfo().log("services are seen again");
        }
        List<Container> now = List.copyOf(services.values());
        if (!now.equals(told)) {
            told = now;
            sink.accept(now);
        }
        return true;
    }

    private boolean lookAtAll() throws Unseen {
        api = "/v" + EngineVersion.negotiate(object("/version"));
        Map<String, Container> found = new HashMap<>();
        switch (role()) {
            case MANAGER -> {
                learnNetworks();
                for (Object each : EngineJson.array(body(api + "/services", LIST))) {
                    read((JsonObject) each, found);
                }
            }
            case WORKER -> {
                if (++asWorker < MANAGER_UNLESS) {
                    return false;
                }
            }
            case NONE -> {}
        }
        services.clear();
        services.putAll(found);
        return true;
    }

    private Role role() throws Unseen {
        JsonObject swarm = ContainerReader.object(object(api + "/info"), "Swarm");
        manager = swarm.getBoolean("ControlAvailable", false);
        if (manager) {
            asWorker = 0;
            return Role.MANAGER;
        }
        String state = ContainerReader.text(swarm, "LocalNodeState");
        return switch (state) {
            case "", "inactive" -> Role.NONE;
            case "active" -> Role.WORKER;
            default -> throw new Unseen("the node is " + state + " in its swarm");
        };
    }

    private void lookAt(String id) throws Unseen {
        switch (calls.await(api + "/services/" + id, DockerSource.TEXT)) {
            case Answer.Body<String>(String json) -> {
                JsonObject service = EngineJson.object(json);
                if (!SwarmReader.networks(service).stream().allMatch(networks::containsKey)) {
                    learnNetworks();
                }
                read(service, services);
            }
            case Answer.NotFound<String>() -> services.remove(id);
            case Answer.Unusable<String>(String reason) -> throw new Unseen(reason);
            case Answer.Failed<String>(String reason) -> throw new Unseen(reason);
        }
    }

    /** One that cannot be read must not keep the others from being seen. */
    private void read(JsonObject service, Map<String, Container> into) {
        try {
            Container picture = reader.read(service, networks::get);
            into.put(picture.id(), picture);
        } catch (RuntimeException e) {
            // Its message may quote the service's own words: only the kind is shown.
            String id = ContainerReader.text(service, "ID");
            if (unreadable.add(id)) {
                log.atWarn()
                        .addKeyValue("service", id)
                        .addKeyValue("error", e.getClass().getSimpleName())
                        .log("a service that cannot be read");
            }
        }
    }

    private void learnNetworks() throws Unseen {
        Map<String, SwarmReader.Network> found = new HashMap<>();
        for (Object each : EngineJson.array(body(api + "/networks", LIST))) {
            JsonObject network = (JsonObject) each;
            found.put(
                    ContainerReader.text(network, "Id"),
                    new SwarmReader.Network(
                            ContainerReader.text(network, "Name"),
                            network.getBoolean("Ingress", false)));
        }
        networks = found;
    }

    private JsonObject object(String path) throws Unseen {
        return EngineJson.object(body(path, DockerSource.TEXT));
    }

    private String body(String path, BodyReader<String> read) throws Unseen {
        return switch (calls.await(path, read)) {
            case Answer.Body<String>(String json) -> json;
            case Answer.NotFound<String>() -> throw new Unseen("the engine does not know " + path);
            case Answer.Unusable<String>(String reason) -> throw new Unseen(reason);
            case Answer.Failed<String>(String reason) -> throw new Unseen(path + ": " + reason);
        };
    }

    @Override
    public void close() {
        calls.close();
    }

    /** The engine does not say, and why. */
    private static final class Unseen extends Exception {
        Unseen(String reason) {
            super(reason);
        }
    }
}
