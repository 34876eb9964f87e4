package io.signalbox.registry.core.dialect;

import io.signalbox.schemas.Container;
import io.signalbox.schemas.Container.ExposedPort;
import io.signalbox.schemas.Container.NetworkMode;
import io.signalbox.schemas.Container.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Containers for tests: a name, ports, labels. */
record Containers(
        String name,
        NetworkMode.Kind kind,
        List<ExposedPort> exposed,
        Map<String, String> labels,
        Map<String, String> environment) {

    static Containers named(String name) {
        return new Containers(name, NetworkMode.Kind.NETWORKS, List.of(), Map.of(), Map.of());
    }

    Containers tcp(int... ports) {
        return exposing(Protocol.TCP, ports);
    }

    Containers udp(int... ports) {
        return exposing(Protocol.UDP, ports);
    }

    Containers hostNetwork() {
        return new Containers(name, NetworkMode.Kind.HOST, exposed, labels, environment);
    }

    Containers label(String key, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(key, value);
        return new Containers(name, kind, exposed, all, environment);
    }

    Containers variable(String name, String value) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put(name, value);
        return new Containers(this.name, kind, exposed, labels, all);
    }

    Declared declared() {
        return Dialects.declare(container());
    }

    Container container() {
        return new Container(
                "0123456789abcdef",
                name,
                "image",
                Container.State.RUNNING,
                Container.Health.NONE,
                Instant.EPOCH,
                null,
                0,
                false,
                new NetworkMode(kind, ""),
                List.of(),
                List.of(),
                exposed,
                labels,
                environment,
                10);
    }

    private Containers exposing(Protocol protocol, int... ports) {
        List<ExposedPort> all = new ArrayList<>(exposed);
        for (int port : ports) {
            all.add(new ExposedPort(port, protocol));
        }
        return new Containers(name, kind, all, labels, environment);
    }
}
