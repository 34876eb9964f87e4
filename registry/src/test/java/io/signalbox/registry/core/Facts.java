package io.signalbox.registry.core;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.Fact;
import io.signalbox.schemas.HostIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as a watcher would write them. */
public final class Facts {
    public static final Instant T0 = Instant.parse("2026-11-01T00:00:00Z");
    public static final Instant RUN = Instant.parse("2026-10-31T10:00:00Z");

    private Facts() {}

    public static Event event(String host, long session, long seq, Fact fact) {
        return new Event(host, session, seq, T0, null, "docker", fact);
    }

    public static Event decided(String subject, Fact fact) {
        return new Event(subject, Event.NO_SESSION, 0, T0, null, "registry", fact);
    }

    public static Event opened(String host) {
        return event(host, Event.NO_SESSION, 0, new Fact.SessionOpened(engine("engine-1")));
    }

    public static Event began(String host, long session, long seq) {
        return event(host, session, seq, new Fact.SnapshotBegan("docker", engine("engine-1")));
    }

    public static Event ended(String host, long session, long seq, int count) {
        return event(host, session, seq, new Fact.SnapshotEnded("docker", count));
    }

    public static Event observed(String host, long session, long seq, Container container) {
        return event(host, session, seq, new Fact.ContainerObserved(container));
    }

    public static HostIdentity engine(String id) {
        return new HostIdentity(id, "boot-1", "192.0.2.1", "20.10.24");
    }

    public static Container container(String id) {
        return container(id, State.RUNNING, RUN);
    }

    public static Container container(String id, State state, @Nullable Instant startedAt) {
        return container(
                id,
                state,
                startedAt,
                Map.of("signalbox.host", id + ".example", "signalbox.service", "web"));
    }

    public static Container container(
            String id, State state, @Nullable Instant startedAt, Map<String, String> labels) {
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
                List.of(new NetworkAttachment("net-1", "bridge", "172.17.0.2", null, false)),
                List.of(),
                List.of(new ExposedPort(8080, Protocol.TCP)),
                labels,
                Map.of(),
                10);
    }
}
