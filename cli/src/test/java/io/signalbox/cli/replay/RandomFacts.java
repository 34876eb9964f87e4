package io.signalbox.cli.replay;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Decoded;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The watcher of one host, by chance: sessions, snapshots, gaps, repeats, stops, records that
 * nobody can read; containers of a few services that claim each other's routes.
 */
final class RandomFacts {
    private static final Instant RUN = Instant.parse("2026-10-31T10:00:00Z");
    private static final int CONTAINERS = 8;

    private final Random random;
    private final MemoryLog.Partition<Event> log;
    private final String host;
    private long session = Event.NO_SESSION;
    private long seq;

    RandomFacts(Random random, MemoryLog.Partition<Event> log, String host) {
        this.random = random;
        this.log = log;
        this.host = host;
    }

    /** Appends the next few facts. */
    void step() {
        int choice = random.nextInt(100);
        if (session == Event.NO_SESSION || choice < 4) {
            open();
        } else if (choice < 10) {
            snapshot();
        } else if (choice < 12) {
            log.append(host, new Decoded.Poison<>("wrong magic byte"));
        } else if (choice < 14) {
            decided(choice);
        } else if (choice < 17) {
            Feed.Entry<Event> old = log.records.get(random.nextInt(log.records.size()));
            log.append(old.key(), old.value());
        } else {
            watched(live("c" + random.nextInt(CONTAINERS)));
        }
    }

    private void open() {
        HostIdentity identity = identity();
        session = append(Event.NO_SESSION, 0, new Fact.SessionOpened(identity));
        seq = 0;
        snapshot();
    }

    private void snapshot() {
        watched(new Fact.SnapshotBegan("docker", identity()));
        int shown = 0;
        for (int number = 0; number < CONTAINERS; number++) {
            if (random.nextInt(4) > 0) {
                watched(new Fact.ContainerObserved(container("c" + number)));
                shown++;
            }
        }
        watched(new Fact.SnapshotEnded("docker", shown + (random.nextInt(20) == 0 ? 1 : 0)));
    }

    private void decided(int choice) {
        append(
                Event.NO_SESSION,
                0,
                choice == 12 ? new Fact.HostSuspected(session) : new Fact.HostReturned(session));
    }

    private Fact live(String id) {
        return switch (random.nextInt(12)) {
            case 0 -> new Fact.ContainerStopping(id, run());
            case 1 -> new Fact.ContainerStayed(id, run());
            case 2 -> new Fact.ContainerGone(id);
            default -> new Fact.ContainerObserved(container(id));
        };
    }

    private void watched(Fact fact) {
        append(session, ++seq, fact);
    }

    private long append(long of, long number, Fact fact) {
        return log.append(host, new Event(host, of, number, RUN, null, "docker", fact));
    }

    private HostIdentity identity() {
        return new HostIdentity("engine-" + host, "boot", "192.0.2.1", "20.10.24");
    }

    private Container container(String id) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("signalbox.service", "s" + random.nextInt(4));
        labels.put("signalbox.host", "r" + random.nextInt(3) + ".example");
        labels.put("signalbox.group", random.nextInt(3) == 0 ? "default,edge" : "default");
        labels.put("tier", "t" + random.nextInt(2));
        return new Container(
                host + "-" + id,
                "name-" + id,
                "image",
                random.nextInt(5) == 0 ? State.EXITED : State.RUNNING,
                random.nextInt(6) == 0 ? Health.STARTING : Health.NONE,
                run(),
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                List.of(
                        new NetworkAttachment(
                                "net-1",
                                "bridge",
                                "172.17.0." + (2 + random.nextInt(20)),
                                null,
                                false)),
                List.of(),
                List.of(new ExposedPort(8080, Protocol.TCP)),
                labels,
                Map.of(),
                10);
    }

    private Instant run() {
        return RUN.plusSeconds(random.nextInt(2));
    }
}
