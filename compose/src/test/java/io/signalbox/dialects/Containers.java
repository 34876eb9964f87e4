package io.signalbox.dialects;

import io.signalbox.dialects.Probe.App;
import io.signalbox.registry.core.Instances;
import io.signalbox.registry.core.dialect.Declared;
import io.signalbox.registry.core.dialect.Dialects;
import io.signalbox.schemas.Cause;
import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.Health;
import io.signalbox.schemas.Container.NetworkAttachment;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import io.signalbox.schemas.Container.State;
import io.signalbox.schemas.Event;
import io.signalbox.schemas.ServiceState.Instance;
import java.time.Instant;
import java.util.List;

/** Containers of probes as a watcher would see them. */
final class Containers {
    static final String HOST = "h";

    private Containers() {}

    /** What it declares. */
    static Declared declared(App app) {
        return Dialects.declare(of("0123456789abcdef", app));
    }

    static Container of(String id, App app) {
        return new Container(
                id,
                app.labels().getOrDefault("container", "app-" + id.substring(0, 12)),
                "image",
                State.RUNNING,
                Health.NONE,
                Instant.EPOCH,
                null,
                0,
                false,
                new NetworkMode(NetworkMode.Kind.NETWORKS, ""),
                app.networks().stream()
                        .map(
                                name ->
                                        new NetworkAttachment(
                                                name,
                                                name,
                                                name.equals("front") ? "172.17.0.2" : "172.18.0.2",
                                                null,
                                                false))
                        .toList(),
                List.of(),
                app.ports().stream().map(port -> new ExposedPort(port, Protocol.TCP)).toList(),
                app.labels(),
                app.variables(),
                10);
    }

    /** What the registry makes of it. */
    static Instance instance(Container container, Instant at) {
        return Instances.observed(
                HOST,
                "192.0.2.1",
                Event.DOCKER,
                container,
                null,
                new Cause(0, 1, "s", at, at, at, at));
    }
}
