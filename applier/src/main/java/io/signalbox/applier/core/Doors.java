package io.signalbox.applier.core;

import io.signalbox.applier.core.plan.WantedServer;
import io.signalbox.applier.core.plan.WantedServer.Run;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which applications are knocked at, and which have answered: each start of an application at each
 * address anew. One owner thread.
 */
public final class Doors {
    private final Knocker knocker;
    private final Map<String, Door> byServer = new HashMap<>();
    private final Map<String, Set<String>> byService = new HashMap<>();
    private final Set<Run> answered = new HashSet<>();

    /** What is knocked at. */
    public record Door(Run run, String service) {}

    /** Knocks until it is answered or told to stop. */
    public interface Knocker {
        /**
         * Begins to knock.
         *
         * @param proxied whether something may accept connections in the server's stead
         */
        void knock(Door door, boolean proxied);

        /** Ends that; a door that has answered is not named again. */
        void stop(Door door);
    }

    /** Nothing is knocked at. */
    public Doors(Knocker knocker) {
        this.knocker = knocker;
    }

    /** Knocks at these servers of a service, and at no other of it. */
    public void want(String service, Collection<WantedServer> pending) {
        Set<String> wanted = new HashSet<>();
        pending.forEach(server -> wanted.add(server.name()));
        for (String server : Set.copyOf(byService.getOrDefault(service, Set.of()))) {
            if (!wanted.contains(server)) {
                forget(server);
            }
        }
        pending.forEach(server -> start(service, server));
        if (wanted.isEmpty()) {
            byService.remove(service);
        } else {
            byService.put(service, wanted);
        }
    }

    private void start(String service, WantedServer server) {
        Door door = new Door(server.key(), service);
        if (!door.equals(byServer.get(server.name()))) {
            forget(server.name());
            byServer.put(server.name(), door);
            knocker.knock(door, server.proxied());
        }
    }

    private void forget(String server) {
        Door door = byServer.remove(server);
        if (door != null && !answered.remove(door.run())) {
            knocker.stop(door);
        }
    }

    /**
     * A knock succeeded.
     *
     * @return false if it is of no interest any more
     */
    public boolean answer(Run run) {
        Door door = byServer.get(run.server());
        return door != null && door.run().equals(run) && answered.add(run);
    }

    /** Whether that start of an application has answered and does not serve yet. */
    public boolean hasAnswered(Run run) {
        return answered.contains(run);
    }

    /** The services whose servers are waited for. */
    public Set<String> services() {
        return Set.copyOf(byService.keySet());
    }

    /** The service of a server that is waited for or waits to be enabled; empty for all others. */
    public Optional<String> serviceOf(String server) {
        return Optional.ofNullable(byServer.get(server)).map(Door::service);
    }

    /** The servers that have not answered yet. */
    public Set<String> silent() {
        Set<String> silent = new HashSet<>();
        byServer.forEach(
                (server, door) -> {
                    if (!answered.contains(door.run())) {
                        silent.add(server);
                    }
                });
        return silent;
    }
}
