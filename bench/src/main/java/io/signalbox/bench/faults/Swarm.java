package io.signalbox.bench.faults;

import io.signalbox.process.FreePort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The suite's engine as a swarm of one node, with services whose tasks are on the engine's own
 * bridge. Used by one thread.
 */
public final class Swarm implements AutoCloseable {
    private static final String GATEWAY = "docker_gwbridge";

    private final OwnEngine engine;
    private final List<String> services = new ArrayList<>();

    /** What a service does first with each task. */
    enum Order {
        START_FIRST,
        STOP_FIRST;

        /** As {@code docker service update} wants it. */
        String word() {
            return this == START_FIRST ? "start-first" : "stop-first";
        }
    }

    private Swarm(OwnEngine engine) {
        this.engine = engine;
    }

    /** Makes the engine a swarm, which cannot be one that keeps containers without itself. */
    public static Swarm begin(OwnEngine engine) throws IOException, InterruptedException {
        Swarm swarm = new Swarm(engine);
        engine.liveRestore(false);
        // Its link's usual name may be that of another engine's on this machine.
        swarm.docker(
                "network create --subnet %s --opt com.docker.network.bridge.name=%s %s"
                        .formatted(OwnEngine.GATEWAY_SUBNET, OwnEngine.GATEWAY_BRIDGE, GATEWAY));
        swarm.docker(
                "swarm init --advertise-addr 127.0.0.1 --listen-addr 127.0.0.1:"
                        + FreePort.onLoopback());
        return swarm;
    }

    /** Makes a service of the suite, and waits until its tasks run. */
    void create(String service, int replicas) throws IOException {
        services.add(service);
        docker(
                "service create --name %s --replicas %d --network bridge --detach=false --quiet --no-resolve-image"
                                .formatted(service, replicas)
                        + " --container-label signalbox.service=%s --container-label signalbox.host=%s %s"
                                .formatted(
                                        service, EngineClient.hostOf(service), EngineClient.IMAGE));
    }

    /**
     * Replaces the tasks one after another by such of another image, and waits until it is done.
     */
    void update(String service, Order order, String image) throws IOException {
        docker(
                "service update --update-order %s --update-parallelism 1 --image %s --detach=false --quiet --no-resolve-image %s"
                        .formatted(order.word(), image, service));
    }

    /** Removes a service; its tasks are told to stop. */
    void remove(String service) throws IOException {
        docker("service rm " + service);
        services.remove(service);
    }

    /** Leaves no trace of the swarm. */
    @Override
    public void close() throws IOException {
        for (String service : List.copyOf(services)) {
            remove(service);
        }
        docker("swarm leave --force");
        docker("network rm " + GATEWAY);
        try {
            engine.liveRestore(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a command of {@code docker} there, its words separated by blanks. */
    public void docker(String words) throws IOException {
        String[] command = ("docker " + words).split(" ", -1);
        Command.run(Map.of("DOCKER_HOST", "unix://" + engine.socket()), command);
    }
}
