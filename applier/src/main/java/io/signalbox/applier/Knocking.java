package io.signalbox.applier;

import io.signalbox.applier.core.WantedServer;
import io.signalbox.applier.core.WantedServer.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which applications are knocked at, and which have answered. Owned by the loop. */
final class Knocking {
    private final Knock knock;
    private final Map<String, Door> byServer = new HashMap<>();
    private final Map<String, Set<String>> byService = new HashMap<>();
    private final Set<Run> answered = new HashSet<>();

    /** What is knocked at. */
    record Door(Run run, String service) {}

    Knocking(Knock knock) {
        this.knock = knock;
    }

    /** Knocks at these servers of a service, and at no other of it. */
    void want(String service, Collection<WantedServer> pending) {
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
            knock.start(new Knock.Target(door, address(door.run()), server.proxied()));
        }
    }

    private void forget(String server) {
        Door door = byServer.remove(server);
        if (door != null && !answered.remove(door.run())) {
            knock.stop(door);
        }
    }

    /**
     * A knock succeeded.
     *
     * @return false if it is of no interest any more
     */
    boolean answer(Run run) {
        Door door = byServer.get(run.server());
        return door != null && door.run().equals(run) && answered.add(run);
    }

    /** Whether that start of an application has answered and does not serve yet. */
    boolean hasAnswered(Run run) {
        return answered.contains(run);
    }

    /** How many are being waited for or wait to be enabled. */
    int size() {
        return byServer.size();
    }

    /** The servers that have not answered yet. */
    Set<String> silent() {
        Set<String> silent = new HashSet<>();
        byServer.forEach(
                (server, door) -> {
                    if (!answered.contains(door.run())) {
                        silent.add(server);
                    }
                });
        return silent;
    }

    private static InetSocketAddress address(Run run) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(run.address()), run.port());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("a server's address is no literal: " + run, e);
        }
    }
}
